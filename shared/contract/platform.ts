import { z } from 'zod'
import { procedure } from '../domain/procedure.ts'
import { role } from '../domain/roles.ts'
import { language } from '../domain/text.ts'
import { counterId, sha256Hex } from '../ids.ts'

/** One act on its way (CloudEvents 1.0 JSON with our extensions, sync.md §2.2). `sha256` is over the canonical `data`. */
export const command = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string().regex(/^ma\.guichet\.[a-zA-Z.]+\.v\d+$/),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  counterid: counterId,
  seq: z.int().positive(),
  hlc: z.string(),
  prevhash: sha256Hex,
  sha256: sha256Hex,
  data: z.record(z.string(), z.json()),
})
export type Command = z.infer<typeof command>

/** At most this many commands, and this many bytes of JSON, in one batch. */
export const batchLimit = { commands: 500, bytes: 1_000_000 } as const
export const commandBatch = z.array(command).min(1).max(batchLimit.commands)

export const commandResult = z.object({
  id: z.uuid(),
  seq: z.int().positive(),
  status: z.enum(['applied', 'duplicate', 'rejected', 'conflict']),
  reason: z.string().optional(),
  /** The platform's own consolidated number; it never replaces ours. */
  platformNumber: z.string().optional(),
  receivedAt: z.iso.datetime(),
})
export type CommandResult = z.infer<typeof commandResult>

export const batchAnswer = z.object({ results: z.array(commandResult), lastSeq: z.int().nonnegative() })
export type BatchAnswer = z.infer<typeof batchAnswer>
/** 409: the batch does not begin where the platform is. */
export const gapAnswer = z.object({ expectedSeq: z.int().positive() })

export const enrolment = z.strictObject({
  counterId,
  /** One-time code of an administrator; the embedded default accepts `demo`. */
  code: z.string(),
  /** The counter's public signing key: P-256 as JWK. */
  publicKey: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
})
export type Enrolment = z.infer<typeof enrolment>

export const counterState = z.object({ counterId, lastSeq: z.int().nonnegative() })

/** An account as the platform hands it out: the verifier is an Argon2id PHC string, never a password. */
export const account = z.strictObject({
  login: z.string().min(1).max(80),
  name: z.string(),
  code: z.string(),
  roles: z.array(role),
  language,
  verifier: z.string().startsWith('$argon2id$'),
  validUntil: z.iso.datetime(),
})
export type Account = z.infer<typeof account>

/** Reference data by cursor: full rows and tombstones. An unknown `kind` is parked, not fatal. */
export const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('procedure'), key: z.string(), deleted: z.boolean(), body: procedure.optional() }),
  z.object({ kind: z.literal('account'), key: z.string(), deleted: z.boolean(), body: account.optional() }),
])
export type Change = z.infer<typeof change>
export const changesAnswer = z.object({ changes: z.array(z.unknown()), cursor: z.string(), more: z.boolean() })
export const timeAnswer = z.object({ now: z.iso.datetime() })
export const healthAnswer = z.object({ status: z.literal('ok'), version: z.string() })
