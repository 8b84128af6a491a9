import { z } from 'zod'
import { closingAnchor, closingFacts, journalPoint } from '../domain/closing/closing.ts'
import { sha256Hex } from '../ids.ts'

/** A day was closed: what it held, chained to the closing before it, and the counter's signature over its journal. */
export const dayClosed = z.object({
  closingId: z.uuid(),
  facts: closingFacts,
  hash: sha256Hex,
  anchor: closingAnchor,
  journal: journalPoint,
})
/** A closed day was opened again by two people; its next closing follows the one that it undoes. */
export const dayReopened = z
  .object({
    closingId: z.uuid(),
    day: z.iso.date(),
    ordinal: z.int().positive(),
    reason: z.string().min(3).max(300),
    agent: z.string().min(1),
    witness: z.string().min(1),
    journal: journalPoint,
  })
  .refine(({ agent, witness }) => agent !== witness, { path: ['witness'] })
/** The register lost acts: its series of numbers ended, the next one began. */
export const seriesClosed = z.object({
  closed: z.int().positive(),
  opened: z.int().min(2),
  reason: z.string().min(3).max(300),
  agent: z.string().min(1),
  journal: journalPoint,
})
