import { z } from 'zod'
import { countedKind, personalRight } from '../../contract/features/personalData/acts.ts'
import { citizenSignature } from '../identity/citizenSignature.ts'
import { identityExtract } from '../identity/identityExtract.ts'
import { receiptFacts } from '../receipt/receipt.ts'
import { requestDraft } from '../request/request.ts'
import { localised } from '../text.ts'

const counted = countedKind.extend({ until: z.iso.date().optional() })
export type Counted = z.infer<typeof counted>

/** One file as the register has it. */
const statementFile = z.object({
  number: z.string(),
  depositedAt: z.iso.datetime(),
  wipedAt: z.iso.datetime().optional(),
  draft: requestDraft,
  facts: receiptFacts,
  kept: identityExtract.optional(),
  readAt: z.iso.datetime().optional(),
  /** Made with the citizen's own card. */
  signature: citizenSignature.optional(),
})
export type StatementFile = z.infer<typeof statementFile>

/** What a statement is about. `at` is a UTC instant, `files` are there when a copy is handed out. */
export const statementFacts = z.strictObject({
  right: personalRight,
  at: z.iso.datetime(),
  zone: z.string(),
  utcOffsetMinutes: z.int(),
  authority: z.array(localised).min(1),
  office: localised,
  /** Of the declaration to the CNDP, where there is one. */
  reference: z.string().optional(),
  /** Codes of who answered. */
  agents: z.array(z.string()).readonly(),
  numbers: z.array(z.string()).readonly(),
  files: z.array(statementFile).readonly().optional(),
  erased: z.array(counted).readonly(),
  kept: z.array(counted).readonly(),
})
export type StatementFacts = z.infer<typeof statementFacts>
