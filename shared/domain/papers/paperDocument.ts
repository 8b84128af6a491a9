import type { Bilingual } from '../receipt/receiptText.ts'

/** A ruled line: its label at both edges, one value a column between them. */
export interface PaperLine {
  readonly label: Bilingual
  readonly values: readonly string[]
  readonly strong?: boolean
  /** `large` for what the paper is about, `hash` and `signature` for what nobody reads letter by letter. */
  readonly size?: 'large' | 'hash' | 'signature'
}

/** A piece of a paper of the office, from top to bottom. */
export type PaperBlock =
  | { readonly block: 'note'; readonly as: 'warning' | 'sound' | 'unsound' | 'remark'; readonly text: Bilingual }
  | { readonly block: 'heading'; readonly text: Bilingual }
  | { readonly block: 'lines'; readonly lines: readonly PaperLine[]; readonly heads?: readonly Bilingual[] }
  | {
      readonly block: 'table'
      readonly heads: readonly Bilingual[]
      /** In points; `*` shares what is left. */
      readonly widths: readonly (number | '*')[]
      readonly rows: readonly (readonly string[])[]
      /** For people who write in it, and read it standing. */
      readonly large?: true
    }

/**
 * A paper that the office keeps, as words in place before any drawing; every inserted value stands in Unicode isolates.
 * With `kept` each page ends with a place for signature and stamp beside the code of the seal.
 */
export interface PaperDocument {
  readonly fileTitle: string
  /** From the State down to the office. */
  readonly letterhead: readonly Bilingual[]
  readonly title: Bilingual
  readonly blocks: readonly PaperBlock[]
  readonly kept?: { readonly keep: Bilingual; readonly signature: Bilingual }
  /** `page` has the places `{page}` and `{pages}`. */
  readonly foot: { readonly text: string; readonly page: Bilingual }
}

/** One text in both languages. */
export const both = (make: (side: 'fr' | 'ar') => string): Bilingual => ({ fr: make('fr'), ar: make('ar') })
