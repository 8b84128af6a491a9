import type { Hall } from '#shared/domain/hall/hallState.ts'
import type { HallCounter } from '#shared/domain/hall/ticket.ts'
import { islandNow } from './node/island.ts'
import { isReachable, reachableVoters, type NodeState } from './node/nodeState.ts'
import { isInTouch } from './node/serving.ts'

/** What a station knows of the hall. On an island: of its own tickets, and of the citizens who were at its counter. */
export interface HallStatus {
  /** `serving`: a majority hears this station; `island`: it goes on alone. */
  readonly role: 'serving' | 'member' | 'island'
  readonly epoch: number
  /** The station that serves, when it was heard a moment ago. */
  readonly serving?: string
  readonly station: string
  readonly day?: string
  readonly open: boolean
  /** Numbers of stations, this one included. */
  readonly voters: { readonly all: number; readonly reachable: number }
  readonly waiting: readonly { readonly service: string; readonly count: number; readonly longestSeconds: number }[]
  readonly called: readonly { readonly ticket: string; readonly counter: HallCounter }[]
  /** What stations had on their disks that no majority ever had. */
  readonly tail: readonly { readonly station: string; readonly what: string; readonly ticket?: string }[]
  /** Stations whose disk lost what it had said it had. */
  readonly doubts: readonly string[]
  /** Entries that only a later version understands: this station is older than one of the others. */
  readonly later: number
}

/** The state of a station in the words of `hall status`. `civil`: milliseconds on its wall clock. */
export function statusOf(n: Readonly<NodeState>, civil: number): HallStatus {
  const island = islandNow(n)
  const hall = island?.hall ?? n.hall
  const serves = n.serving !== undefined && isInTouch(n, n.serving)
  const server = serves ? n.office.me : heardServer(n)
  return {
    role: serves ? 'serving' : island === undefined ? 'member' : 'island',
    epoch: n.server?.epoch ?? n.promised.epoch,
    ...(server === undefined || island !== undefined ? {} : { serving: server }),
    station: n.office.me,
    ...(hall.day === undefined ? {} : { day: hall.day }),
    open: hall.open,
    voters: { all: n.office.voters.length, reachable: reachableVoters(n) },
    waiting: n.office.services.map((service) => waitingFor(hall, service, civil)),
    called: [...hall.tickets.values()].flatMap(({ state, ticket, counter }) =>
      state === 'called' && counter !== undefined ? [{ ticket, counter }] : [],
    ),
    tail: hall.tails.map(({ station, what, ticket }) => ({
      station,
      what,
      ...(ticket === undefined ? {} : { ticket }),
    })),
    doubts: [...hall.doubts],
    later: n.hall.later,
  }
}

const heardServer = (n: Readonly<NodeState>): string | undefined =>
  n.serving === undefined && n.server !== undefined && isReachable(n, n.server.station) ? n.server.station : undefined

/** Clocks of stations differ: nobody waits for less than no time. */
function waitingFor(hall: Hall, service: string, civil: number) {
  const since = [...hall.tickets.values()]
    .filter((ticket) => ticket.state === 'waiting' && ticket.service === service && ticket.day === hall.day)
    .map(({ issuedAt }) => Date.parse(issuedAt))
  const longest = since.length === 0 ? 0 : Math.floor((civil - Math.min(...since)) / 1_000)
  return { service, count: since.length, longestSeconds: Math.max(0, longest) }
}

/** The bookings of a day, or all that are kept, in the order of their time. */
export const appointmentsOf = ({ hall }: Readonly<NodeState>, day?: string) =>
  [...hall.bookings.values()]
    .filter((booking) => day === undefined || booking.day === day)
    .map(({ appointment, service, day: on, time, state }) => ({ appointment, service, at: `${on}T${time}`, state }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.appointment < b.appointment ? -1 : 1))
