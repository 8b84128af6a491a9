import { z } from 'zod'
import { registerNumber, sha256Hex } from '../../ids.ts'
import { centimes, type Procedure } from './procedure.ts'
import { language } from '../text.ts'

/** `obtained`: asked of the administration that holds it; `notApplicable` only for conditional pieces. */
export const pieceState = z.enum(['received', 'missing', 'obtained', 'notApplicable'])
export type PieceState = z.infer<typeof pieceState>

export const pieceLine = z.strictObject({
  code: z.string(),
  state: pieceState,
  attachments: z.array(sha256Hex).default([]),
})
export type PieceLine = z.infer<typeof pieceLine>

/** What the agent fills in on the counter screen. */
export const requestDraft = z.strictObject({
  procedure: z.string(),
  procedureVersion: z.string(),
  pieces: z.array(pieceLine),
  capacity: z.enum(['self', 'representative']).default('self'),
  represented: z.string().max(200).optional(),
  fee: z.strictObject({ centimes, stampNumber: z.string().max(40).optional() }).optional(),
  note: z.string().max(2000).optional(),
  language: language.default('ar'),
  /** The letter that asked for it, where it came by post: its number in the register of arrivals. */
  letter: registerNumber.optional(),
})
export type RequestDraft = z.infer<typeof requestDraft>

export interface Assessment {
  readonly complete: boolean
  /** Codes of the mandatory pieces that the citizen still owes, in the order of the sheet. */
  readonly missing: readonly string[]
  /** Lines that do not belong to the sheet: a closed list admits none. */
  readonly unknown: readonly string[]
}

/**
 * Whether a file is complete (law 55-19: the receipt takes one of two contents).
 * A mandatory piece counts when received or obtained; a conditional one also when not applicable.
 */
export function assess(sheet: Procedure, lines: readonly PieceLine[]): Assessment {
  const stateOf = new Map(lines.map((line) => [line.code, line.state]))
  const missing = sheet.pieces
    .filter((piece) => piece.mandatory)
    .filter((piece) => {
      const state = stateOf.get(piece.code) ?? 'missing'
      if (state === 'received') return false
      if (state === 'obtained') return piece.obtainedFrom === undefined
      if (state === 'notApplicable') return piece.condition === undefined
      return true
    })
    .map((piece) => piece.code)
  const known = new Set(sheet.pieces.map((piece) => piece.code))
  const unknown = lines.filter((line) => !known.has(line.code)).map((line) => line.code)
  return { complete: missing.length === 0, missing, unknown }
}
