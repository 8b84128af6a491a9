import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import type { CommandId, PaperId, RegisterNumber } from '#shared/ids.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { countOfKind } from '../../journal/rows/journalRows.ts'
import { readFacts } from '../../papers/rows/papers.ts'
import type { Store } from '../../store/open.ts'
import { cancelLetter, routeLetter } from './changeLetter.ts'
import { registerLetter } from './registerLetter.ts'
import { remind, type ReminderOrder } from './remind.ts'
import { showLetter } from './seeLetter.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const clerk = aPerson()
const id = () => v7() as CommandId
/** A letter that a service owes an answer to, by a day. */
const owed = (by: string, over: Parameters<typeof aLetterOf>[0] = {}, to = 'URB'): RegisterNumber => {
  const { number } = valueOf(registerLetter(issuing.context, clerk, aLetterOf(over))).letter
  valueOf(routeLetter(issuing.context, clerk, { commandId: id(), number, routing: { to, copies: [], by } }))
  return number
}
const order = (numbers: readonly RegisterNumber[], over: Partial<ReminderOrder> = {}): ReminderOrder => ({
  commandId: id(),
  service: 'URB',
  numbers,
  print: true,
  ...over,
})
const shown = (number: RegisterNumber) => valueOf(showLetter(issuing.context, clerk, number))

test('a service is reminded of its letters by one act, which each of them shows, with how often it came to that', () => {
  const [late, later] = [owed('2026-11-19'), owed('2026-11-10', { confidentiality: 'secret' })]
  const first = order([late, later])
  const made = valueOf(remind(issuing, clerk, first))
  expect(made).toMatchObject({ rank: 1, service: 'URB', letters: [late, later] })
  expect(valueOf(remind(issuing, clerk, first))).toEqual(made)
  expect(shown(late)).toMatchObject({ reminded: { times: 1 }, state: 'routed' })
  const second = valueOf(remind(issuing, clerk, order([late], { print: false })))
  expect(shown(late).reminded?.times).toBe(2)
  expect(shown(late).events.filter(({ what }) => what === 'reminded')).toMatchObject([
    { about: 'URB', text: '1', agent: clerk.code },
    { about: 'URB', text: '2', agent: clerk.code },
  ])
  expect(shown(later).reminded?.times).toBe(1)
  // Each once in the journal, however often it was asked for.
  expect(countOfKind(store.db, 'mail.reminded')).toBe(2)
  // What is only noted has no paper.
  expect(readFacts(store.db, 'mailReminder', second.reminderId as PaperId).ok).toBe(false)
})

test('its paper has the latest letter first, how late each is, and nothing of a confidential one but its number', () => {
  const said = 'zanzibar'
  const [late, secret] = [
    owed('2026-11-19', { subject: 'Avis' }),
    owed('2026-11-10', { subject: said, sender: { name: said }, confidentiality: 'secret' }),
  ]
  const ahead = owed('2026-11-25')
  const { reminderId } = valueOf(remind(issuing, clerk, order([ahead, late, secret])))
  const { facts } = valueOf(readFacts(store.db, 'mailReminder', reminderId as PaperId))
  expect(facts.service.fr).toBe('Urbanisme')
  expect(facts.lines.map(({ number, daysLate, times }) => [number, daysLate, times])).toEqual([
    [secret, 11, 1],
    [late, 2, 1],
    [ahead, 0, 1],
  ])
  expect(JSON.stringify(facts)).not.toContain(said)
  expect(facts.lines[1]).toMatchObject({ subject: 'Avis', confidential: false })
})

test('nobody is reminded of what he does not owe, or of a letter that who reminds may not see', () => {
  const [number, elsewhere] = [owed('2026-11-19'), owed('2026-11-19', {}, 'RH')]
  expect(remind(issuing, clerk, order([number, elsewhere]))).toMatchObject({ fault: { code: 'letter.notOwed' } })
  expect(shown(number).reminded).toBeUndefined()
  valueOf(registerLetter(issuing.context, clerk, aLetterOf({ register: 'departure', inReplyTo: number })))
  expect(remind(issuing, clerk, order([number]))).toMatchObject({ fault: { code: 'letter.notOwed' } })
  const cancelled = owed('2026-11-19')
  valueOf(cancelLetter(issuing.context, clerk, { commandId: id(), number: cancelled, reason: 'doublon' }))
  expect(remind(issuing, clerk, order([cancelled]))).toMatchObject({ fault: { code: 'letter.notOwed' } })
  const secret = owed('2026-11-19', { confidentiality: 'secret' })
  expect(remind(issuing, aPerson('agent'), order([secret]))).toMatchObject({ fault: { code: 'letter.unknown' } })
})
