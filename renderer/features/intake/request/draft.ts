import { lineOf, untouched, withLine, withState } from '#shared/domain/request/pieceLines.ts'
import type { Language } from '#shared/domain/text.ts'
import type { Piece, Procedure } from '#shared/domain/request/procedure.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import type { Sha256 } from '#shared/ids.ts'

/** An empty request on a sheet. */
export const draftOn = (sheet: Procedure, language: Language): RequestDraft => ({
  procedure: sheet.code,
  procedureVersion: sheet.version,
  pieces: sheet.pieces.map((piece) => ({ code: piece.code, state: untouched(piece), attachments: [] })),
  capacity: 'self',
  fee: { centimes: sheet.fee.centimes },
  language,
})

/** Space on a row: received, or back to what it was before anybody touched it. */
export const toggled = (draft: RequestDraft, piece: Piece): RequestDraft =>
  withState(
    draft,
    piece.code,
    lineOf(draft, piece.code).state === 'received' ? untouched(piece, draft.capacity) : 'received',
  )

/** The same key again takes a special state back. */
export const switched = (draft: RequestDraft, piece: Piece, state: 'obtained' | 'notApplicable'): RequestDraft =>
  withState(draft, piece.code, lineOf(draft, piece.code).state === state ? 'missing' : state)

/** A file on a piece: the piece is there. The same bytes twice are one file. */
export const withFile = (draft: RequestDraft, code: string, sha256: Sha256): RequestDraft =>
  withLine(draft, code, (line) => ({
    ...line,
    state: 'received',
    attachments: [...line.attachments.filter((one) => one !== sha256), sha256],
  }))

export const withoutFile = (draft: RequestDraft, code: string, sha256: Sha256): RequestDraft =>
  withLine(draft, code, (line) => ({ ...line, attachments: line.attachments.filter((one) => one !== sha256) }))

/** Whether anybody put work into it: an untouched sheet is chosen again in two keystrokes. */
export const hasWork = (draft: RequestDraft, sheet: Procedure): boolean =>
  sheet.pieces.some(
    (piece) =>
      (piece.answeredBy === undefined && lineOf(draft, piece.code).state !== untouched(piece)) ||
      lineOf(draft, piece.code).attachments.length > 0,
  ) ||
  draft.capacity === 'representative' ||
  draft.fee?.stampNumber !== undefined ||
  draft.letter !== undefined

/**
 * What still keeps a request from being recorded, in the order in which an agent meets it. An incomplete file does not.
 */
export type Obstacle = 'citizen' | 'procedure' | 'represented' | 'file'
export function obstacleTo(draft: RequestDraft | undefined, citizen: boolean): Obstacle | undefined {
  if (draft === undefined) return 'procedure'
  if (!citizen) return 'citizen'
  return draft.capacity === 'representative' && (draft.represented ?? '').trim() === '' ? 'represented' : undefined
}
