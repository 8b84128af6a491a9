import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Store } from '../../../store/open.ts'
import { registerLetter } from '../registerLetter.ts'
import { linesOfDays } from './linesOfDays.ts'
import { searchLetters } from './searchLetters.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeAll(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterAll(() => {
  store.close()
  folder.remove()
})

const today = '2026-11-21'
const day = fc.integer({ min: 1, max: 21 }).map((one) => `2026-11-${String(one).padStart(2, '0')}`)
const letters: { readonly number: string; readonly day: string; readonly register: string; readonly level: number }[] =
  []

test('letters of some days are found as a walk through all of them finds them, also those entered late', () => {
  const { context } = issuingOver(store)
  fc.assert(
    fc.property(
      fc.record({
        receivedOn: day,
        register: fc.constantFrom('arrival', 'departure', 'internal'),
        confidentiality: fc.constantFrom('none', 'restricted', 'secret'),
      }),
      fc.array(fc.tuple(day, day), { minLength: 1, maxLength: 4 }),
      (entry, asked) => {
        const { letter } = valueOf(registerLetter(context, aPerson(), aLetterOf(entry)))
        letters.unshift({
          number: letter.number,
          day: entry.receivedOn,
          register: entry.register,
          level: { none: 0, restricted: 1, secret: 3 }[entry.confidentiality],
        })
        for (const [from, to] of asked)
          for (const [words, level, register] of [
            ['demande', 1, undefined],
            ['', 0, 'departure'],
            ['demande', 3, undefined],
          ] as const) {
            const seen = letters
              .filter((one) => one.day >= from && one.day <= to && one.level <= level)
              .filter((one) => register === undefined || one.register === register)
            const question = letterQuestion.parse({ words, from, to, limit: 500, ...(register && { register }) })
            const { total, rows } = searchLetters(store.db, question, { level, today })
            expect(rows.map(({ number }) => number)).toEqual(seen.map(({ number }) => number))
            expect(total).toBe(seen.length)
          }
      },
    ),
    { numRuns: 80 },
  )
})

test('nothing where no letter came, and no bounds for a time that is most of what there is', () => {
  expect(linesOfDays(store.db, '2031-01-01', '2031-02-01')).toEqual({ low: 0, high: -1 })
  expect(linesOfDays(store.db, '2026-12-01', '2026-11-01')).toEqual({ low: 0, high: -1 })
  expect(linesOfDays(store.db, '2020-01-01', today)).toBeUndefined()
})
