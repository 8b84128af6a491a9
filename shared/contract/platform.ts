import { z } from 'zod'
import { limits } from '../domain/limits.ts'
import { procedure } from '../domain/procedure.ts'
import { role } from '../domain/roles.ts'
import { language } from '../domain/text.ts'
import { counterId, sha256Hex } from '../ids.ts'
import { repairKind } from './acts.ts'

/** Audience of every counter token: a name, not an address, so that a balancer or a moved host changes nothing. */
export const platformAudience = 'urn:guichet:platform'
/** Life of a counter token in seconds; one is made for each request. */
export const tokenLife = 60
export const eventsBatchType = 'application/cloudevents-batch+json'

/** Every path of the platform, below its address (`resources/platform.openapi.yaml`). */
export const platformPaths = {
  health: '/v1/health',
  time: '/v1/time',
  keys: '/v1/keys',
  enrolments: '/v1/enrolments',
  counter: (id: string) => `/v1/counters/${id}`,
  commands: (id: string) => `/v1/counters/${id}/commands`,
  changes: '/v1/changes',
  file: (sha256: string) => `/v1/files/${sha256}`,
  uploads: '/v1/uploads',
  upload: (id: string) => `/v1/uploads/${id}`,
} as const

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
/** A command as the platform recorded it: what it said then, and the hash of what it holds. */
export const commandRecord = commandResult.extend({
  sha256: sha256Hex,
  /** What a later act made of this one: the newest that was applied. */
  settledAs: repairKind.optional(),
})
export type CommandRecord = z.infer<typeof commandRecord>

export const batchAnswer = z.object({ results: z.array(commandResult), lastSeq: z.int().nonnegative() })
export type BatchAnswer = z.infer<typeof batchAnswer>
/** A page of recorded commands in `seq` order. */
export const lookupAnswer = z.object({ results: z.array(commandRecord).max(batchLimit.commands), lastSeq: z.int().nonnegative() })
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
/** Public: with these anyone verifies the seal of a receipt. `kid` is the RFC 7638 thumbprint. */
export const keysAnswer = z.object({
  keys: z.array(z.object({ counterId, kid: z.string(), publicKey: enrolment.shape.publicKey, enrolledAt: z.iso.datetime() })),
})
export type KeysAnswer = z.infer<typeof keysAnswer>
/** Problem details (RFC 9457). `code` is stable and for programs, `detail` is for people. */
export const problem = z.object({ type: z.string(), title: z.string(), status: z.int(), code: z.string(), detail: z.string().optional() })
export type Problem = z.infer<typeof problem>

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
  /** `limits`: how far the counters may go on alone. */
  z.object({ kind: z.literal('setting'), key: z.literal('limits'), deleted: z.boolean(), body: limits.optional() }),
])
export type Change = z.infer<typeof change>
export const changesAnswer = z.object({ changes: z.array(z.unknown()), cursor: z.string(), more: z.boolean() })
/** A file that acts of this counter refer to: `pending` until its bytes are there and have this hash; `unknown` when no act named it. */
export const fileState = z.enum(['unknown', 'pending', 'stored'])
export type FileState = z.infer<typeof fileState>
export const fileAnswer = z.object({ sha256: sha256Hex, state: fileState })

export const timeAnswer = z.object({ now: z.iso.datetime() })
export const healthAnswer = z.object({ status: z.literal('ok'), version: z.string() })
