import type { RepairKind } from '#shared/contract/act.ts'
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
const remedies: Readonly<Record<RepairKind, Remedy>> = {
  corrected: 'correct',
  cancelled: 'cancel',
  overridden: 'override',
}

/**
 * Of what the rules leave open, what this person can begin: the decisions of two people are begun by somebody who
 * supervises.
 */
export const remediesOf = ({ open, draft, deposit }: CorrectionView, supervises: boolean): readonly Remedy[] =>
  deposit === undefined
    ? []
    : open.filter((kind) => (kind === 'corrected' ? draft !== undefined : supervises)).map((kind) => remedies[kind])
