import type { RefusalCode } from '#shared/contract/platform.ts'
import type { CorrectionView } from '#shared/contract/features/corrections/calls.ts'

/** The parts of the form in which something can be wrong. */
export type Mark = 'sheet' | 'citizen' | 'pieces' | 'stamp' | 'represented' | 'note'

/** First members of `data` (`shared/contract/acts.ts`), and the part of the form that they are filled in. */
const ofField: Readonly<Record<string, Mark>> = {
  procedure: 'sheet',
  citizen: 'citizen',
  source: 'citizen',
  pieces: 'pieces',
  complete: 'pieces',
  attachments: 'pieces',
  fee: 'stamp',
  represented: 'represented',
  capacity: 'represented',
  note: 'note',
}
const ofCode: Partial<Readonly<Record<RefusalCode, Mark>>> = {
  stampUsed: 'stamp',
  citizenInvalid: 'citizen',
  piecesMissing: 'pieces',
  procedureUnknown: 'sheet',
  procedureClosed: 'sheet',
}

/**
 * Where a correction begins: what the platform named, or else what its code is about; nothing when the act itself was
 * the trouble.
 */
export function markOf({
  act,
}: Pick<CorrectionView, 'act'>): { readonly mark: Mark; readonly piece?: number } | undefined {
  const [member = '', index = ''] = act.refusal?.field?.split('.') ?? []
  const mark =
    (Object.hasOwn(ofField, member) ? ofField[member] : undefined) ??
    (act.refusal === undefined ? undefined : ofCode[act.refusal.code])
  if (mark === undefined) return undefined
  return mark === 'pieces' && /^\d+$/.test(index) ? { mark, piece: Number(index) } : { mark }
}

/** What can be done about an act now. */
export type Remedy = 'correct' | 'cancel' | 'override'

/**
 * While a repair waits nothing more can be done. Any number may be cancelled, once; only what was refused is corrected
 * or left to stand.
 * The decisions of two people are begun by somebody who supervises.
 */
export function remediesOf({ act, repairs, draft, deposit }: CorrectionView, supervises: boolean): readonly Remedy[] {
  if (deposit === undefined || repairs.some(({ state }) => state === 'pending' || state === 'sending')) return []
  const applied = repairs.filter(({ state }) => state === 'applied')
  const refused = (act.state === 'rejected' || act.state === 'conflict') && applied.length === 0
  return [
    ...(refused && draft !== undefined ? ['correct' as const] : []),
    ...(supervises && applied.every(({ kind }) => kind !== 'cancelled') ? ['cancel' as const] : []),
    ...(refused && supervises ? ['override' as const] : []),
  ]
}
