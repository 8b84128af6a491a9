import type { BoardView } from '#shared/contract/features/hall/views.ts'

export type BoardCall = BoardView['calls'][number]

/**
 * What a wall shows after it was told something. A state whose epoch is below that of the state on the wall is an old
 * one: a station that lost the hall still speaks, or a message came late. Another day begins anew, whatever its epoch;
 * a day that is over does not come back.
 */
export function newest(shown: BoardView | undefined, told: BoardView): BoardView {
  if (shown === undefined) return told
  if (shown.day !== undefined && told.day !== undefined) {
    if (told.day < shown.day) return shown
    if (told.day > shown.day) return told
  }
  return told.epoch < shown.epoch ? shown : told
}

/** The same number, called out once: a recall is another call. */
export const nameOf = (day: string | undefined, { ticket, counter, times, calledAt }: BoardCall): string =>
  [day ?? '', ticket, counter, String(times), calledAt].join(' ')

/**
 * Calls that are on the wall now and were not before, in the order in which they were made. Before the first state
 * nothing is new: a screen that was switched off and on again calls nobody a second time.
 */
export function newCalls(before: BoardView | undefined, after: BoardView): readonly BoardCall[] {
  if (before === undefined || before === after) return []
  const known = new Set(before.calls.map((call) => nameOf(before.day, call)))
  return after.calls
    .filter((call) => !known.has(nameOf(after.day, call)))
    .toSorted((one, other) => (one.calledAt < other.calledAt ? -1 : 1))
}

/** What stands large, and at most three that came before it. */
export function layOut({ calls }: BoardView): {
  readonly large?: BoardCall
  readonly earlier: readonly BoardCall[]
} {
  const [large, ...rest] = calls.toSorted((one, other) => (one.calledAt > other.calledAt ? -1 : 1))
  return large === undefined ? { earlier: [] } : { large, earlier: rest.slice(0, 3) }
}

/** `C` and `022` of `C022`; the range of an island stays before its letter. */
export function partsOf(ticket: string): { readonly letter: string; readonly figure: string } {
  const figure = /\d+$/u.exec(ticket)?.[0] ?? ''
  return { letter: ticket.slice(0, ticket.length - figure.length), figure }
}
