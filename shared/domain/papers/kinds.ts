import type { z } from 'zod'
import { receiptFacts } from '../receipt/receipt.ts'
import { receiptTemplate } from '../receipt/receiptTemplate.ts'
import { closingPaper, closingTemplate } from './closing.ts'
import { journalReport, journalTemplate } from './journal.ts'
import { paperKind, type paperKindNames, type PaperKindEntry } from './paperKind.ts'
import { statementFacts, statementTemplate } from './statement.ts'

/** Every kind of paper that the counter makes; its name is the `kind` of a row of `papers`. A new kind is one entry. */
export const paperKinds = {
  /** The receipt of a deposit, and those that correct it under the same number. */
  receipt: paperKind({
    facts: receiptFacts,
    template: receiptTemplate,
    medium: 'a5',
    sealed: true,
    // The first receipt and one that corrects it have one number: whoever looks at the printer has to tell them apart.
    title: ({ number, rank }) => (rank === 0 ? number : `${number} (${String(rank + 1)})`),
    withoutPerson: ({ represented: _for, salt: _salt, ...facts }) => ({
      ...facts,
      fee: { centimes: facts.fee.centimes },
      citizen: { familyName: '', givenNames: '', source: facts.citizen.source },
    }),
  }),
  /** The statement of a closed day; `rank` counts how often the day was closed before. Its code follows from its facts. */
  closing: paperKind({
    facts: closingPaper,
    template: closingTemplate,
    medium: 'a4',
    sealed: false,
    title: ({ number, rank }) => `Clôture ${number}${rank === 0 ? '' : ` (${String(rank + 1)})`}`,
  }),
  /** The report of an audit. The journal names nobody but agents by their code, so nothing of it has to end. */
  journal: paperKind({
    facts: journalReport,
    template: journalTemplate,
    medium: 'a4',
    sealed: false,
    title: ({ number }) => number,
  }),
  /**
   * The answer to a person who asked about his data. What it copies of his files ends with the first of them that ends:
   * it is found by their numbers.
   */
  statement: paperKind({
    facts: statementFacts,
    template: statementTemplate,
    medium: 'a5',
    sealed: false,
    title: ({ number }) => number,
    withoutPerson: ({ files: _files, ...facts }) => facts,
  }),
} as const satisfies Readonly<Record<(typeof paperKindNames)[number], PaperKindEntry<unknown, unknown>>>

export type PaperKind = keyof typeof paperKinds

/** What a paper of a kind is drawn from. */
export type FactsOf<K extends PaperKind> = z.infer<(typeof paperKinds)[K]['facts']>

/** A paper that is asked for: `seal` is the text of its code, for the kinds that bear one. */
export type PaperOrder = {
  readonly [K in PaperKind]: { readonly kind: K; readonly facts: FactsOf<K>; readonly seal?: string }
}[PaperKind]

/** What a stored paper is made from: the text of its seal is empty where the kind has none. */
export type PaperContent = PaperOrder & { readonly seal: string }

/** The kind of a stored name; nothing for one that a newer program made. */
export const paperKindOf = (name: string): PaperKind | undefined =>
  Object.hasOwn(paperKinds, name) ? (name as PaperKind) : undefined // a key of the table
