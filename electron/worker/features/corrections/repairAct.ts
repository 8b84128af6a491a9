import { repairs, requestDeposited, type RepairKind, type RequestDeposited } from '#shared/contract/acts.ts'
import { command, type Command } from '#shared/contract/platform.ts'
import type { CorrectionView } from '#shared/contract/features/corrections.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { insertCommand, lastCommand } from '../../outbox/rows/outboxRows.ts'
import { findAct, findRepair, insertRepair, repairsOf, type QueuedAct } from '../../acts/rows/repairs.ts'
import type { WriteHandle } from '../../store/handle.ts'
import type { Link } from '../../journal/journal.ts'
import type { Moment } from '../../journal/timekeeper.ts'
import { actCommand } from '../../acts/envelope.ts'
import { clockFault } from '../../core/clockRule.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { viewCorrection } from './viewCorrection.ts'

/** A decision about an act: which, why, by whom. `commandId` is made by the caller: the same id twice is one repair. */
export interface RepairOrder {
  readonly commandId: CommandId
  /** The id of the act that is put right. */
  readonly act: string
  readonly reason: string
}

/** What a repair adds: the data that replace the deposit's own, the draft they come from, the second person. */
export interface Decision {
  readonly kind: RepairKind
  readonly data?: Parameters<typeof actCommand>[0]['data']
  readonly draft?: RequestDraft
  /** What the journal says besides. */
  readonly body?: Readonly<Record<string, string>>
  /**
   * A corrected receipt: its seal names the journal link of the repair, so it is made once there is one; `keep` writes
   * it after the repair.
   */
  readonly seal?: (link: Link) => {
    readonly receipt: { readonly facts: string; readonly seal: string; readonly replaces: string }
    readonly keep: () => void
  }
  readonly witness?: { readonly code: string }
}

/**
 * Puts an act right by a new one: journal link, outbox item and repair in one commit. The old act stays as it is, in
 * its place.
 * Faults: act.unknown, correction.waiting, correction.notNeeded, clock.behind, those of `decide` and of `Tx`.
 * @param decide what is decided, at the moment of the repair; it runs inside the transaction
 */
export function repairAct(
  context: Context,
  who: SignedIn,
  order: RepairOrder,
  kind: RepairKind,
  decide: (db: WriteHandle, moment: Moment) => Result<Omit<Decision, 'kind'>>,
): Result<CorrectionView> {
  const known = findRepair(context.store.db, order.commandId)
  if (known !== undefined) return shown(context, known.actId)
  return context.store.tx((db) => {
    const act = findAct(db, order.act)
    if (act === undefined) return err(faultOf('act.unknown'))
    const sent = command.safeParse(JSON.parse(act.envelope))
    // Of an act that was lost here only what the platform answers is known.
    if (!sent.success) return err(faultOf('act.unknown', 'lost'))
    const deposit = requestDeposited.safeParse(sent.data.data)
    const refused = deposit.success ? refusal(db, act, kind) : faultOf('correction.notNeeded')
    if (refused !== undefined || !deposit.success) return err(refused ?? faultOf('correction.notNeeded'))
    const moment = context.journal.moment()
    const behind = clockFault(context, who, moment)
    if (behind !== undefined) return err(behind)
    const decided = decide(db, moment)
    if (!decided.ok) return decided
    write(
      context,
      db,
      who,
      order,
      { ...decided.value, kind },
      { moment, act, data: sent.data.data, deposit: deposit.data },
    )
    return shown(context, act.id)
  })
}

const shown = (context: Context, actId: string): Result<CorrectionView> => {
  const view = viewCorrection(context.store.db, actId)
  return view === undefined ? err(faultOf('act.unknown')) : ok(view)
}

/** Any number may be cancelled, once; only what was refused and not yet put right is corrected or overridden. */
const refusal = (db: WriteHandle, act: QueuedAct, kind: RepairKind): Fault | undefined => {
  if (act.type === repairs[kind].type || findRepair(db, act.id as CommandId) !== undefined)
    return faultOf('correction.notNeeded')
  const before = repairsOf(db, act.id)
  if (before.some(({ state }) => state === 'pending' || state === 'sending')) return faultOf('correction.waiting')
  const applied = before.filter(({ state }) => state === 'applied')
  const open =
    kind === 'cancelled'
      ? applied.every((one) => one.kind !== 'cancelled')
      : applied.length === 0 && (act.state === 'rejected' || act.state === 'conflict')
  return open ? undefined : faultOf('correction.notNeeded')
}

const write = (
  context: Context,
  db: WriteHandle,
  who: SignedIn,
  { commandId, reason }: RepairOrder,
  { kind, data, draft, witness, body, seal }: Decision,
  before: {
    readonly moment: Moment
    readonly act: QueuedAct
    readonly data: Command['data']
    readonly deposit: RequestDeposited
  },
): void => {
  const { act, deposit, moment } = before
  const seen = witness === undefined ? {} : { witness: witness.code }
  const link = context.journal.append(
    db,
    {
      actor: who.code,
      kind: `request.${kind}`,
      subject: deposit.requestId,
      body: { number: deposit.number, act: act.id, actSeq: act.seq, reason, ...body, ...seen },
    },
    moment,
  )
  const { seq, hash } = link
  const reissued = seal?.(link)
  const { clockBackMs: _, ...kept } = before.data
  insertCommand(
    db,
    actCommand({
      id: commandId,
      type: repairs[kind].type,
      counter: context.counter,
      moment,
      last: lastCommand(db),
      data: {
        ...kept,
        ...data,
        ...seen,
        act: { seq: act.seq, id: act.id },
        reason,
        agent: who.code,
        journal: { seq, hash },
        ...(reissued === undefined ? {} : { receipt: reissued.receipt }),
        clockBackMs: moment.backMs === 0 ? undefined : moment.backMs,
      },
    }),
    deposit.number,
  )
  insertRepair(db, {
    commandId,
    actId: act.id,
    kind,
    reason,
    agent: who.code,
    at: moment.at,
    journalSeq: seq,
    ...seen,
    ...(draft === undefined ? {} : { draft }),
  })
  reissued?.keep()
}
