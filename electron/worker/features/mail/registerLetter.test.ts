import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { acts } from '#shared/contract/acts.ts'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { letterRegistered } from '#shared/contract/features/mail/acts.ts'
import { command } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err } from '#shared/result.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import { addReceived } from '../../core/addFile.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { journalLinks } from '../../journal/rows/journalRows.ts'
import { auditJournal } from '../../journal/audit.ts'
import { verifyJournal } from '../../journal/verify.ts'
import type { Store } from '../../store/open.ts'
import { registerLetter } from './registerLetter.ts'
import { searchLetters } from './rows/searchLetters.ts'
import { showLetter } from './seeLetter.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const clerk = aPerson()
const register = (over?: Parameters<typeof aLetterOf>[0]) => registerLetter(issuing.context, clerk, aLetterOf(over))

test('each register has its own series, and a letter is a line, a link and an act in one commit', () => {
  const first = aLetterOf({ reference: 'N° 12/DP' })
  const { letter } = valueOf(registerLetter(issuing.context, clerk, first))
  expect(letter).toMatchObject({ number: '2026/RAB03-G2/A-000001', state: 'registered', late: false, closed: false })
  expect(valueOf(register({ register: 'departure' })).letter.number).toBe('2026/RAB03-G2/D-000001')
  expect(valueOf(register({ register: 'internal' })).letter.number).toBe('2026/RAB03-G2/I-000001')
  expect(valueOf(register({ subject: 'Autre' })).letter.number).toBe('2026/RAB03-G2/A-000002')
  const sent = command.parse(
    JSON.parse(
      store.db.get<{ envelope: string }>('SELECT envelope FROM outbox JOIN envelopes USING (seq) WHERE id = ?', [
        first.commandId,
      ])?.envelope ?? '{}',
    ),
  )
  expect(sent.type).toBe(acts.arrivalRegistered.type)
  expect(letterRegistered.parse(sent.data)).toMatchObject({ number: letter.number, letter: { reference: 'N° 12/DP' } })
  expect(verifyJournal(issuing.context.counter, journalLinks(store.db)).ok).toBe(true)
})

test('the same id is one letter; another letter under it is refused', () => {
  const order = aLetterOf()
  const first = valueOf(registerLetter(issuing.context, clerk, order))
  expect(valueOf(registerLetter(issuing.context, clerk, order)).letter.number).toBe(first.letter.number)
  const other = { ...order, letter: { ...order.letter, subject: 'Autre chose' } }
  expect(registerLetter(issuing.context, clerk, other)).toMatchObject({ fault: { code: 'command.reused' } })
})

test('a letter like another one is entered and told, in its register, by reference, by date and subject, by its file', () => {
  const dated = { letterDate: '2026-11-18', reference: 'N° 44/X' } as const
  const { number } = valueOf(register(dated)).letter
  const like = (over: Parameters<typeof aLetterOf>[0]) => valueOf(register(over)).duplicates
  expect(like({ ...dated, reference: 'n°44-x', subject: 'tout autre' })).toEqual([number])
  expect(like({ ...dated, register: 'internal' })).toEqual([])
  expect(like({ letterDate: '2026-11-18', subject: 'demande d’AVIS sur un lotissement' })).toEqual([number])
  expect(like({ letterDate: '2026-11-19', reference: 'N° 45/X' })).toEqual([])
  const bytes = new TextEncoder().encode('la même lettre')
  const { sha256 } = valueOf(addReceived(issuing.context, clerk, bytes))
  const attached = { ...aLetterOf({ sender: { name: 'Autre' } }), files: [{ sha256, name: 'scan.pdf' }] }
  const with1 = valueOf(registerLetter(issuing.context, clerk, attached)).letter
  const with2 = { ...aLetterOf({ sender: { name: 'Encore autre' }, subject: 'x' }), files: attached.files }
  expect(valueOf(registerLetter(issuing.context, clerk, with2)).duplicates).toEqual([with1.number])
})

test('what a letter of another level is like is told to nobody who may not see it', () => {
  valueOf(register({ reference: 'N° 7', confidentiality: 'secret' }))
  const order = aLetterOf({ reference: 'N° 7' })
  const low = { ...clerk, view: { ...clerk.view, roles: ['agent' as const] } }
  expect(valueOf(registerLetter(issuing.context, low, order)).duplicates).toEqual([])
  expect(
    showLetter(issuing.context, low, valueOf(register({ confidentiality: 'confidential' })).letter.number),
  ).toEqual(err(faultOf('letter.unknown')))
})

test('dates to come, unknown files and unknown answers are refused, a late one is marked, and no number is spent', () => {
  expect(register({ receivedOn: '2026-11-22' })).toEqual(err(faultOf('letter.toCome')))
  expect(register({ letterDate: '2027-01-01' })).toEqual(err(faultOf('letter.toCome')))
  const unknown = '0'.repeat(64) as Sha256
  expect(
    registerLetter(issuing.context, clerk, { ...aLetterOf(), files: [{ sha256: unknown, name: 'x' }] }),
  ).toMatchObject({ fault: { code: 'attachment.unknown' } })
  const { inReplyTo } = aLetterOf({ inReplyTo: '2026/RAB03-G2/A-000009' }).letter
  expect(register({ inReplyTo })).toEqual(err(faultOf('letter.unknown')))
  expect(valueOf(register({ receivedOn: '2026-11-19' })).letter).toMatchObject({
    number: '2026/RAB03-G2/A-000001',
    late: true,
  })
})

test('an answer marks what it answers, and names it', () => {
  const { number } = valueOf(register()).letter
  const answer = valueOf(register({ register: 'departure', inReplyTo: number })).letter
  expect(valueOf(showLetter(issuing.context, clerk, number))).toMatchObject({
    state: 'answered',
    answers: [answer.number],
    events: [{ what: 'registered' }, { what: 'answered', about: answer.number }],
  })
})

test('a received file stays byte for byte, whatever it is, and a line that was changed is found', () => {
  const bytes = new TextEncoder().encode('%PDF-1.7 locked or torn')
  const { sha256, mime } = valueOf(addReceived(issuing.context, clerk, bytes))
  expect([sha256, mime]).toEqual([createHash('sha256').update(bytes).digest('hex'), 'application/pdf'])
  const twice = [
    { sha256, name: 'lettre.pdf' },
    { sha256, name: 'lettre (1).pdf' },
  ]
  const { letter } = valueOf(registerLetter(issuing.context, clerk, { ...aLetterOf(), files: twice }))
  expect(letter.files).toMatchObject([{ sha256, name: 'lettre.pdf', size: bytes.byteLength }])
  const verdict = () => {
    const walk = auditJournal(store.db, issuing.context.counter)
    let step = walk.next()
    while (step.done !== true) step = walk.next()
    return step.value.broken
  }
  expect(verdict()).toBeUndefined()
  // Past the trigger, as somebody with the key would.
  valueOf(
    store.tx((db) => {
      db.run('DROP TRIGGER letters_fixed')
      db.run(`UPDATE letters SET body = json_set(body, '$.subject', 'autre')`)
      return { ok: true, value: undefined }
    }),
  )
  expect(verdict()).toMatchObject({ what: 'changed' })
})

test('what came by the national digital mail office bears its number beside ours: found by it, and told where it comes twice', () => {
  const digital = { mode: 'digital', digitalNumber: 'BOD-2026/0012345' } as const
  const first = valueOf(registerLetter(issuing.context, clerk, aLetterOf(digital)))
  expect(first).toMatchObject({ duplicates: [], letter: { letter: digital } })
  expect(first.letter.number).not.toContain('0012345')
  for (const words of ['BOD-2026/0012345', '12345'])
    expect(
      searchLetters(store.db, letterQuestion.parse({ words }), { level: 3, today: '2026-11-21' }).rows.map(
        ({ number }) => number,
      ),
    ).toEqual([first.letter.number])
  const other = { ...digital, sender: { name: 'Cadastre' }, subject: 'Autre objet' }
  expect(valueOf(registerLetter(issuing.context, clerk, aLetterOf(other))).duplicates).toEqual([first.letter.number])
  const third = { ...other, digitalNumber: 'BOD-2026/001234', subject: 'Troisième' }
  expect(valueOf(registerLetter(issuing.context, clerk, aLetterOf(third))).duplicates).toEqual([])
  expect(valueOf(registerLetter(issuing.context, clerk, aLetterOf({ subject: 'Sans numéro' }))).duplicates).toEqual([])
})
