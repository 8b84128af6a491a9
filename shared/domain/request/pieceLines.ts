import type { Piece, Procedure } from './procedure.ts'
import type { PieceLine, PieceState, RequestDraft } from './request.ts'

/**
 * The state of a piece that nobody touched: what an administration already holds is asked of it, never of the citizen.
 */
export const untouched = (piece: Piece): PieceState => (piece.obtainedFrom === undefined ? 'missing' : 'obtained')

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
    return { code: piece.code, state: kept ? line.state : untouched(piece), attachments: line?.attachments ?? [] }
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
