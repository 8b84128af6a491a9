import type { z } from 'zod'
import type { Medium } from '../../ports/printer.ts'

/** How a paper is told from others of its kind: its number, and which one it is under that number (0 the first). */
export interface PaperName {
  readonly number: string
  readonly rank: number
}

/** What the counter knows of one kind of paper. A new kind is one entry in `paperKinds`. */
export interface PaperKindEntry<Facts, Template> {
  /** Everything that its words and figures are drawn from, frozen when the paper is made. */
  readonly facts: z.ZodType<Facts>
  /** The form of its wording, `resources/templates/<kind>.json`. */
  readonly template: z.ZodType<Template>
  readonly medium: Medium
  /** Whether it bears a seal of the counter that is kept with it. */
  readonly sealed: boolean
  /** What the printer's list calls it. */
  readonly title: (name: PaperName) => string
  /** What stays of the facts when the person's data end; absent where a kind says nothing of a person. */
  withoutPerson?(facts: Facts): Facts
}

/** One entry, with the types of its facts and of its template kept. */
export const paperKind = <Facts, Template extends { version: string; medium: 'a5' | 'a4' }>(
  entry: PaperKindEntry<Facts, Template>,
): PaperKindEntry<Facts, Template> => entry

/** The names of the kinds; each has its entry in `kinds.ts`, or that file does not compile. */
export const paperKindNames = ['receipt', 'closing', 'journal', 'statement'] as const
