import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { usualPlan } from '#shared/domain/mail/archive/classPlan.ts'
import { parseRegisterNumber } from '#shared/domain/registerNumber.ts'
import type { CommandId, RegisterNumber } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../../core/deposit/issuing.ts'
import { auditJournal } from '../../../journal/audit.ts'
import type { Store } from '../../../store/open.ts'
import { registerLetter } from '../registerLetter.ts'
import { searchLetters } from '../rows/searchLetters.ts'
import { showLetter } from '../seeLetter.ts'
import { findSenders } from '../senders.ts'
import { decideList } from './decideList.ts'
import { destroyList } from './destroyList.ts'
import { holdLetter, releaseLetter } from './keepLetter.ts'
import { makeList } from './makeList.ts'

// What holds of a register whatever its people list, hold, approve and destroy, in any order.

const today = '2026-11-21'
const people = [aPerson(), aPerson('supervisor')] as const
const id = () => v7() as CommandId

interface Known {
  readonly number: RegisterNumber
  readonly year: number
  readonly kind: string
  /** The place of the letter that it answers. */
  readonly answers: number | undefined
  held: boolean
  gone: boolean
}
interface Office {
  readonly store: Store
  readonly issuing: Issuing
  readonly letters: Known[]
  readonly lists: { readonly listId: string; readonly by: number; approvedBy: number | undefined }[]
}
type Step = (office: Office) => void

let close = (): void => {}
const begin = (): Office => {
  close()
  const folder = temporaryFolder()
  const store = openTestStore(folder.path)
  close = () => {
    store.close()
    folder.remove()
    close = () => {}
  }
  return { store, issuing: issuingOver(store), letters: [], lists: [] }
}
beforeEach(() => {
  close = () => {}
})
afterEach(() => {
  close()
})
/** An own word for each letter, which nothing but that letter says. */
const wordOf = (at: number): string =>
  `motif${'abcdefghij'.charAt(Math.trunc(at / 10) % 10)}${'abcdefghij'.charAt(at % 10)}`

const enter =
  (year: number, kind: string, answers: number | undefined): Step =>
  ({ issuing, letters }) => {
    const to = answers === undefined ? undefined : letters[answers % Math.max(1, letters.length)]
    const order = aLetterOf({
      register: 'departure',
      receivedOn: `${String(year)}-06-01`,
      kind,
      subject: wordOf(letters.length),
      sender: { name: wordOf(letters.length) },
      ...(to === undefined ? {} : { inReplyTo: to.number }),
    })
    const made = registerLetter(issuing.context, people[0], order)
    expect(made.ok).toBe(to?.gone !== true)
    if (!made.ok) return
    const { number } = made.value.letter
    letters.push({
      number,
      year,
      kind,
      answers: to === undefined ? undefined : letters.indexOf(to),
      held: false,
      gone: false,
    })
  }
const about =
  (at: number, act: (office: Office, letter: Known) => void): Step =>
  (office) => {
    const letter = office.letters[at % Math.max(1, office.letters.length)]
    if (letter !== undefined) act(office, letter)
  }
const hold = (at: number): Step =>
  about(at, ({ issuing }, letter) => {
    const done = holdLetter(issuing.context, people[0], { commandId: id(), number: letter.number, reason: 'procès' })
    expect(done.ok).toBe(!letter.held && !letter.gone)
    if (done.ok) letter.held = true
  })
const release = (at: number): Step =>
  about(at, ({ issuing }, letter) => {
    const done = releaseLetter(issuing.context, people[1], { commandId: id(), number: letter.number })
    expect(done.ok).toBe(letter.held && !letter.gone)
    if (done.ok) letter.held = false
  })
const list = (at: number, by: number): Step =>
  about(at, ({ issuing, lists }, { number }) => {
    const order = { commandId: id(), kind: 'elimination' as const, numbers: [number] }
    const made = makeList(issuing, people[by] ?? people[0], order)
    if (made.ok) lists.push({ listId: made.value.listId, by, approvedBy: undefined })
  })
const approve =
  (at: number, by: number): Step =>
  ({ issuing, lists }) => {
    const one = lists[at % Math.max(1, lists.length)]
    if (one === undefined) return
    const order = { commandId: id(), listId: one.listId, what: 'approved' as const, reference: 'AM/1', on: today }
    if (!decideList(issuing.context, people[by] ?? people[0], order).ok) return
    expect(by).not.toBe(one.by)
    one.approvedBy = by
  }
const destroy =
  (at: number): Step =>
  ({ store, issuing, letters, lists }) => {
    const one = lists[at % Math.max(1, lists.length)]
    if (one === undefined) return
    store.tx((db) => ok(db.run(`UPDATE outbox SET state = 'applied', answered_at = 't'`)))
    const done = destroyList(issuing, people[1], { commandId: id(), listId: one.listId })
    if (!done.ok) return
    expect(one.approvedBy).toBeDefined()
    for (const number of done.value.letters) {
      const letter = letters.find((known) => known.number === number) ?? expect.fail('a letter of ours')
      for (const beside of hangingTogether(letters, letter)) {
        // Counted by hand: never one that is held, kept for good, or younger than its years, nor one beside it.
        const rule = usualPlan.find(({ kinds }) => kinds.includes(beside.kind)) ?? expect.fail('a class')
        expect([beside.held, rule.fate === 'keep']).toEqual([false, false])
        expect(beside.year + rule.active + rule.semiActive).toBeLessThan(2026)
      }
    }
    for (const number of done.value.letters) {
      const letter = letters.find((known) => known.number === number)
      if (letter !== undefined) letter.gone = true
    }
  }
const hangingTogether = (letters: readonly Known[], first: Known): readonly Known[] => {
  const found = new Set([first])
  for (const one of found)
    letters.forEach((other) => {
      const linked = letters[one.answers ?? -1] === other || letters[other.answers ?? -1] === one
      if (linked && !other.gone) found.add(other)
    })
  return [...found]
}

const place = fc.nat(30)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom(2008, 2014, 2015, 2016, 2022, 2023, 2025),
        fc.constantFrom('invoice', 'summons', 'letter', 'circular'),
        fc.option(place, { nil: undefined, freq: 2 }),
      )
      .map(([year, kind, answers]) => enter(year, kind, answers)),
  },
  { weight: 1, arbitrary: place.map(hold) },
  { weight: 1, arbitrary: place.map(release) },
  { weight: 5, arbitrary: fc.tuple(place, fc.nat(1)).map(([at, by]) => list(at, by)) },
  { weight: 5, arbitrary: fc.tuple(place, fc.nat(1)).map(([at, by]) => approve(at, by)) },
  { weight: 4, arbitrary: place.map(destroy) },
)

const holds = ({ store, issuing, letters }: Office): number => {
  const ranks = letters.map(({ number }) => parseRegisterNumber(number)?.rank)
  expect(ranks).toEqual(ranks.map((_, at) => at + 1))
  letters.forEach(({ number, gone }, at) => {
    const view = valueOf(showLetter(issuing.context, people[1], number))
    expect([view.destroyed ?? false, JSON.stringify(view).includes(wordOf(at))]).toEqual([gone, !gone])
    const found = searchLetters(store.db, letterQuestion.parse({ words: wordOf(at) }), { level: 3, today })
    expect(found.rows.map((row) => row.number)).toEqual(gone ? [] : [number])
    const senders = valueOf(findSenders(issuing.context, people[1], { words: wordOf(at), limit: 5 }))
    expect(senders).toHaveLength(gone ? 0 : 1)
  })
  const walk = auditJournal(store.db, issuing.context.counter)
  let walked = walk.next()
  while (walked.done !== true) walked = walk.next()
  expect(walked.value.broken).toBeUndefined()
  return letters.filter(({ gone }) => gone).length
}

test(
  'nothing open, held, young, kept or not approved is destroyed; what is destroyed is found nowhere',
  { timeout: 240_000 },
  () => {
    let destroyed = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
        const office = begin()
        for (const act of steps) act(office)
        destroyed += holds(office)
      }),
      { numRuns: 15 },
    )
    // Or nothing was shown.
    expect(destroyed).toBeGreaterThan(0)
  },
)
