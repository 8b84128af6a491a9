import { z } from 'zod'
import { sha256Hex } from '../../ids.ts'
import { closingAnchor, closingFacts } from '../closing/closing.ts'
import { localised } from '../text.ts'

/** What the paper of a closing is made from: the closing, what proves it, and whose letterhead it bears. */
export const closingPaper = z.strictObject({
  facts: closingFacts,
  /** SHA-256 of the canonical facts. */
  hash: sha256Hex,
  anchor: closingAnchor,
  /** The letterhead from the State down to the office. */
  authority: z.array(localised).min(1),
  office: localised,
})
export type ClosingPaper = z.infer<typeof closingPaper>
