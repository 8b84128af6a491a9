import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { confidentialities, letterRegisters, seriesOf, type TypedLetter } from '#shared/domain/mail/letter.ts'
import { parseRegisterNumber } from '#shared/domain/registerNumber.ts'
import type { CommandId, CounterId, RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { faultOf } from '#shared/fault.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { createJournal } from '../../journal/journal.ts'
import { auditJournal } from '../../journal/audit.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import type { Store } from '../../store/open.ts'
import { cancelLetter, routeLetter, takeBackLetter } from './changeLetter.ts'
import { closeMail } from './closeMail.ts'
import { handOver } from './handOver.ts'
import { registerLetter } from './registerLetter.ts'
import { searchLetters } from './rows/searchLetters.ts'
import { linesOfDay } from './rows/registerOfDay.ts'
import { findSenders } from './senders.ts'
import { showLetter } from './seeLetter.ts'

// What holds of the registers of a mail office whatever its people do, at whichever counter, and whenever it stops.

const secretWord = 'zanzibar'
const counters = ['RAB03-M1', 'RAB03-M2'] as const
const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'] as const

/** One counter: its own register, which may be closed and opened again at any time. */
interface Desk {
  readonly counter: CounterId
  readonly folder: string
  store: Store
  issuing: Issuing
  readonly numbers: RegisterNumber[]
  readonly cancelled: Set<string>
  readonly closed: Map<string, string>
  readonly holders: Map<string, string | undefined>
}

let folders: ReturnType<typeof temporaryFolder>[] = []
let desks: Desk[] = []
beforeEach(() => {
  folders = []
  desks = []
})
const stop = (): void => {
  for (const { store } of desks) store.close()
  for (const folder of folders) folder.remove()
  desks = []
  folders = []
}
afterEach(stop)

const clock = { now: () => new Date('2026-11-21T09:00:00Z'), monotonic: () => 0 }
const opened = (counter: CounterId, folder: string, first: boolean): Pick<Desk, 'store' | 'issuing'> => {
  const store = openTestStore(folder)
  const over = first ? issuingOver(store, clock) : undefined
  const context = { store, journal: createJournal(clock, counter, store.db), clock, counter, newId: () => v7() }
  return { store, issuing: { ...(over ?? old(store)), context } }
}
/** The paper and the key are of no account here. */
const old = (store: Store): Issuing => ({
  ...issuingOver(store, clock),
})

const begin = (): void => {
  stop()
  for (const name of counters) {
    const counter = name as CounterId
    const folder = temporaryFolder()
    folders.push(folder)
    desks.push({
      counter,
      folder: folder.path,
      ...opened(counter, folder.path, true),
      numbers: [],
      cancelled: new Set(),
      closed: new Map(),
      holders: new Map(),
    })
  }
}

type Step = (desk: Desk) => void
const clerk = aPerson()
const id = () => v7() as CommandId
/** A line of the model at a place, round and round. */
const nth = (desk: Desk, at: number): RegisterNumber | undefined => desk.numbers[at % Math.max(1, desk.numbers.length)]

const enter =
  (letter: Partial<TypedLetter>, undone: boolean): Step =>
  (desk) => {
    const order = aLetterOf(letter)
    if (undone && !desk.closed.has(order.letter.receivedOn)) {
      // The power goes in the middle: nothing of it may be there, and no number is spent.
      const before = desk.store.db.get<{ n: number }>('SELECT count(*) AS n FROM letters')?.n
      const torn = {
        ...desk.issuing.context,
        newId: () => {
          throw new Error('power')
        },
      }
      expect(() => registerLetter(torn, clerk, order)).toThrow('power')
      expect(desk.store.db.get<{ n: number }>('SELECT count(*) AS n FROM letters')?.n).toBe(before)
      return
    }
    const made = registerLetter(desk.issuing.context, clerk, order)
    expect(made.ok).toBe(!desk.closed.has(order.letter.receivedOn))
    if (made.ok) desk.numbers.push(made.value.letter.number)
    // Asked again, because the answer was lost: the same line.
    if (made.ok) {
      const again = valueOf(registerLetter(desk.issuing.context, clerk, order))
      expect(again.letter.number).toBe(made.value.letter.number)
    }
  }
const about =
  (
    at: number,
    act: (desk: Desk, number: RegisterNumber) => Result<unknown>,
    then: (desk: Desk, n: string) => void,
  ): Step =>
  (desk) => {
    const number = nth(desk, at)
    if (number === undefined) return
    if (act(desk, number).ok) then(desk, number)
  }
const cancel = (at: number): Step =>
  about(
    at,
    ({ issuing }, number) => cancelLetter(issuing.context, clerk, { commandId: id(), number, reason: 'spécimen' }),
    (desk, number) => {
      expect(desk.cancelled.has(number)).toBe(false)
      expect(desk.closed.has('2026-11-21')).toBe(false)
      desk.cancelled.add(number)
    },
  )
const route = (at: number): Step =>
  about(
    at,
    ({ issuing }, number) =>
      routeLetter(issuing.context, clerk, { commandId: id(), number, routing: { to: 'URB', copies: [] } }),
    (desk, number) => {
      expect(desk.cancelled.has(number)).toBe(false)
    },
  )
const hand = (at: number, service: string): Step =>
  about(
    at,
    ({ issuing }, number) => handOver(issuing, clerk, { commandId: id(), numbers: [number], service }),
    (desk, number) => {
      expect(desk.holders.get(number)).not.toBe(service)
      desk.holders.set(number, service)
    },
  )
const back = (at: number): Step =>
  about(
    at,
    ({ issuing }, number) => takeBackLetter(issuing.context, clerk, { commandId: id(), number }),
    (desk, number) => {
      expect(desk.holders.get(number)).toBeDefined()
      desk.holders.set(number, undefined)
    },
  )
const close =
  (day: string): Step =>
  (desk) => {
    const made = closeMail(desk.issuing, clerk, { commandId: id(), period: day })
    expect(made.ok).toBe(!desk.closed.has(day))
    if (made.ok)
      desk.closed.set(
        day,
        JSON.stringify(linesOfDay(desk.store.db, day).map(({ letter, number }) => ({ letter, number }))),
      )
  }
const reopen: Step = (desk) => {
  desk.store.close()
  Object.assign(desk, opened(desk.counter, desk.folder, false))
}

const letters = fc.record({
  register: fc.constantFrom(...letterRegisters),
  receivedOn: fc.constantFrom(...days),
  confidentiality: fc.constantFrom(...confidentialities),
  subject: fc.constantFrom('Demande', 'طلب رخصة', 'Réclamation'),
  sender: fc.constantFrom({ name: 'Commune' }, { name: 'جماعة نموذجية' }, { name: 'Wilaya', nameAr: 'ولاية' }),
})
/** What is confidential says so in every field, so that a leak of any shows. */
const marked = (letter: {
  confidentiality: (typeof confidentialities)[number]
  subject: string
  sender: { name: string; nameAr?: string }
  receivedOn: string
  register: (typeof letterRegisters)[number]
}): Partial<TypedLetter> => {
  const high = letter.confidentiality === 'confidential' || letter.confidentiality === 'secret'
  return high
    ? {
        ...letter,
        subject: `${secretWord} ${letter.subject}`,
        sender: { name: `${secretWord} bureau` },
        reference: `${secretWord}-77`,
      }
    : letter
}
const place = fc.nat(40)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(letters, fc.boolean())
      .map(([one, torn]) => enter(marked(one), torn && one.subject === 'Demande')),
  },
  { weight: 2, arbitrary: place.map(cancel) },
  { weight: 2, arbitrary: place.map(route) },
  { weight: 3, arbitrary: fc.tuple(place, fc.constantFrom('URB', 'JUR', 'SG')).map(([at, to]) => hand(at, to)) },
  { weight: 2, arbitrary: place.map(back) },
  { weight: 1, arbitrary: fc.constantFrom(...days).map(close) },
  { weight: 1, arbitrary: fc.constant(reopen) },
)

const agent = aPerson('agent')
const everythingShown = ({ issuing: { context } }: Desk): string => {
  const words = ['', secretWord, 'commune', '77', 'bureau', 'طلب']
  const found = words.map((one) =>
    searchLetters(context.store.db, letterQuestion.parse({ words: one, limit: 500 }), {
      level: 1,
      today: '2026-11-21',
    }),
  )
  const senders = words.map((one) => findSenders(context, agent, { words: one, limit: 50 }))
  return JSON.stringify([found, senders])
}

const holds = (desk: Desk): void => {
  const { db } = desk.store
  for (const register of letterRegisters) {
    const ranks = desk.numbers
      .map((number) => parseRegisterNumber(number))
      .filter((parts) => parts?.register === seriesOf[register])
      .map((parts) => parts?.rank)
    expect(ranks).toEqual(ranks.map((_, at) => at + 1))
  }
  // What a closed day holds is what it held when it was closed.
  for (const [day, lines] of desk.closed)
    expect(JSON.stringify(linesOfDay(db, day).map(({ letter, number }) => ({ letter, number })))).toBe(lines)
  for (const number of desk.numbers) {
    const { events, holder, state } = valueOf(showLetter(desk.issuing.context, clerk, number))
    expect(state === 'cancelled').toBe(desk.cancelled.has(number))
    expect(holder?.service).toBe(desk.holders.get(number))
    // The chain of custody is whole: each move begins where the one before ended, and the last one is where the paper is.
    const moves = events.filter(({ what }) => what === 'handedOver' || what === 'returned')
    moves.forEach((move, at) => {
      if (move.what === 'returned') expect(moves[at - 1]?.what).toBe('handedOver')
      else expect(move.about).not.toBe(moves[at - 1]?.about)
    })
    expect(moves.at(-1)?.about).toBe(desk.holders.get(number))
  }
  expect(everythingShown(desk)).not.toContain(secretWord)
  const low = searchLetters(db, letterQuestion.parse({ words: '', limit: 500 }), { level: 1, today: '2026-11-21' })
  const all = searchLetters(db, letterQuestion.parse({ words: '', limit: 500 }), { level: 3, today: '2026-11-21' })
  expect(all.total).toBe(desk.numbers.length)
  expect(low.total).toBe(all.rows.filter(({ level }) => level <= 1).length)
  const walk = auditJournal(db, desk.counter)
  let walked = walk.next()
  while (walked.done !== true) walked = walk.next()
  expect(walked.value.broken).toBeUndefined()
  // Nobody who looks at what waits to be sent reads a letter there.
  expect(JSON.stringify(db.all('SELECT id, type, number, state FROM outbox'))).not.toContain(secretWord)
  expect(JSON.stringify(db.all('SELECT body FROM journal'))).not.toContain(secretWord)
}

test(
  'numbers without a gap, closed days as they were, whole custody, and nothing confidential in any answer',
  { timeout: 240_000 },
  () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), step), { minLength: 10, maxLength: 60 }), (steps) => {
        begin()
        for (const [at, act] of steps) act(desks[at] ?? expect.fail('a desk'))
        for (const desk of desks) holds(desk)
      }),
      { numRuns: 25 },
    )
  },
)

test('a letter that one may not see is unknown to every verb', () => {
  begin()
  const [desk] = desks
  if (desk === undefined) return
  enter({ confidentiality: 'secret' }, false)(desk)
  const [number] = desk.numbers
  if (number === undefined) return
  const { issuing } = desk
  const unknown = err(faultOf('letter.unknown'))
  expect(showLetter(issuing.context, agent, number)).toEqual(unknown)
  expect(cancelLetter(issuing.context, agent, { commandId: id(), number, reason: 'spécimen' })).toEqual(unknown)
  expect(handOver(issuing, agent, { commandId: id(), numbers: [number], service: 'URB' })).toEqual(unknown)
  expect(registerLetter(issuing.context, agent, aLetterOf({ register: 'departure', inReplyTo: number }))).toEqual(
    unknown,
  )
  expect(ok(0).ok).toBe(true)
})
