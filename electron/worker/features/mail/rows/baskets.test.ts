import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { baskets, spanOfBasket } from '#shared/domain/mail/baskets.ts'
import { confidentialities } from '#shared/domain/mail/letter.ts'
import type { CommandId } from '#shared/ids.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../../core/deposit/issuing.ts'
import { cancelLetter, routeLetter } from '../changeLetter.ts'
import { registerLetter } from '../registerLetter.ts'
import { basketsOfServices, countDue } from './baskets.ts'
import { searchLetters } from './searchLetters.ts'

const today = '2026-11-21'
const clerk = aPerson()
let issuing: Issuing
let end: () => void
beforeAll(() => {
  const folder = temporaryFolder()
  const store = openTestStore(folder.path)
  issuing = issuingOver(store)
  end = () => {
    store.close()
    folder.remove()
  }
})
afterAll(() => {
  end()
})

const told = fc.record({
  level: fc.integer({ min: 0, max: 3 }),
  register: fc.constantFrom('arrival', 'internal'),
  service: fc.constantFrom(undefined, 'URB', 'RH'),
  by: fc.constantFrom(undefined, '2026-11-19', '2026-11-20', today, '2026-11-22', '2026-11-28', '2026-11-29'),
  fate: fc.constantFrom('waits', 'cancelled', 'answered'),
})
type Told = typeof told extends fc.Arbitrary<infer T> ? T : never

const enter = ({ level, register, service, by, fate }: Told): void => {
  const { context } = issuing
  const letter = {
    register,
    confidentiality: confidentialities[level] ?? 'none',
    ...(service === undefined ? {} : { service }),
  } as const
  const { number } = valueOf(registerLetter(context, clerk, aLetterOf(letter))).letter
  const command = () => v7() as CommandId
  if (by !== undefined && service !== undefined)
    valueOf(routeLetter(context, clerk, { commandId: command(), number, routing: { to: service, copies: [], by } }))
  if (fate === 'cancelled') valueOf(cancelLetter(context, clerk, { commandId: command(), number, reason: 'essai' }))
  if (fate === 'answered')
    valueOf(registerLetter(context, clerk, aLetterOf({ register: 'departure', inReplyTo: number })))
}

test('baskets count what a level lets through, each letter where its day lies, whatever else is in the registers', () => {
  const all: Told[] = []
  const { db } = issuing.context.store
  fc.assert(
    fc.property(fc.array(told, { maxLength: 6 }), (some) => {
      some.forEach(enter)
      all.push(...some)
      for (const level of [0, 1, 2, 3]) {
        const mine = all.filter((one) => one.level <= level && one.fate === 'waits')
        const owed = mine.filter(({ by, service }) => by !== undefined && service !== undefined)
        const within = (of: readonly Told[]) =>
          Object.fromEntries(
            baskets.map((one) => {
              const { from, to } = spanOfBasket(one, today)
              return [one, of.filter(({ by = '' }) => by >= from && by <= to).length]
            }),
          )
        expect(countDue(db, today, level)).toEqual(within(owed))
        const unrouted = mine.filter((one) => one.register === 'arrival' && !owed.includes(one))
        const services = [undefined, 'URB', 'RH'].flatMap((service) => {
          const of = (list: readonly Told[]) => list.filter((one) => one.service === service)
          const counts = { ...within(of(owed)), unrouted: of(unrouted).length }
          return of([...owed, ...unrouted]).length === 0
            ? []
            : [service === undefined ? counts : { service, ...counts }]
        })
        const counted = basketsOfServices(db, today, level)
        expect(counted).toHaveLength(services.length)
        expect(counted).toEqual(expect.arrayContaining(services))
        for (const due of baskets)
          expect(searchLetters(db, letterQuestion.parse({ due }), { level, today }).total).toBe(within(owed)[due])
      }
    }),
    { numRuns: 40 },
  )
})

test('the service that is latest stands first', () => {
  const [first] = basketsOfServices(issuing.context.store.db, today, 3)
  const late = basketsOfServices(issuing.context.store.db, today, 3).map((one) => one.late)
  expect(first?.late).toBe(Math.max(...late))
})
