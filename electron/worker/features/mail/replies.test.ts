import { v7 } from 'uuid'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { registerPaper } from '#shared/contract/features/mail/paperFacts.ts'
import type { CommandId } from '#shared/ids.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import type { Store } from '../../store/open.ts'
import { closeMail } from './closeMail.ts'
import { exportLetters } from './exportLetters.ts'
import { registerLetter } from './registerLetter.ts'
import { searchLetters } from './rows/searchLetters.ts'
import { showLetter } from './seeLetter.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let issuing: Issuing
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  issuing = issuingOver(store)
})
afterEach(() => {
  store.close()
  folder.remove()
})
const clerk = aPerson()
const entered = (over: Parameters<typeof aLetterOf>[0]) =>
  valueOf(registerLetter(issuing.context, clerk, aLetterOf(over))).letter
const found = (words: string) =>
  searchLetters(store.db, letterQuestion.parse({ words }), { level: 3, today: '2026-11-21' }).rows.map(
    ({ number }) => number,
  )
const closed = (day: string) => {
  const { closingId } = valueOf(closeMail(issuing, clerk, { commandId: v7() as CommandId, period: day }))
  const row = store.db.get<{ facts: string }>('SELECT facts FROM papers WHERE id = ?', [closingId])
  return registerPaper.parse(JSON.parse(row?.facts ?? ''))
}

/** A letter of the cadastre and our answer, which goes to it. */
const answered = (confidentiality: 'none' | 'secret' = 'none') => {
  const asked = entered({ reference: 'CF/2026/3398', subject: 'Levé de la parcelle' })
  const answer = entered({
    register: 'departure',
    reference: 'URB/77',
    theirReference: 'CF/2026/3398',
    inReplyTo: asked.number,
    subject: 'Réponse',
    confidentiality,
  })
  return { asked, answer }
}

test('an answer keeps the reference of whoever wrote, and either letter leads to the other', () => {
  const { asked, answer } = answered()
  expect(answer.letter).toMatchObject({ theirReference: 'CF/2026/3398', inReplyTo: asked.number })
  expect(valueOf(showLetter(issuing.context, clerk, asked.number))).toMatchObject({
    state: 'answered',
    answers: [answer.number],
  })
  for (const words of ['CF/2026/3398', 'cf 3398', '2026339'])
    expect(found(words)).toEqual([answer.number, asked.number])
})

test('the register of the day and a table say it beside the answer', async () => {
  const { asked, answer } = answered()
  const csv = valueOf(
    await exportLetters(issuing.context, clerk, { question: letterQuestion.parse({}), format: 'csv' }),
  )
  const [heads = [], first = []] = parse(Buffer.from(csv.bytes), { bom: true })
  expect([first[heads.indexOf('Répond à')], first[heads.indexOf('V/Réf')]]).toEqual([asked.number, 'CF/2026/3398'])
  const line = closed(answer.receivedOn).lines.find(({ number }) => number === answer.number)
  expect(line).toMatchObject({ answers: asked.number, reference: 'URB/77', theirReference: 'CF/2026/3398' })
})

test('the register of the day says no reference of a secret answer', () => {
  const { answer } = answered('secret')
  const line = closed(answer.receivedOn).lines.find(({ number }) => number === answer.number)
  expect(line).toMatchObject({ confidential: true, reference: '' })
  expect(line?.theirReference).toBeUndefined()
})
