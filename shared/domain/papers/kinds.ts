import type { z } from 'zod'
import { receiptFacts } from '../receipt/receipt.ts'
import { receiptTemplate } from '../receipt/receiptTemplate.ts'
import { closingPaper, closingTemplate } from './closing.ts'
import { journalReport, journalTemplate } from './journal.ts'
import { statementFacts, statementTemplate } from './statement.ts'

/** What each kind of paper is made from. A new kind is one line here. */
export const paperFacts = {
  receipt: receiptFacts,
  closing: closingPaper,
  journal: journalReport,
  statement: statementFacts,
} as const
export type PaperKind = keyof typeof paperFacts
export type PaperFacts<K extends PaperKind> = z.infer<(typeof paperFacts)[K]>

/** The form of the template of each kind, `resources/templates/<kind>.json`. */
export const paperTemplates = {
  receipt: receiptTemplate,
  closing: closingTemplate,
  journal: journalTemplate,
  statement: statementTemplate,
} as const satisfies Record<PaperKind, z.ZodType<{ version: string; medium: 'a5' | 'a4' }>>

/** A paper that is asked for: `seal` is the text of its code, for the kinds that bear one. */
export type PaperOrder = {
  readonly [K in PaperKind]: { readonly kind: K; readonly facts: PaperFacts<K>; readonly seal?: string }
}[PaperKind]
