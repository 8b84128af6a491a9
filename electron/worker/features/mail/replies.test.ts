import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { registerPaper } from '#shared/contract/features/mail/paperFacts.ts'
import type { CommandId, RegisterNumber } from '#shared/ids.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import type { Store } from '../../store/open.ts'
import { cancelLetter } from './changeLetter.ts'
import { closeMail } from './closeMail.ts'
import { exportLetters } from './exportLetters.ts'
import { dropReference, giveReference, knownReference, openReferences } from './giveReference.ts'
import { registerLetter } from './registerLetter.ts'
import { searchLetters } from './rows/searchLetters.ts'
import { showLetter } from './seeLetter.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
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

const given = (service: string, inReplyTo?: RegisterNumber) =>
  giveReference(issuing.context, clerk, { commandId: v7() as CommandId, service, inReplyTo })
const waiting = (who = clerk) => openReferences(issuing.context, who, '2026-11-21')

test('a unit gives its own references while it writes, each once, and the departure takes its own up', () => {
  const asked = entered({ reference: 'CF/2026/3398' })
  expect(['EC', 'EC', 'URB', 'EC'].map((unit) => valueOf(given(unit)).text)).toEqual([
    'EC/2026/G2-0001',
    'EC/2026/G2-0002',
    'URB/2026/G2-0001',
    'EC/2026/G2-0003',
  ])
  const { text } = valueOf(given('URB', asked.number))
  expect(waiting()[0]).toMatchObject({ text, service: 'URB', agent: 'BO-007', inReplyTo: asked.number })
  // However it is typed from the letter that was signed.
  const answer = { register: 'departure', inReplyTo: asked.number } as const
  const departure = entered({ ...answer, reference: 'urb/2026/g2 0002' })
  expect(waiting().map((one) => one.text)).not.toContain(text)
  valueOf(
    cancelLetter(issuing.context, clerk, {
      commandId: v7() as CommandId,
      number: departure.number,
      reason: 'mauvais destinataire',
    }),
  )
  expect(waiting().map((one) => one.text)).toContain(text)
  entered({ ...answer, reference: text, subject: 'Réponse corrigée' })
  expect(waiting()).toHaveLength(4)
})

test('a reference is given once for one command, and another question under it is refused', () => {
  const order = { commandId: v7() as CommandId, service: 'EC' }
  const first = valueOf(giveReference(issuing.context, clerk, order))
  expect(valueOf(giveReference(issuing.context, clerk, order))).toEqual(first)
  expect(giveReference(issuing.context, clerk, { ...order, service: 'URB' })).toMatchObject({
    fault: { code: 'command.reused' },
  })
  expect(waiting()).toHaveLength(1)
})

test('what a reference answers is told to nobody who may not see that letter', () => {
  const secret = entered({ confidentiality: 'secret' })
  valueOf(given('JUR', secret.number))
  const order = { commandId: v7() as CommandId, service: 'JUR', inReplyTo: secret.number }
  expect(giveReference(issuing.context, aPerson('agent'), order)).toMatchObject({ fault: { code: 'letter.unknown' } })
  expect(waiting()[0]?.inReplyTo).toBe(secret.number)
  expect(waiting(aPerson('agent'))[0]).toMatchObject({ service: 'JUR' })
  expect(waiting(aPerson('agent'))[0]?.inReplyTo).toBeUndefined()
})

test('the register of the day says the references that no departure bears', () => {
  const [kept, lost] = ['EC', 'EC'].map((unit) => valueOf(given(unit)).text)
  const { receivedOn } = entered({ register: 'departure', reference: kept ?? '' })
  expect(closed(receivedOn).unused).toEqual([{ text: lost, service: 'EC', agent: 'BO-007' }])
})

test('a reference that will not be used waits no longer, and the register of its day says why', () => {
  const [text, other] = ['EC', 'EC'].map((unit) => valueOf(given(unit)).text)
  const drop = (reference = '') => dropReference(issuing.context, clerk, { text: reference, reason: 'byMistake' })
  valueOf(drop(text))
  expect(waiting().map((one) => one.text)).toEqual([other])
  for (const one of [text, 'EC/2026/G2-0009']) expect(drop(one)).toMatchObject({ fault: { code: 'reference.notOpen' } })
  const links = store.db.all(`SELECT actor, subject, body FROM journal WHERE kind = 'mail.referenceUnused'`)
  expect(links).toEqual([{ actor: 'BO-007', subject: text, body: '{"reason":"byMistake"}' }])
  // The letter may come back signed all the same.
  expect(knownReference(issuing.context, clerk, text ?? '')).toMatchObject({ is: 'open', setAside: 'byMistake' })
  entered({ register: 'departure', reference: other ?? '' })
  expect(drop(other)).toMatchObject({ fault: { code: 'reference.notOpen' } })
  const { unused } = closed('2026-11-21')
  expect(unused).toEqual([{ text, service: 'EC', agent: 'BO-007', reason: 'byMistake' }])
})

test('units, years and departures in any order: no reference twice, none without a trace', () => {
  const step = fc.record({ unit: fc.constantFrom('EC', 'URB', 'م ع'), used: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const before = new Set(waiting().map(({ text }) => text))
      const texts = steps.map(({ unit, used }) => {
        const { text } = valueOf(given(unit))
        if (used) entered({ register: 'departure', reference: text })
        return { text, used }
      })
      expect(new Set(texts.map(({ text }) => text)).size).toBe(steps.length)
      const open = texts.filter(({ used }) => !used).map(({ text }) => text)
      expect(new Set(waiting().map(({ text }) => text))).toEqual(new Set([...before, ...open]))
      // Those of a run are taken up by departures, so that the list of the next one is not cut.
      for (const reference of open) entered({ register: 'departure', reference })
    }),
    { numRuns: 12 },
  )
})
