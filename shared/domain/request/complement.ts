import { z } from 'zod'
import { sha256Hex } from '../../ids.ts'
import type { Piece, Procedure } from './procedure.ts'
import type { RequestDraft } from './request.ts'

/** What a complement brings: pieces that were missing, each with its scans. */
export const complementLines = z.array(z.strictObject({ code: z.string(), attachments: z.array(sha256Hex) }))
export type ComplementLines = z.infer<typeof complementLines>

/** The pieces of a sheet that are missing in a file: what is not named is, when the sheet demands it. */
export const missingPieces = (sheet: Procedure, draft: RequestDraft): readonly Piece[] => {
  const states = new Map(draft.pieces.map((line) => [line.code, line.state]))
  return sheet.pieces.filter(
    ({ code, mandatory }) => (states.get(code) ?? (mandatory ? 'missing' : 'notApplicable')) === 'missing',
  )
}

/** The file with its complement: what came is received. */
export const withComplement = (draft: RequestDraft, lines: ComplementLines): RequestDraft => {
  const came = new Map(lines.map((line) => [line.code, line]))
  return {
    ...draft,
    pieces: [
      ...draft.pieces.filter(({ code }) => !came.has(code)),
      ...lines.map((line) => ({ ...line, state: 'received' as const })),
    ],
  }
}
