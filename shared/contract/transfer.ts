import { z } from 'zod'
import { counterId, sha256Hex } from '../ids.ts'
import { headAnswer, headClaim, platformKeysAnswer } from './heads.ts'
import { commandResult, enrolment } from './platform.ts'

/**
 * Acts carried by hand, for sites without a line. The file is an age file (C2SP age v1) for the platform
 * and the
 * escrow; inside is a POSIX tar: `manifest.jws`, then `batches/000001.json` …, each the body of one HTTP batch, then
 * `files/<sha256>`. The manifest is a compact JWS (ES256) by the counter's key and names everything else by its hash.
 */
export const manifest = z.strictObject({
  version: z.literal(1),
  exportId: z.uuid(),
  counterId,
  madeAt: z.iso.datetime(),
  /** Who the counter is, for a platform that never met it. */
  enrolment,
  batches: z
    .array(z.strictObject({ sha256: sha256Hex, first: z.int().positive(), last: z.int().positive() }))
    .max(10_000),
  files: z.array(z.strictObject({ sha256: sha256Hex, size: z.int().nonnegative(), mime: z.string() })).max(100_000),
  /** The newest link of the journal, to be countersigned; absent when it was already. */
  head: headClaim.optional(),
  /** The passphrase of the age file with the answers, another one for each export. */
  reply: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})
export type Manifest = z.infer<typeof manifest>

export const carrierNames = {
  manifest: 'manifest.jws',
  batch: (index: number) => `batches/${String(index + 1).padStart(6, '0')}.json`,
  file: (sha256: string) => `files/${sha256}`,
} as const

/**
 * What the platform answers to an export: the results of its commands, and the files that it holds now. The age file
 * holds it as a compact JWS (ES256, typ `guichet-answers+jwt`) by the platform's newest key: whoever can open the
 * export, as the escrow can, does not answer in its name.
 */
export const answersFile = z.strictObject({
  version: z.literal(2),
  exportId: z.uuid(),
  counterId,
  results: z.array(commandResult),
  stored: z.array(sha256Hex),
  lastSeq: z.int().nonnegative(),
  /** The acts before these never came: where the next export has to begin. */
  expectedSeq: z.int().positive().optional(),
  /** The head of the manifest, countersigned: the proof goes from `logSize`, which the manifest named. */
  countersigned: headAnswer.extend({ logSize: z.int().nonnegative() }).optional(),
  /** The platform's keys, as it publishes them: a counter without a line follows them by this. */
  keys: platformKeysAnswer.shape.keys,
})
export type AnswersFile = z.infer<typeof answersFile>
