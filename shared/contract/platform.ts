import { z } from 'zod'
import { appointment } from '../domain/hall/appointment.ts'
import { calendar } from '../domain/clock/calendar.ts'
import { limits } from '../domain/limits.ts'
import { digitalItem } from '../domain/mail/digitalItem.ts'
import { mailDisposition } from '../domain/mail/mailDisposition.ts'
import { procedure } from '../domain/request/procedure.ts'
import { role } from '../domain/roles.ts'
import { language } from '../domain/text.ts'
import { counterId, sha256Hex } from '../ids.ts'
import { repairKind } from './act.ts'

/** Audience of every counter token: a name, not an address, so that a balancer or a moved host changes nothing. */
export const platformAudience = 'urn:guichet:platform'
/** Life of the assertion with which a counter asks for its token, in seconds. */
export const assertionLife = 60
/** `client_assertion_type` of RFC 7523 §2.2. */
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Of each request of a counter: the version of its program, three numbers with dots between. */
export const clientVersionHeader = 'guichet-version'
export const eventsBatchType = 'application/cloudevents-batch+json'

/** Every path of the platform, below its address (`resources/platform.openapi.yaml`). */
export const platformPaths = {
  health: '/v1/health',
  time: '/v1/time',
  keys: '/v1/keys',
  platformKeys: '/v1/platform-keys',
  enrolments: '/v1/enrolments',
  token: '/v1/token',
  codes: '/v1/codes',
  devices: '/v1/devices',
  leastVersion: '/v1/least-version',
  device: (counter: string, kid: string) => `/v1/counters/${counter}/devices/${kid}`,
  counter: (id: string) => `/v1/counters/${id}`,
  commands: (id: string) => `/v1/counters/${id}/commands`,
  heads: (id: string) => `/v1/counters/${id}/heads`,
  inclusion: (id: string) => `/v1/counters/${id}/log/inclusion`,
  consistency: (id: string) => `/v1/counters/${id}/log/consistency`,
  changes: '/v1/changes',
  digitalFile: (item: string, sha256: string) => `/v1/digital-items/${item}/files/${sha256}`,
  file: (sha256: string) => `/v1/files/${sha256}`,
  uploads: '/v1/uploads',
  upload: (id: string) => `/v1/uploads/${id}`,
} as const

/**
 * One act on its way (CloudEvents 1.0 JSON with our extensions). `sha256` is over the canonical `data`.
 */
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

/**
 * Why an act was not taken; each has its sentence in every language of the counter (`act.…` of `shared/fault.ts`).
 * `malformed`: shape or data; `altered`: the hash is not that of the data; `foreign`: another counter's; `series`,
 * `numberTaken`: the
 * register number; `stampUsed`, `citizenInvalid`, `piecesMissing`, `procedureUnknown`, `procedureClosed`: what was
 * filled in;
 * `notFound`, `cancelled`, `notRefused`, `settled`: the act that a repair names; `conflict`: number or id is another
 * act's;
 * `chain`: it does not follow the act before it; `refused`: any other rule.
 */
export const refusalCode = z.enum([
  'malformed',
  'altered',
  'foreign',
  'series',
  'numberTaken',
  'stampUsed',
  'citizenInvalid',
  'piecesMissing',
  'procedureUnknown',
  'procedureClosed',
  'notFound',
  'cancelled',
  'notRefused',
  'settled',
  'conflict',
  'chain',
  'refused',
])
export type RefusalCode = z.infer<typeof refusalCode>
/** Where in `data` it is wrong: `fee.stampNumber`, `pieces.2`. */
export const refusedField = z
  .string()
  .regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/)
  .max(80)

export const commandResult = z.object({
  id: z.uuid(),
  seq: z.int().positive(),
  status: z.enum(['applied', 'duplicate', 'rejected', 'conflict']),
  /** Of a rejection. A code that this version does not know is shown as `refused`, with the platform's own words. */
  code: refusalCode.optional().catch(undefined),
  field: refusedField.optional().catch(undefined),
  /** In the platform's own words. */
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
export const lookupAnswer = z.object({
  results: z.array(commandRecord).max(batchLimit.commands),
  lastSeq: z.int().nonnegative(),
})
/** 409: the batch does not begin where the platform is. */
export const gapAnswer = z.object({ expectedSeq: z.int().positive() })

/** A coordinate of P-256, base64url (RFC 7518 §6.2.1.2). */
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
export const enrolment = z.strictObject({
  counterId,
  /** One-time code of the platform's operator; the embedded default accepts `demo` from everybody. */
  code: z.string().max(80),
  /** The counter's public signing key: P-256 as JWK. */
  publicKey: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
})
export type Enrolment = z.infer<typeof enrolment>

/** RFC 7638 thumbprint of a key (SHA-256, base64url). */
export const keyId = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
/** `pending` until somebody at the platform has compared the fingerprint. */
export const enrolmentAnswer = z.object({ counterId, kid: keyId, state: z.enum(['pending', 'approved']) })
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswer>
/** A short token for a device (RFC 6749 §5.1), bound to its key (RFC 9449 §6). */
export const tokenAnswer = z.object({
  access_token: z.string().max(4000),
  token_type: z.literal('DPoP'),
  expires_in: z.int().positive(),
})
export type TokenAnswer = z.infer<typeof tokenAnswer>

/** Asked by the platform's operator: a code for one device of one counter. */
export const codeRequest = z.strictObject({ counterId, seconds: z.int().min(1).max(604_800).default(86_400) })
export const codeAnswer = z.object({ counterId, code: z.string(), expiresAt: z.iso.datetime() })
/** One machine that holds a counter's series, held it, or asks to. */
export const deviceRecord = z.object({
  counterId,
  kid: keyId,
  /** What the counter's screen shows (`fingerprintOf`). */
  fingerprint: z.string(),
  state: z.enum(['pending', 'approved', 'revoked']),
  askedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().optional(),
  lastSeenAt: z.iso.datetime().optional(),
  /** Of its program, as it said it last. */
  version: z.string().optional(),
})
export type DeviceRecord = z.infer<typeof deviceRecord>
export const devicesAnswer = z.object({ devices: z.array(deviceRecord) })
/** A version of the program: three numbers. */
export const programVersion = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/)
/** The least version that the platform takes acts from; `null`: any. */
export const leastVersion = z.strictObject({ least: programVersion.nullable() })
export const deviceDecision = z.strictObject({ state: z.enum(['approved', 'revoked']) })

export const counterState = z.object({
  counterId,
  lastSeq: z.int().nonnegative(),
  /**
   * A machine that took the counter over, or a register that lacks acts, gives numbers in this series or a later one:
   * none was given in it.
   */
  series: z.int().positive().default(1),
})
/** Public: with these anyone verifies the seal of a receipt. `kid` is the RFC 7638 thumbprint. */
export const keysAnswer = z.object({
  keys: z.array(
    z.object({
      counterId,
      kid: keyId,
      publicKey: enrolment.shape.publicKey,
      enrolledAt: z.iso.datetime(),
      revokedAt: z.iso.datetime().optional(),
    }),
  ),
})
export type KeysAnswer = z.infer<typeof keysAnswer>
/** Problem details (RFC 9457). `code` is stable and for programs, `detail` is for people. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  /** With `version-too-old`: the least version that is taken. */
  least: programVersion.optional(),
})
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
  /** The agent's card is asked for beside the password. */
  cardRequired: z.boolean().optional(),
})
export type Account = z.infer<typeof account>

/**
 * Reference data by cursor: full rows and tombstones. An unknown `kind` is parked, not fatal. Appointments, dispositions
 * and digital items go to the counters of their office only.
 */
export const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('procedure'), key: z.string(), deleted: z.boolean(), body: procedure.optional() }),
  z.object({ kind: z.literal('account'), key: z.string(), deleted: z.boolean(), body: account.optional() }),
  /** Non-working days; every calendar that a counter is given counts in its deadlines. */
  z.object({ kind: z.literal('calendar'), key: z.string(), deleted: z.boolean(), body: calendar.optional() }),
  z.object({ kind: z.literal('appointment'), key: z.string(), deleted: z.boolean(), body: appointment.optional() }),
  z.object({
    kind: z.literal('mail-disposition'),
    key: z.string(),
    deleted: z.boolean(),
    body: mailDisposition.optional(),
  }),
  /** What waits at the national digital mail office; its tombstone: it was withdrawn, or is registered. */
  z.object({ kind: z.literal('digital-item'), key: z.uuid(), deleted: z.boolean(), body: digitalItem.optional() }),
  /** `limits`: how far the counters may go on alone. */
  z.object({ kind: z.literal('setting'), key: z.literal('limits'), deleted: z.boolean(), body: limits.optional() }),
])
export type Change = z.infer<typeof change>
export const changesAnswer = z.object({ changes: z.array(z.unknown()), cursor: z.string(), more: z.boolean() })
/**
 * A file that acts of this counter refer to: `pending` until its bytes are there and have this hash; `unknown` when no
 * act named it.
 */
export const fileState = z.enum(['unknown', 'pending', 'stored'])
export type FileState = z.infer<typeof fileState>
export const fileAnswer = z.object({ sha256: sha256Hex, state: fileState })

/** Bytes of a file in one answer: a megabyte of JSON, which a slow line carries within the time of an exchange. */
export const filePart = 750_000
/** A part of a file of a digital item, from the byte that was asked for; the last one is shorter, or empty. */
export const filePartAnswer = z.object({ part: z.base64().max(Math.ceil(filePart / 3) * 4) })

export const timeAnswer = z.object({ now: z.iso.datetime() })
export const healthAnswer = z.object({ status: z.literal('ok'), version: z.string() })
