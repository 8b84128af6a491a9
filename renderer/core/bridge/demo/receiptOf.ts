import { lastDay } from '#shared/domain/clock/deadline.ts'
import type { Piece, Procedure } from '#shared/domain/request/procedure.ts'
import { assess, type PieceState, type RequestDraft } from '#shared/domain/request/request.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { demoId } from './ids.ts'
import type { DemoState } from './shape.ts'

/** What a citizen owes is what the law demands: an optional piece that was not brought is not missing. */
const stateOn = (piece: Piece, state: PieceState = 'missing'): PieceState =>
  state === 'missing' && !piece.mandatory ? 'notApplicable' : state
/** The facts of a receipt for the citizen at the desk. */
export function receiptOf(state: DemoState, draft: RequestDraft, sheet: Procedure): ReceiptFacts {
  const now = new Date()
  const today = now.toISOString().slice(0, 10)
  const { complete } = assess(sheet, draft.pieces)
  const stateOf = new Map(draft.pieces.map((line) => [line.code, line.state]))
  const person = state.citizen?.identity
  return {
    receiptId: demoId.receipt(state.next),
    requestId: demoId.request(state.next),
    counter: demoId.counter,
    zone: 'Africa/Casablanca',
    depositedAt: now.toISOString(),
    authority: [
      { fr: 'Royaume du Maroc', ar: 'المملكة المغربية' },
      { fr: 'Ministère de l’Intérieur', ar: 'وزارة الداخلية' },
    ],
    office: state.app.office ?? { fr: '—', ar: '—' },
    citizen: {
      familyName: person?.familyName ?? '',
      givenNames: person?.givenNames ?? '',
      identifier: '********257',
      source: state.citizen?.source.kind ?? 'card',
      ...(person?.nativeName === undefined ? {} : { nativeName: person.nativeName }),
    },
    capacity: draft.capacity ?? 'self',
    procedure: { code: sheet.code, version: sheet.version, title: sheet.title },
    pieces: sheet.pieces.map((piece) => ({ label: piece.label, state: stateOn(piece, stateOf.get(piece.code)) })),
    complete,
    ...(complete
      ? {
          decision: {
            days: sheet.delay.days,
            unit: sheet.delay.unit,
            lastDay: lastDay(today, sheet.delay, new Set()),
            silence: sheet.silence,
          },
        }
      : {
          completion: {
            days: sheet.completionDays,
            lastDay: lastDay(today, { days: sheet.completionDays, unit: 'calendar' }, new Set()),
          },
        }),
    appeal: sheet.appeal,
    fee: { centimes: draft.fee?.centimes ?? sheet.fee.centimes },
    agent: { name: state.session?.name ?? '', code: 'AG-014' },
    language: draft.language ?? 'ar',
    specimen: state.app.training,
  }
}
