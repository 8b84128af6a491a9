import type { BoardView, HallView } from '#shared/contract/features/hall/views.ts'
import type { CounterId } from '#shared/ids.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'

/** What the views are made from. */
export type HallSource = Pick<HandlerContext, 'parts' | 'context'>

/**
 * A counter as the hall calls it: people hear `guichet 2` of `RAB03-G2`, and read `M1` on a register that is no counter
 * of citizens.
 */
export const counterNameOf = (counter: CounterId): string => {
  const code = counter.slice(counter.lastIndexOf('-') + 1)
  return /^G0*([1-9]\d*)$/.exec(code)?.[1] ?? code
}

/** The hall as this counter knows it; `none` where it is in no hall, `starting` while its station is not heard. */
export function hallNow({ parts: { hall }, context }: HallSource): HallView {
  const counter = counterNameOf(context.counter)
  const facts = hall?.facts()
  if (facts !== undefined) return { ...facts.hall, counter }
  return {
    role: hall === undefined ? 'none' : 'starting',
    open: false,
    epoch: 0,
    station: '',
    stations: [],
    counter,
    recallLimit: 3,
    services: [],
    counters: [],
    waiting: [],
    parked: [],
    missed: [],
    messages: [],
    figures: { served: 0, missed: 0 },
    tail: [],
    doubts: [],
    later: 0,
  }
}

/** What a wall or a kiosk of this machine may know. */
export function boardNow({ parts: { hall, devices } }: HallSource): BoardView {
  const facts = hall?.facts()
  const paper = devices.tickets?.seen()?.state ?? 'none'
  if (facts !== undefined) return { ...facts.board, paper }
  return {
    role: hall === undefined ? 'none' : 'starting',
    epoch: 0,
    open: false,
    calls: [],
    services: [],
    paper,
  }
}
