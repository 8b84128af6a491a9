import type { z } from 'zod'
import type { PaperKindEntry } from '../domain/papers/paperKind.ts'
import * as features from './features.ts'
import { joined, type Joined } from './join.ts'

/** Every kind of paper that the counter makes: each is an entry beside the calls of its feature. */
export const paperKinds: Joined<typeof features, 'papers'> = joined(features, 'papers')

export type PaperKind = keyof typeof paperKinds

/** What is known of a kind, whatever its facts are. */
export const entryOf = (kind: PaperKind): PaperKindEntry<unknown> =>
  // Whoever hands it facts has parsed them by the schema of this very kind.
  paperKinds[kind]

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
