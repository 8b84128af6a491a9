import type { Language } from '#shared/domain/text.ts'
import type { Piece, Procedure } from '#shared/domain/procedure.ts'
import type { PieceLine, PieceState, RequestDraft } from '#shared/domain/request.ts'
import type { Sha256 } from '#shared/ids.ts'

/** The state of a piece that nobody touched: what an administration already holds is asked of it, never of the citizen. */
const untouched = (piece: Piece): PieceState => (piece.obtainedFrom === undefined ? 'missing' : 'obtained')

/** The states that a piece of the sheet may take; «not applicable» only where the sheet puts a condition. */
export const statesOf = (piece: Piece): readonly PieceState[] => [
  'received', 'missing', ...(piece.obtainedFrom === undefined ? [] : ['obtained' as const]), ...(piece.condition === undefined ? [] : ['notApplicable' as const]),
]

/** An empty request on a sheet. */
export const draftOn = (sheet: Procedure, language: Language): RequestDraft => ({
  procedure: sheet.code,
  procedureVersion: sheet.version,
  pieces: sheet.pieces.map((piece) => ({ code: piece.code, state: untouched(piece), attachments: [] })),
  capacity: 'self',
  fee: { centimes: sheet.fee.centimes },
  language,
})

/** A draft on the sheet as it is today: lines of the same code keep their state where it is still allowed, others begin untouched. */
export function draftOnSheet(draft: RequestDraft, sheet: Procedure): RequestDraft {
  const lines = new Map(draft.pieces.map((line) => [line.code, line]))
  const pieces = sheet.pieces.map((piece): PieceLine => {
    const line = lines.get(piece.code)
    const kept = line !== undefined && statesOf(piece).includes(line.state)
    return { code: piece.code, state: kept ? line.state : untouched(piece), attachments: line?.attachments ?? [] }
  })
  const stampNumber = draft.fee?.stampNumber
  return {
    ...draft, procedure: sheet.code, procedureVersion: sheet.version, pieces,
    fee: { centimes: sheet.fee.centimes, ...(stampNumber === undefined ? {} : { stampNumber }) },
  }
}

const withLine = (draft: RequestDraft, code: string, change: (line: PieceLine) => PieceLine): RequestDraft => ({
  ...draft, pieces: draft.pieces.map((line) => (line.code === code ? change(line) : line)),
})

export const lineOf = (draft: RequestDraft, code: string): PieceLine => draft.pieces.find((line) => line.code === code) ?? { code, state: 'missing', attachments: [] }

export const withState = (draft: RequestDraft, code: string, state: PieceState): RequestDraft => withLine(draft, code, (line) => ({ ...line, state }))

/** Space on a row: received, or back to what it was before anybody touched it. */
export const toggled = (draft: RequestDraft, piece: Piece): RequestDraft =>
  withState(draft, piece.code, lineOf(draft, piece.code).state === 'received' ? untouched(piece) : 'received')

/** The same key again takes a special state back. */
export const switched = (draft: RequestDraft, piece: Piece, state: 'obtained' | 'notApplicable'): RequestDraft =>
  withState(draft, piece.code, lineOf(draft, piece.code).state === state ? 'missing' : state)

/** A file on a piece: the piece is there. The same bytes twice are one file. */
export const withFile = (draft: RequestDraft, code: string, sha256: Sha256): RequestDraft =>
  withLine(draft, code, (line) => ({ ...line, state: 'received', attachments: [...line.attachments.filter((one) => one !== sha256), sha256] }))

export const withoutFile = (draft: RequestDraft, code: string, sha256: Sha256): RequestDraft =>
  withLine(draft, code, (line) => ({ ...line, attachments: line.attachments.filter((one) => one !== sha256) }))

/** Whether anybody put work into it: an untouched sheet is chosen again in two keystrokes. */
export const hasWork = (draft: RequestDraft, sheet: Procedure): boolean =>
  sheet.pieces.some((piece) => lineOf(draft, piece.code).state !== untouched(piece) || lineOf(draft, piece.code).attachments.length > 0) ||
  draft.capacity === 'representative' || draft.fee?.stampNumber !== undefined

/** What still keeps a request from being recorded, in the order in which an agent meets it. An incomplete file does not. */
export type Obstacle = 'citizen' | 'procedure' | 'represented'
export function obstacleTo(draft: RequestDraft | undefined, citizen: boolean): Obstacle | undefined {
  if (draft === undefined) return 'procedure'
  if (!citizen) return 'citizen'
  return draft.capacity === 'representative' && (draft.represented ?? '').trim() === '' ? 'represented' : undefined
}

