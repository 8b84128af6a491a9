import type { z } from 'zod'
import { repairs } from '#shared/contract/features/corrections/acts.ts'
import type { RepairKind } from '#shared/contract/act.ts'
import type { Command, CommandResult } from '#shared/contract/platform.ts'
import type { Session } from './database.ts'

type RepairData = z.infer<(typeof repairs)['corrected']['data']>

/** An act that puts an earlier one right; `data` is absent when it does not have the shape of its kind. */
export interface Repair {
  readonly kind: RepairKind
  readonly act: Command
  readonly data: RepairData | undefined
}

/** Reads an act as a repair; nothing when it is none. */
export function repairOf(act: Command): Repair | undefined {
  const kind = (['corrected', 'cancelled', 'overridden'] as const).find((one) => repairs[one].type === act.type)
  return kind && { kind, act, data: repairs[kind].data.safeParse(act.data).data }
}

interface Named {
  readonly seq: number
  readonly id: string
}
type Status = CommandResult['status']

/** What is known of acts that later ones name: recorded ones, and those that the batch itself brought. */
export interface Earlier {
  status(act: Named): Status | undefined
  note(act: Named, status: Status): void
  settledAs(id: string): RepairKind | undefined
  settle(id: string, kind: RepairKind): void
}

/** Looks up acts that others name, conflicting ones too, and what was made of them. */
export async function readEarlier(session: Session, counter: string, named: readonly string[]): Promise<Earlier> {
  const ids = [...new Set(named)]
  const list = ids.map((_, at) => `$${String(at + 2)}`).join(',')
  const read = async <Row>(sql: string): Promise<readonly Row[]> =>
    ids.length === 0 ? [] : session.query<Row>(sql, [counter, ...ids])
  const found = await read<{ seq: string | number; id: string; status: Status }>(
    `SELECT seq, id, status FROM command WHERE counter_id = $1 AND id IN (${list})
     UNION ALL SELECT seq, id, 'conflict' FROM alarm WHERE counter_id = $1 AND id IN (${list})`,
  )
  const made = await read<{ act_id: string; kind: RepairKind }>(
    `SELECT act_id, kind FROM repair WHERE counter_id = $1 AND act_id IN (${list}) ORDER BY seq`,
  )
  const keyOf = ({ seq, id }: Named): string => `${String(seq)} ${id}`
  // What a command recorded wins over an alarm about the same id.
  const statuses = new Map([...found].reverse().map((row) => [keyOf({ seq: Number(row.seq), id: row.id }), row.status]))
  const settled = new Map(made.map((row) => [row.act_id, row.kind]))
  return {
    status: (act) => statuses.get(keyOf(act)),
    note: (act, status) => {
      statuses.set(keyOf(act), status)
    },
    settledAs: (id) => settled.get(id),
    settle: (id, kind) => {
      settled.set(id, kind)
    },
  }
}
