import type { z } from 'zod'
import type { Medium } from '../../ports/printer.ts'
import type { Drawing } from './template.ts'

/** How a paper is told from others of its kind: its number, and which one it is under that number (0 the first). */
export interface PaperName {
  readonly number: string
  readonly rank: number
}

/**
 * What the counter knows of one kind of paper: an entry of `papers` in the contract of its feature. The name of the entry
 * is the `kind` of a row of `papers`.
 */
export interface PaperKindEntry<Facts> {
  /** Everything that its words and figures are drawn from, frozen when the paper is made. */
  readonly facts: z.ZodType<Facts>
  readonly medium: Medium
  /** Whether it bears a seal of the counter that is kept with it. */
  readonly sealed: boolean
  /** What the printer's list calls it. */
  readonly title: (name: PaperName) => string
  /** What stays of the facts when the person's data end; absent where a kind says nothing of a person. */
  withoutPerson?(facts: Facts): Facts
  /** Its wording and its document, which only the press loads; absent where the press has a sheet of its own for it. */
  readonly drawing?: () => Promise<Drawing<Facts>>
}

/** One entry, with the type of its facts kept. */
export const paperKind = <Facts, E extends Omit<PaperKindEntry<NoInfer<Facts>>, 'facts'>>(
  entry: E & { readonly facts: z.ZodType<Facts> },
): E & { readonly facts: z.ZodType<Facts> } => entry
