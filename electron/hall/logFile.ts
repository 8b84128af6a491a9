import { z } from 'zod'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { emptyHall, type Hall } from '#shared/domain/hall/hallState.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import { sha256Hex } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { entry, textOf, type Entry } from './node/entry.ts'
import { HallLog } from './node/hallLog.ts'
import { applyEntry, type NodeState } from './node/nodeState.ts'

const head = z.strictObject({ guichet: z.literal('hall log'), version: z.literal(1), log: sha256Hex })

/**
 * What a majority has, as lines of JSON: a head, then the entries, each chained to the one before. Every station writes
 * the same bytes.
 */
export const writeLog = ({ office, log, commit }: Readonly<NodeState>): string =>
  [
    canonicalJson({ guichet: 'hall log', version: 1, log: office.genesis }),
    ...log.after(0, commit).map(textOf),
    '',
  ].join('\n')

/** A log read again: its entries, and the hall that they make. */
export interface ReadLog {
  readonly entries: readonly Entry[]
  readonly hall: Hall
}

/** Reads a log and makes its hall from nothing else. Fault: hall.notLog, also where the chain breaks. */
export function readLog(text: string): Result<ReadLog> {
  const lines = text.split('\n').filter((line) => line !== '')
  const first = head.safeParse(readJson(lines[0] ?? ''))
  if (!first.success) return err(faultOf('hall.notLog', 'no head'))
  const log = new HallLog(first.data.log)
  const hall = emptyHall()
  for (const line of lines.slice(1)) {
    const one = entry.safeParse(readJson(line))
    if (!one.success || !log.append(one.data)) return err(faultOf('hall.notLog', `entry ${String(log.last + 1)}`))
    applyEntry(hall, one.data)
  }
  return ok({ entries: log.after(0, log.last), hall })
}
