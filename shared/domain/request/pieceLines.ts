import type { Piece, Procedure } from './procedure.ts'
import type { PieceLine, PieceState, RequestDraft } from './request.ts'

/**
 * The state of a piece that nobody touched: what an administration already holds is asked of it, never of the citizen, and
 * nobody needs a mandate for himself.
 */
export function untouched(piece: Piece, capacity: RequestDraft['capacity'] = 'self'): PieceState {
  if (piece.obtainedFrom !== undefined) return 'obtained'
  return piece.answeredBy === 'mandate' && capacity === 'self' && piece.condition !== undefined
    ? 'notApplicable'
    : 'missing'
}

/** The states that a piece of the sheet may take; «not applicable» only where the sheet puts a condition. */
export const statesOf = (piece: Piece): readonly PieceState[] => [
  'received',
  'missing',
  ...(piece.obtainedFrom === undefined ? [] : ['obtained' as const]),
  ...(piece.condition === undefined ? [] : ['notApplicable' as const]),
]

/**
 * A draft on the sheet as it is today: lines of the same code keep their state where it is still allowed, others begin
 * untouched.
 */
export function draftOnSheet(draft: RequestDraft, sheet: Procedure): RequestDraft {
  const lines = new Map(draft.pieces.map((line) => [line.code, line]))
  const pieces = sheet.pieces.map((piece): PieceLine => {
    const line = lines.get(piece.code)
    const kept = line !== undefined && statesOf(piece).includes(line.state)
    const state = kept ? line.state : untouched(piece, draft.capacity)
    return { code: piece.code, state, attachments: line?.attachments ?? [] }
  })
  const stampNumber = draft.fee?.stampNumber
  return {
    ...draft,
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces,
    fee: { centimes: sheet.fee.centimes, ...(stampNumber === undefined ? {} : { stampNumber }) },
  }
}

/** The draft with one of its lines changed. */
export const withLine = (draft: RequestDraft, code: string, change: (line: PieceLine) => PieceLine): RequestDraft => ({
  ...draft,
  pieces: draft.pieces.map((line) => (line.code === code ? change(line) : line)),
})

/** The line of a piece; one that the draft does not name is missing. */
export const lineOf = (draft: RequestDraft, code: string): PieceLine =>
  draft.pieces.find((line) => line.code === code) ?? { code, state: 'missing', attachments: [] }

/** The draft with a piece in another state. */
export const withState = (draft: RequestDraft, code: string, state: PieceState): RequestDraft =>
  withLine(draft, code, (line) => ({ ...line, state }))

/** The draft in somebody's own name or another's: the mandate is due, or has no object; one that was brought stays. */
export function withCapacity(draft: RequestDraft, sheet: Procedure, capacity: RequestDraft['capacity']): RequestDraft {
  const mandates = sheet.pieces.filter((piece) => piece.answeredBy === 'mandate')
  return mandates.reduce<RequestDraft>(
    (now, piece) => {
      const { state } = lineOf(now, piece.code)
      return state === 'received' ? now : withState(now, piece.code, untouched(piece, capacity))
    },
    { ...draft, capacity },
  )
}

/** The draft of a citizen whose document was read at the desk: he has shown it. */
export const withDocumentShown = (draft: RequestDraft, sheet: Procedure): RequestDraft =>
  sheet.pieces
    .filter((piece) => piece.answeredBy === 'identity' && lineOf(draft, piece.code).state === 'missing')
    .reduce<RequestDraft>((now, piece) => withState(now, piece.code, 'received'), draft)
