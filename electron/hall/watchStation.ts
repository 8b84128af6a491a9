import type { HallFacts } from '#shared/contract/hallCalls.ts'
import { factsOf } from './facts.ts'
import { islandNow } from './node/island.ts'
import { isReachable, type NodeState } from './node/nodeState.ts'
import type { Station } from './station.ts'
import { statusOf } from './view.ts'

/** How often a change is looked for, in milliseconds: a wall shows a call within 200 ms. */
const lookEvery = 50
/** Between two tellings. */
const tellEvery = 100
/** Estimates move with the clock alone. */
const tellAnyway = 30_000

/** Told by itself, and at once where somebody waits for it. */
export interface StationWatch {
  now(): void
  close(): void
}

/** Tells the facts of a running station at once and at every change, never more often than a screen can follow. */
export function watchStation(station: Station, tell: (facts: HallFacts) => void): StationWatch {
  const lost = new Map<string, number>()
  let [known, told] = ['', -Infinity]
  const look = (waited = false): void => {
    const { state, facts } = station
    noteLost(lost, state, station.civil())
    const mark = markOf(state, station.civil())
    const now = performance.now()
    const since = now - told
    if (mark === known ? since < tellAnyway : since < tellEvery && !waited) return
    known = mark
    told = now
    tell(factsOf({ n: state, roster: facts.roster, civil: station.civil(), lost }))
  }
  const timer = setInterval(() => {
    look()
  }, lookEvery)
  look()
  return {
    now: () => {
      look(true)
    },
    close: () => {
      clearInterval(timer)
    },
  }
}

/** Whatever changes what is shown changes this. */
function markOf(n: Readonly<NodeState>, civil: number): string {
  const { role, epoch, serving } = statusOf(n, civil)
  const island = islandNow(n)
  const heard = n.office.stations.filter((station) => isReachable(n, station))
  return [role, epoch, serving, n.commit, n.log.last, island?.n, island?.events.length, heard.join()].join('/')
}

function noteLost(lost: Map<string, number>, n: Readonly<NodeState>, civil: number): void {
  for (const station of n.office.stations)
    if (isReachable(n, station)) lost.delete(station)
    else if (!lost.has(station)) lost.set(station, civil)
}
