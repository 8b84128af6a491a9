import { applyEvent } from '#shared/domain/hall/applyEvent.ts'
import { emptyHall } from '#shared/domain/hall/hallState.ts'
import { blankState, commitTo, Contradicted, type Island, type NodeOffice, type NodeState } from './nodeState.ts'
import type { DiskRecord } from './record.ts'

/** A station as its disk knows it. Nobody serves after a start: that takes a new epoch. */
export function rebuild(office: NodeOffice, records: readonly DiskRecord[]): NodeState {
  const n = blankState(office)
  let commit = 0
  for (const record of records) {
    switch (record.t) {
      case 'promise':
        n.promised = { epoch: record.epoch, to: record.to }
        break
      case 'entry':
        if (!n.log.append(record.entry)) throw new Contradicted(`entry ${String(record.entry.seq)} does not follow`)
        commit = Math.max(commit, record.commit)
        break
      case 'cut':
        n.orphans.push(...n.log.cutAfter(record.after))
        break
      case 'island':
        // Whoever was at this counter then is on the island: the log has to have said so.
        commitTo(n, commit)
        beginIsland(n, record.n, record.day, record.at)
        break
      case 'islandEvent':
        islandOf(n, record.n)?.events.push(record.said)
        takeIslandEvent(islandOf(n, record.n), record)
        break
      case 'joining': {
        const island = islandOf(n, record.n)
        if (island !== undefined) island.joining = true
      }
    }
  }
  n.highest = n.promised.epoch
  commitTo(n, commit)
  return n
}

/**
 * The hall of an island: the day, the citizens who are already at this counter, and its own range, which goes on from
 * the islands before it on that day.
 */
export function beginIsland(n: NodeState, number: number, day: string, at: string): Island {
  const hall = emptyHall()
  applyEvent(hall, { seq: 0, at }, { type: 'opened', day })
  for (const before of n.islands)
    if (before.day === day) for (const [series, count] of before.hall.series) hall.series.set(series, count)
  for (const ticket of n.hall.tickets.values())
    if (ticket.state === 'called' && ticket.via === n.office.me) hall.tickets.set(ticket.ticket, { ...ticket, day })
  const island: Island = { n: number, day, events: [], hall, joining: false }
  n.islands.push(island)
  return island
}

const islandOf = (n: NodeState, number: number): Island | undefined => n.islands.find((one) => one.n === number)

const takeIslandEvent = (
  island: Island | undefined,
  { id, question, said }: Extract<DiskRecord, { t: 'islandEvent' }>,
): void => {
  if (island !== undefined) applyEvent(island.hall, { seq: 0, at: said.at, id, question }, said.event)
}
