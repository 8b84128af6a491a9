import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ticketEventsOf } from '#shared/domain/hall/event.ts'
import { emptyHall } from '#shared/domain/hall/hallState.ts'
import { openRecordFile } from '#electron/hall/disk/recordFile.ts'
import { eventOf, type Entry } from '#electron/hall/node/entry.ts'
import { HallNode } from '#electron/hall/node/hallNode.ts'
import { applyEntry } from '#electron/hall/node/nodeState.ts'
import { stationFile } from '#electron/hall/office/makeOffice.ts'
import { readStation } from '#electron/hall/office/readStation.ts'
import { hall, nobody } from './hall.ts'
import type { HeardAct } from './kill.ts'

const kinds: readonly string[] = Object.keys(hall)

/** What is in the log of a hall, and what does not hold there. */
interface HallLooked {
  /** Tickets that were ever issued. */
  readonly issued: number
  readonly failed: readonly string[]
}

/**
 * What does not hold in the hall of a data folder after a kill: its log is whole and chained, everything that was heard
 * is in it once and as it was heard, and the numbers of each service have no gap.
 * @param scratch a folder for a copy: opening a log takes a torn end off
 */
export async function hallFails(data: string, scratch: string, acts: readonly HeardAct[]): Promise<HallLooked> {
  const heard = acts.filter(({ kind }) => kinds.includes(kind))
  const { socket: _, ...kept } = stationFile
  const there = Object.values(kept).filter((name) => existsSync(join(data, name)))
  // The first kill came before there was a hall.
  if (!there.includes(stationFile.log))
    return { issued: 0, failed: heard.length === 0 ? [] : ['a hall that was heard is not there'] }
  for (const name of there) {
    mkdirSync(dirname(join(scratch, name)), { recursive: true })
    copyFileSync(join(data, name), join(scratch, name))
  }
  const station = await readStation(scratch)
  const file = station.ok ? await openRecordFile(join(scratch, stationFile.log), station.value.logKey) : station
  if (!station.ok || !file.ok) return { issued: 0, failed: [`the hall: ${file.ok ? '' : file.fault.code}`] }
  await file.value.close()
  const { log } = new HallNode(station.value.office, file.value.records, { now: 0, civil: Date.now() }).state
  const entries = log.after(0, log.last)
  const { issued, failed } = relive(entries)
  return { issued, failed: [...failed, ...lost(entries, heard)] }
}

/** Lives the log again: what was issued, and where a number does not follow the one before. */
function relive(entries: readonly Entry[]): HallLooked {
  const now = emptyHall()
  const failed: string[] = []
  let issued = 0
  for (const one of entries) {
    const before = new Map(now.series)
    applyEntry(now, one)
    const event = eventOf(one)
    for (const { type, ticket } of event === undefined ? [] : ticketEventsOf(event)) {
      if (type !== 'issued') continue
      issued += 1
      const [service = '', rank] = [ticket.slice(0, 1), Number(ticket.slice(1))]
      if (rank !== (before.get(service) ?? 0) + 1) failed.push(`the hall: ${ticket} does not follow`)
    }
  }
  return { issued, failed }
}

/** What somebody heard, and the log has not, or has twice, or has otherwise. */
function lost(entries: readonly Entry[], heard: readonly HeardAct[]): readonly string[] {
  const said = new Map<string, string>()
  const failed: string[] = []
  for (const entry of entries) {
    const { body } = entry
    const event = eventOf(entry)
    if (body.id === undefined || event === undefined) continue
    if (said.has(body.id)) failed.push(`the hall did twice: ${body.id}`)
    said.set(body.id, event.type === 'next' ? (event.calls ?? nobody) : 'ticket' in event ? event.ticket : nobody)
  }
  for (const { kind, id, evidence } of heard) {
    const there = said.get(id)
    // What changed nothing stands in no log: nobody waited, or whoever was called was here already.
    if (there === undefined ? kind !== 'ticket.here' && evidence !== nobody : there !== evidence)
      failed.push(`heard and lost in the hall: ${kind} ${evidence}, ${there ?? 'nothing'}`)
  }
  return failed.slice(0, 5)
}
