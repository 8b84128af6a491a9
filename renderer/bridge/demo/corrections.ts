import type { RepairKind } from '#shared/contract/acts.ts'
import type { Calls } from '#shared/contract/calls.ts'
import type { CorrectionView, OutboxItemView, RepairView } from '#shared/contract/views.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { DemoState } from './state.ts'

type Desk = Pick<Handlers<Calls>, 'correction.list' | 'correction.find' | 'correction.correct' | 'correction.cancel' | 'correction.override'>
interface Order { readonly commandId: string; readonly act: string; readonly reason: string }

/** The correction desk over the synthetic outbox: a repair is a new act that waits. */
export function demoCorrections(state: DemoState, changed: () => void): Desk {
  const repairs = new Map<string, RepairView[]>()
  const viewOf = (act: OutboxItemView): CorrectionView => {
    const deposit = state.day.deposits.find((one) => one.number === act.number)
    return {
      act, repairs: repairs.get(act.id) ?? [], why: faultOf(act.state === 'conflict' ? 'act.conflict' : 'act.refused', act.answer),
      ...(deposit === undefined ? {} : { deposit }),
    }
  }
  const refused = (): OutboxItemView[] => state.outbox.filter((one) => one.state === 'rejected' || one.state === 'conflict')
  const repair = (kind: RepairKind, { commandId, act, reason }: Order, more: object = {}): Result<CorrectionView> => {
    const item = refused().find((one) => one.id === act)
    if (item === undefined) return err(faultOf('act.unknown'))
    if (repairs.has(act)) return err(faultOf('correction.waiting'))
    const seq = Math.max(...state.outbox.map((one) => one.seq)) + 1
    const at = new Date().toISOString()
    repairs.set(act, [{ id: commandId, seq, kind, reason, agent: 'AG-014', at, state: 'pending', ...more }])
    state.outbox = [...state.outbox, { seq, id: commandId, type: `ma.guichet.request.${kind}.v1`, createdAt: at, state: 'pending', attempts: 0, ...(item.number === undefined ? {} : { number: item.number }) }]
    state.sync = { ...state.sync, pending: state.sync.pending + 1 }
    changed()
    return ok(viewOf(item))
  }
  return {
    'correction.list': () => ok({ corrections: refused().map(viewOf), repaired: [] }),
    'correction.find': ({ number }) => {
      const item = state.outbox.find((one) => one.number === number)
      return item === undefined ? err(faultOf('act.unknown')) : ok(viewOf(item))
    },
    'correction.correct': (order) => repair('corrected', order),
    'correction.cancel': (order) => repair('cancelled', order, { witness: 'CS-002' }),
    'correction.override': (order) => repair('overridden', order, { witness: 'CS-002' }),
  }
}
