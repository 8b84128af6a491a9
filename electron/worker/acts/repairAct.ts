import type { Act, RepairKind } from '#shared/contract/act.ts'
import { actOfType, namesOf, repairOfType, type ActKind } from '#shared/contract/acts.ts'
import { command, type Command } from '#shared/contract/platform.ts'
import type { Json } from '#shared/domain/canonical.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from '../core/context.ts'
import type { Credentials } from '../core/signIn.ts'
import type { Link } from '../journal/journal.ts'
import type { WriteHandle } from '../store/handle.ts'
import { oneAct, type Begun, type Meaning, type Order } from './oneAct.ts'
import { openRepairs } from './openRepairs.ts'
import { findAct, findRepair, insertRepair, type QueuedAct } from './rows/repairs.ts'
import type { ActData } from './writeAct.ts'
import { oneActTogether, type JointOrder } from './witness.ts'

/** A decision about an act: which, why, by whom. `commandId` is made by the caller: the same id twice is one repair. */
export interface RepairOrder {
  readonly commandId: CommandId
  /** The id of the act that is put right. */
  readonly act: string
  readonly reason: string
}

/** What a repair adds to the act that it puts right. */
export interface Decision {
  /** What takes the place of the act's own data. */
  readonly data?: Readonly<Record<string, Json | undefined>>
  /** What was filled in anew; of corrections. */
  readonly draft?: RequestDraft
  /** The code of a second person who has proved himself already; `repairTogether` names the one whom it asks. */
  readonly witness?: string
  /** What the journal says besides. */
  readonly body?: Readonly<Record<string, string>>
  /**
   * What can only be made once the repair has its link of the journal, as a corrected receipt whose seal names it:
   * `data` goes into the act, `keep` writes its rows after the repair.
   */
  readonly sealed?: (link: Link) => { readonly data: Readonly<Record<string, Json>>; readonly keep: () => void }
}

/** A repair that is asked for: its order, which way, and what is shown of the act afterwards. */
interface Wanted<T> {
  readonly order: RepairOrder
  readonly kind: RepairKind
  /** What was asked besides act and reason. */
  readonly asked?: Json
  /** The act as it stands, for the answer. */
  readonly show: (actId: string) => Result<T>
}

/**
 * Puts an act right by a new one that names it: link, outbox item and repair in one commit. Which acts may be put right,
 * and by which, the registry says. The old act stays as it is, in its place.
 * Faults: act.unknown, correction.waiting, correction.notNeeded, those of `decide` and of `oneAct`.
 * @param decide what is decided, at the moment of the repair; it runs inside the transaction
 */
export function repairAct<T>(
  context: Context,
  who: SignedIn,
  wanted: Wanted<T>,
  decide: (db: WriteHandle, begun: Begun) => Result<Decision>,
): Result<T> {
  const order = orderOf(context, wanted)
  return order.ok
    ? oneAct(context, who, order.value, (db, begun) => {
        const decided = decide(db, begun)
        return decided.ok ? meaning(db, who, wanted, decided.value, begun) : decided
      })
    : order
}

/**
 * The same by two people; the act is repeated as it was made, and names both.
 * Faults: those of `repairAct` and of `oneActTogether`.
 */
export async function repairTogether<T>(
  context: Context,
  who: SignedIn,
  { second, may, ...wanted }: Wanted<T> & { readonly second: Credentials } & Pick<JointOrder<object, T>, 'may'>,
): Promise<Result<T>> {
  const order = orderOf(context, wanted)
  return order.ok
    ? oneActTogether(context, who, { ...order.value, second, may }, (db, begun) =>
        meaning(db, who, wanted, { witness: begun.witness }, begun),
      )
    : order
}

/** The type of an act never changes, so the kind of its repair is known before the transaction. */
const orderOf = <T>({ store }: Context, { order, kind, asked, show }: Wanted<T>): Result<Order<object, T>> => {
  const act = findAct(store.db, order.act)
  if (act === undefined) return err(faultOf('act.unknown'))
  // Of an act that was lost here only what the platform answered is known.
  if (actOfType(act.type) === undefined) return err(faultOf('act.unknown', 'lost'))
  const repair = repairOfType(act.type, kind)
  if (repair === undefined) return err(faultOf('correction.notNeeded'))
  return ok({
    act: repair as Act<object, ActKind>, // an entry of the registry
    commandId: order.commandId,
    asked: { act: order.act, reason: order.reason, ...(asked === undefined ? {} : { asked }) },
    again: () => show(order.act),
    recorded: () => {
      const made = findRepair(store.db, order.commandId)
      return made?.actId === order.act && made.repair.reason === order.reason
    },
  })
}

const meaning = <T>(
  db: WriteHandle,
  who: SignedIn,
  { order, kind, show }: Wanted<T>,
  { data, draft, body, sealed, witness }: Decision,
  { moment, day }: Begun,
): Result<Meaning<object, T>> => {
  const act = findAct(db, order.act)
  if (act === undefined) return err(faultOf('act.unknown'))
  const open = openRepairs(db, act, { agent: who.code, day })
  if (!open.ok) return open
  if (!open.value.includes(kind)) return err(faultOf('correction.notNeeded'))
  const sent = sentData(act)
  if (!sent.ok) return sent
  const { names, kept } = sent.value
  const seen = witness === undefined ? {} : { witness }
  const { reason } = order
  let made: ReturnType<NonNullable<typeof sealed>> | undefined
  return ok({
    subject: names.request ?? act.id,
    body: {
      ...(names.number === undefined ? {} : { number: names.number }),
      act: act.id,
      actSeq: act.seq,
      reason,
      ...body,
      ...seen,
    },
    data: (link): ActData<object> => {
      made = sealed?.(link)
      return { ...kept, ...data, ...seen, act: { seq: act.seq, id: act.id }, reason, agent: who.code, ...made?.data }
    },
    keep: ({ id, link }) => {
      insertRepair(db, {
        commandId: id,
        actId: act.id,
        kind,
        reason,
        agent: who.code,
        at: moment.at,
        journalSeq: link.seq,
        ...seen,
        ...(draft === undefined ? {} : { draft }),
      })
      made?.keep()
      return show(act.id)
    },
  })
}

/** What an act said, and what the registry reads off it; its own clock and place are not the repair's. */
const sentData = (
  act: QueuedAct,
): Result<{ readonly names: ReturnType<typeof namesOf>; readonly kept: Command['data'] }> => {
  const sent = command.safeParse(JSON.parse(act.envelope))
  const entry = actOfType(act.type)?.act
  const said = sent.success ? entry?.data.safeParse(sent.data.data) : undefined
  if (!sent.success || entry === undefined || said?.success !== true) return err(faultOf('act.unknown', 'lost'))
  const { clockBackMs: _, ...kept } = sent.data.data
  return ok({ names: namesOf(entry, said.data), kept })
}
