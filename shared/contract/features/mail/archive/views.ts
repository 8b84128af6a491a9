import { z } from 'zod'
import { archiveClass, fate } from '../../../../domain/mail/archive/classPlan.ts'
import { registerNumber, sha256Hex } from '../../../../ids.ts'
import { letterLine } from '../views.ts'

/** What a list is for: letters go to the archive (versement), or are destroyed (élimination). */
export const listKinds = ['transfer', 'elimination'] as const
export const listKind = z.enum(listKinds)
export type ListKind = z.infer<typeof listKind>

/** What was decided of a list, each once at most; a list of which nothing was decided is proposed. */
export const listDecisions = ['received', 'approved', 'destroyed', 'withdrawn'] as const
export type ListDecision = (typeof listDecisions)[number]
export const listState = z.enum(['proposed', ...listDecisions])

/** The letters of one class on a list: how many, and the days of the oldest and of the newest. */
export const listedClass = z.strictObject({
  code: z.string(),
  letters: z.int().positive(),
  files: z.int().nonnegative(),
  first: z.iso.date(),
  last: z.iso.date(),
})
export type ListedClass = z.infer<typeof listedClass>

export const archiveList = z.strictObject({
  listId: z.uuid(),
  kind: listKind,
  /** Its place among the lists of its kind at this counter. */
  rank: z.int().positive(),
  state: listState,
  at: z.iso.datetime(),
  /** The code of who made it: somebody else approves it. */
  agent: z.string(),
  classes: z.array(listedClass),
  letters: z.array(registerNumber),
  /** Of what stands on it: the lines with the hashes of their files. */
  digest: sha256Hex,
  /** Oldest first. `reference` and `on`: the receipt of the archive, or its agreement; why it was withdrawn. */
  decisions: z.array(
    z.strictObject({
      what: z.enum(listDecisions),
      at: z.iso.datetime(),
      agent: z.string(),
      reference: z.string().optional(),
      on: z.iso.date().optional(),
    }),
  ),
})
export type ArchiveList = z.infer<typeof archiveList>

/** A letter whose time is over, with what it is kept with. */
export const overLine = z.strictObject({
  line: letterLine,
  fate,
  /** The ISO day since which the time of its file is over; absent of a letter without a class. */
  since: z.iso.date().optional(),
  /** It may not be put on a list: somebody said why. */
  held: z.string().optional(),
})
export type OverLine = z.infer<typeof overLine>

/** The archive of a mail office, of what may be seen. */
export const archiveView = z.strictObject({
  /** The plan, with how many letters of each class are over, and how many of those are held. */
  classes: z.array(archiveClass.extend({ over: z.int().nonnegative(), held: z.int().nonnegative() })),
  /** Letters that no class was given and whose kind has none: they stay until somebody classifies them. */
  unclassed: z.int().nonnegative(),
  /** Those of the class that was asked for, or those without one, oldest first; so many of them. */
  lines: z.array(overLine),
  /** There are older letters than could be looked at in one go: a list makes room for the next. */
  more: z.boolean(),
  /** Newest first. */
  lists: z.array(archiveList),
})
export type ArchiveView = z.infer<typeof archiveView>
