import { z } from 'zod'
import { acts as known } from '#shared/contract/acts.ts'
import { requestDeposited, type RequestDeposited } from '#shared/contract/features/intake/acts.ts'
import type { RepairKind } from '#shared/contract/act.ts'
import type { Command } from '#shared/contract/platform.ts'
import { sha256Hex } from '#shared/ids.ts'
import { insert, type Session } from './database.ts'
import { fileComplements } from './complements.ts'
import { fileMail } from './mail.ts'
import { filePersons } from './persons.ts'
import { repairOf } from './repairs.ts'
import { stampOf } from './rules.ts'

const attached = z.array(z.object({ sha256: sha256Hex, size: z.int().nonnegative() }))

/**
 * Enters applied acts into the consolidated register: deposits under their numbers, what later acts made of them, files
 * that are to come.
 */
export async function fileActs(session: Session, counter: string, acts: readonly Command[]): Promise<void> {
  const lines = new Map<string, { deposit: RequestDeposited; act: Command; standing: 'deposited' | RepairKind }>()
  const repaired = acts.flatMap((act) => repairOf(act) ?? [])
  for (const act of acts) {
    const deposit = act.type === known.requestDeposited.type ? requestDeposited.safeParse(act.data).data : undefined
    if (deposit !== undefined) lines.set(deposit.number, { deposit, act, standing: 'deposited' })
    const repair = repairOf(act)
    if (repair?.data !== undefined) lines.set(repair.data.number, { deposit: repair.data, act, standing: repair.kind })
  }
  await insert(
    session,
    'deposit (counter_id, number, request_id, procedure_code, complete, seq, standing, stamp)',
    [...lines.values()].map(
      ({ deposit, act, standing }) => [
        counter,
        deposit.number,
        deposit.requestId,
        deposit.procedure.code,
        deposit.complete,
        act.seq,
        standing,
        stampOf(act) ?? null,
      ],
      // A number that another request holds stays with it: its cancellation by mistake of series changes nothing there.
    ),
    `ON CONFLICT (counter_id, number) DO UPDATE SET procedure_code = excluded.procedure_code, complete = excluded.complete,
    seq = excluded.seq, standing = excluded.standing, stamp = excluded.stamp WHERE deposit.request_id = excluded.request_id`,
  )
  await insert(
    session,
    'repair (counter_id, seq, act_id, kind)',
    repaired.flatMap(({ act, kind, data }) => (data === undefined ? [] : [[counter, act.seq, data.act.id, kind]])),
  )
  await fileComplements(session, counter, acts)
  await filePersons(session, counter, acts)
  await fileMail(session, counter, acts)
  const files = new Map(
    acts
      .flatMap((act) => attached.safeParse(act.data['attachments']).data ?? [])
      .map((file) => [file.sha256, file.size]),
  )
  await insert(
    session,
    'attachment (counter_id, sha256, size)',
    [...files].map(([sha256, size]) => [counter, sha256, size]),
    'ON CONFLICT DO NOTHING',
  )
}
