import { z } from 'zod'
import { cardAccess, declared } from '../contract/cardEvents.ts'
import { identity } from '../domain/identity/identity.ts'

/**
 * What Guichet and a plug-in for a national card say to each other: one JSON object a line (UTF-8, `\n`), the plug-in's
 * on its standard
 * output, ours on its standard input. The plug-in is a program of its own; it gets the card by commands that it asks us
 * to send, and
 * nothing else of this desk. `drivers/card/README.md` tells how to write one.
 */
export const pluginProtocol = 1

/**
 * Bounds of a plug-in: characters of one line and of all of them, commands for one card, how long it may think, in
 * milliseconds, and what it may allocate, in KiB.
 */
export const pluginLimits = {
  line: 1_000_000,
  total: 4_000_000,
  commands: 2_000,
  helloMs: 5_000,
  quietMs: 8_000,
  memoryKb: 1_572_864,
} as const

const hex = z.string().regex(/^([0-9A-Fa-f]{2})*$/)

/** Ours: a card that waits, the answer to a command (data and the two status bytes), or why there is none. */
export const toPlugin = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('card'),
    protocol: z.literal(pluginProtocol),
    atr: hex,
    reader: z.string(),
    access: cardAccess,
  }),
  z.strictObject({ type: z.literal('answer'), id: z.int(), response: hex }),
  z.strictObject({ type: z.literal('gone'), id: z.int() }),
])
export type ToPlugin = z.infer<typeof toPlugin>

/** What a plug-in says of the authenticity of a card; it is shown as its word, never as our verdict. */
const declaredVerdict = declared.shape.verdict

/**
 * The plug-in's: who it is (first of all), a command for the card, or the end: whose card it is, that it is none of its
 * own, or a failure.
 */
export const fromPlugin = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    protocol: z.literal(pluginProtocol),
    name: z.string().min(1).max(60),
    version: z.string().max(30),
  }),
  z.strictObject({ type: z.literal('transmit'), id: z.int(), command: hex.min(8).max(131_080) }),
  /** `photo` is a JPEG in base64. */
  z.strictObject({
    type: z.literal('identity'),
    identity,
    declared: declaredVerdict,
    photo: z.base64().max(700_000).optional(),
  }),
  z.strictObject({ type: z.literal('notMine') }),
  z.strictObject({
    type: z.literal('failed'),
    code: z.enum(['card.accessNeeded', 'card.accessRefused', 'card.refused', 'card.malformed']),
  }),
])
export type FromPlugin = z.infer<typeof fromPlugin>

/** A plug-in as an administrator installs it: an executable, and the SHA-256 of the file that was examined. */
export const pluginEntry = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  /** Absolute. */
  file: z.string().min(1).max(1000),
  arguments: z.array(z.string().max(1000)).max(20).default([]),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /**
   * Beginnings of the ATRs that it is asked for first, hexadecimal; without them it is asked when no other profile
   * knows the card.
   */
  atrs: z.array(hex.min(2).max(66)).max(20).default([]),
})
export type PluginEntry = z.infer<typeof pluginEntry>
/** A plug-in as the journal names it: which file was examined, not where it lies. */
export const installedPlugin = pluginEntry.pick({ name: true, sha256: true })
export type InstalledPlugin = z.infer<typeof installedPlugin>
export const pluginList = z.strictObject({ plugins: z.array(pluginEntry).max(8) })
