import type { RepairKind } from '#shared/contract/act.ts'
import type { Calls } from '#shared/contract/calls.ts'
import type { CorrectionView, RepairView } from '#shared/contract/features/corrections/calls.ts'
import type { OutboxItemView } from '#shared/contract/features/sync/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { demoDeposits } from './acts.ts'
import { demoId } from './ids.ts'
import { demoProcedures } from './procedures.ts'
import type { DemoState } from './shape.ts'

type Desk = Pick<
  Handlers<Calls>,
  'correction.list' | 'correction.find' | 'correction.correct' | 'correction.cancel' | 'correction.override'
>
interface Order {
  readonly commandId: string
  readonly act: string
  readonly reason: string
  readonly draft?: RequestDraft
}

/** The correction desk over the synthetic outbox: a repair is a new act that waits. */
export function demoCorrections(state: DemoState, changed: () => void): Desk {
  const repairs = new Map<string, RepairView[]>()
  const drafts = new Map<string, RequestDraft>()
  const deposits = demoDeposits(new Date(), 128, false)
  const viewOf = (act: OutboxItemView): CorrectionView => {
    const deposit = deposits.find((one) => one.number === act.number)
    const sheet = demoProcedures.find((one) => one.title.fr === deposit?.procedure.fr)
    const [familyName = '', ...given] = deposit?.citizen.split(' ') ?? []
    const draft = drafts.get(act.id) ?? (sheet === undefined ? undefined : draftOn(sheet))
    const made = repairs.get(act.id) ?? []
    const refused = act.state === 'rejected' || act.state === 'conflict'
    return {
      act,
      open: made.some(({ state: at }) => at === 'pending')
        ? []
        : refused && made.length === 0
          ? ['corrected', 'cancelled', 'overridden']
          : // The newest is this agent's own, made today.
            act === state.outbox.at(-1)
            ? ['corrected', 'cancelled']
            : ['cancelled'],
      repairs: made,
      ...(refused ? { why: faultOf(`act.${act.refusal?.code ?? 'refused'}`, act.answer) } : {}),
      ...(deposit === undefined
        ? {}
        : { deposit, citizen: { familyName, givenNames: given.join(' '), identifier: '******482' } }),
      ...(sheet === undefined ? {} : { sheet }),
      ...(draft === undefined ? {} : { draft }),
    }
  }
  const refused = (): OutboxItemView[] =>
    state.outbox.filter((one) => one.state === 'rejected' || one.state === 'conflict')
  const repair = (
    kind: RepairKind,
    { commandId, act, reason, draft }: Order,
    more: object = {},
  ): Result<CorrectionView> => {
    const item = state.outbox.find((one) => one.id === act)
    if (item === undefined) return err(faultOf('act.unknown'))
    if (repairs.has(act)) return err(faultOf('correction.waiting'))
    const seq = Math.max(...state.outbox.map((one) => one.seq)) + 1
    const at = new Date().toISOString()
    if (draft !== undefined) drafts.set(act, draft)
    repairs.set(act, [{ id: commandId, seq, kind, reason, agent: 'AG-014', at, state: 'pending', ...more }])
    state.outbox = [
      ...state.outbox,
      {
        seq,
        id: commandId,
        type: `ma.guichet.request.${kind}.v1`,
        createdAt: at,
        state: 'pending',
        attempts: 0,
        ...(item.number === undefined ? {} : { number: item.number }),
      },
    ]
    state.sync = { ...state.sync, pending: state.sync.pending + 1 }
    changed()
    return ok(viewOf(item))
  }
  const settled = state.outbox.findLast((one) => one.state === 'applied')
  if (settled !== undefined && refused().length > 0) {
    const at = new Date(Date.parse(settled.createdAt) + 900_000).toISOString()
    repairs.set(settled.id, [
      {
        id: demoId.act(700),
        seq: 129,
        kind: 'corrected',
        reason: 'numéro de timbre mal lu',
        agent: 'AG-014',
        at,
        state: 'applied',
        receiptId: demoId.receipt(700),
      },
    ])
  }
  return {
    'correction.list': () =>
      ok({
        corrections: refused().map(viewOf),
        repaired: settled !== undefined && repairs.has(settled.id) ? [viewOf(settled)] : [],
      }),
    'correction.find': ({ number }) => {
      const item = state.outbox.find((one) => one.number === number)
      return item === undefined ? err(faultOf('act.unknown')) : ok(viewOf(item))
    },
    'correction.correct': (order) => repair('corrected', order),
    'correction.cancel': ({ second, ...order }) =>
      second.password === 'demo'
        ? repair('cancelled', order, { witness: 'CS-002' })
        : err(faultOf('session.badCredentials')),
    'correction.override': ({ second, ...order }) =>
      second.password === 'demo'
        ? repair('overridden', order, { witness: 'CS-002' })
        : err(faultOf('session.badCredentials')),
  }
}

const draftOn = (sheet: (typeof demoProcedures)[number]): RequestDraft => ({
  procedure: sheet.code,
  procedureVersion: sheet.version,
  capacity: 'self',
  language: 'ar',
  fee: { centimes: sheet.fee.centimes, ...(sheet.fee.centimes > 0 ? { stampNumber: 'T-2026-00417' } : {}) },
  pieces: sheet.pieces.map((piece) => ({
    code: piece.code,
    state: piece.obtainedFrom === undefined ? 'received' : 'obtained',
    attachments: [],
  })),
})
