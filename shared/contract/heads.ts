import { z } from 'zod'
import { counterId, sha256Hex } from '../ids.ts'

/** The root of the platform's append-only log of one counter's applied acts (RFC 9162 §2.1), and how many it holds. */
export const treeHead = z.object({ size: z.int().nonnegative(), root: sha256Hex })
export type TreeHead = z.infer<typeof treeHead>

/**
 * The newest link of a counter's journal, as the counter tells it. `logSize`: how much of the log it has seen, 0 when
 * nothing.
 */
export const headClaim = z.strictObject({
  series: z.int().positive(),
  seq: z.int().positive(),
  hash: sha256Hex,
  logSize: z.int().nonnegative(),
})
export type HeadClaim = z.infer<typeof headClaim>

/** What the platform puts its name to: the payload of a compact JWS (ES256) by the key that `kid` names. */
export const headStatement = z.object({
  counter: counterId,
  series: z.int().positive(),
  seq: z.int().positive(),
  hash: sha256Hex,
  /** The platform's time. */
  at: z.iso.datetime(),
  log: treeHead,
})
export type HeadStatement = z.infer<typeof headStatement>

/** A countersigned head, and the proof that the log only grew since `logSize` (RFC 9162 §2.1.4; empty from nothing). */
export const headAnswer = z.object({ head: z.string().max(4_000), consistency: z.array(sha256Hex).max(128) })
/** 409 `head-behind`, `head-differs`: the head that stands against the claim, countersigned earlier. */
export const headConflict = z.object({ head: z.string().max(4_000) })
/** The newest countersigned head of each series, oldest series first. */
export const headsAnswer = z.object({ heads: z.array(z.string().max(4_000)) })

/**
 * Whether an act is in the log: its place among the applied ones, and the path to the root of that size (RFC 9162
 * §2.1.3).
 */
export const inclusionAnswer = treeHead.extend({ index: z.int().nonnegative(), path: z.array(sha256Hex).max(64) })
/** That the first `first` entries are the same in the log of size `second` (RFC 9162 §2.1.4). */
export const consistencyAnswer = z.object({ first: treeHead, second: treeHead, path: z.array(sha256Hex).max(128) })

/** A public key of the platform; `kid` is its RFC 7638 thumbprint. */
const platformKey = z.object({
  kid: z.string().min(1).max(100),
  publicKey: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  since: z.iso.datetime(),
})
/** What a key says of the one that follows it: the payload of a compact JWS (ES256, typ `guichet-key+jwt`). */
export const keyStatement = platformKey

/**
 * The keys of the platform, newest first: the newest signs, those before it did. `vouched` is the statement of the key
 * before it, so that a counter follows from the one that it knows.
 */
export const platformKeysAnswer = z.object({
  keys: z
    .array(platformKey.extend({ vouched: z.string().max(4_000).optional() }))
    .min(1)
    .max(20),
})
export type PlatformKey = z.infer<typeof platformKeysAnswer>['keys'][number]
