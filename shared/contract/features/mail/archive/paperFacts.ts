import { z } from 'zod'
import { fate } from '../../../../domain/mail/archive/classPlan.ts'
import { localised } from '../../../../domain/text.ts'
import { registerNumber, sha256Hex } from '../../../../ids.ts'
import { office } from '../paperFacts.ts'
import { listedClass, listKind } from './views.ts'

/** What the papers of the archive say of a class: the rule that its letters were kept by. */
const ruled = listedClass.extend({
  name: localised,
  active: z.int(),
  semiActive: z.int(),
  fate,
})

/** A list of letters that go to the archive, or that are proposed for destruction. */
export const archiveListPaper = z.strictObject({
  ...office,
  kind: listKind,
  rank: z.int().positive(),
  classes: z.array(
    ruled.extend({
      lines: z.array(
        z.strictObject({
          number: registerNumber,
          receivedOn: z.iso.date(),
          confidential: z.boolean(),
          /** Empty on a list of elimination: what is destroyed is described by its class, as the law has it. */
          party: z.string(),
          subject: z.string(),
          files: z.int().nonnegative(),
        }),
      ),
    }),
  ),
  /** Of its lines with the hashes of their files. */
  digest: sha256Hex,
})
export type ArchiveListPaper = z.infer<typeof archiveListPaper>

/** The record of a destruction (procès-verbal d'élimination). */
export const destructionPaper = z.strictObject({
  ...office,
  rank: z.int().positive(),
  proposedBy: z.string(),
  approvedBy: z.string(),
  /** The agreement of Archives du Maroc, and its day. */
  agreement: z.string(),
  agreedOn: z.iso.date(),
  classes: z.array(ruled),
  numbers: z.array(registerNumber),
  digest: sha256Hex,
  /** The ISO day by which the last copy of the register that still holds them has ended. */
  copiesUntil: z.iso.date(),
})
export type DestructionPaper = z.infer<typeof destructionPaper>
