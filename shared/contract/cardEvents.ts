import { z } from 'zod'
import { checks, identity, photo, verdict } from '../domain/identity/identity.ts'
import { faultSchema } from './faultSchema.ts'
import { cleanNumber } from '../text/incoming.ts'

export const readerInfo = z.strictObject({ reader: z.string(), simulated: z.boolean(), card: z.boolean() })
export type ReaderInfo = z.infer<typeof readerInfo>

/** APDUs and bytes exchanged with the card; data bytes and headers, status words included in `bytesIn`. */
export const exchange = z.strictObject({ apdus: z.int(), bytesOut: z.int(), bytesIn: z.int() })
export type Exchange = z.infer<typeof exchange>

/**
 * What opens a chip that is closed to strangers: the access number printed on the front, or the readable zone, lines
 * and all.
 */
export const cardAccess = z.strictObject({
  can: z
    .string()
    .max(80)
    .overwrite(cleanNumber)
    .regex(/^\d{6}$/)
    .optional(),
  mrz: z.string().max(300).optional(),
})
export type CardAccess = z.infer<typeof cardAccess>

/** What only the chip of a travel or residence document (ICAO Doc 9303) has to say. */
export const emrtd = z.strictObject({
  access: z.enum(['PACE-CAN', 'PACE-MRZ', 'BAC', 'none']),
  documentCode: z.string(),
  /** The name as in the readable zone, and in the script of its country where the chip has it. */
  names: z.strictObject({ latin: z.string(), native: z.string().optional() }),
  checks: z.strictObject({
    /** The issuer's signature over the fingerprints of the data groups; who the issuer is, `checks.chain` says. */
    passive: verdict,
    /** DG1, DG2 … as read, each against its fingerprint. */
    dataGroups: z.record(z.string(), verdict),
    /** Whether the chip holds the private key that belongs to the document: a copy does not. */
    chip: verdict,
    /** What it was asked with: the mapping of PACE, chip authentication, active authentication. */
    chipBy: z.enum(['CAM', 'CA', 'AA']).optional(),
  }),
  /** The data groups out of whose texts characters were taken that hide or turn text. */
  cleaned: z.array(z.string()).optional(),
})
export type Emrtd = z.infer<typeof emrtd>

/** What the program of a national card says of it: its word, told apart from what was proved here. */
export const declared = z.strictObject({
  by: z.string().max(60),
  verdict: z.enum(['authentic', 'notAuthentic', 'unknown']),
})
export type Declared = z.infer<typeof declared>

/** A whole card, as read. `timings` are milliseconds since the card was opened. */
export const cardReading = z.strictObject({
  profile: z.string(),
  reader: z.string(),
  simulated: z.boolean(),
  atr: z.string(),
  identity,
  photo: photo.optional(),
  checks,
  emrtd: emrtd.optional(),
  declared: declared.optional(),
  /** Everything else that the card says, by the name of its field; a field nobody knows is `tag 2A`, in hexadecimal. */
  details: z.record(z.string(), z.string()).exactOptional(),
  /**
   * SHA-256 (lower-case hex) of the public key whose private half the chip has just proved to hold; a copy of the data
   * has none.
   */
  chipKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Cards of this kind sign for their holder. */
  signs: z.literal(true).exactOptional(),
  exchange,
  timings: z.strictObject({ firstIdentityMs: z.number(), totalMs: z.number() }),
})
export type CardReading = z.infer<typeof cardReading>

/**
 * What happens at the readers, as a stream of states. `identity` comes after the first two files with
 * every check still `notChecked`; `photo` follows; `done` carries the verdicts.
 */
export const cardEvent = z.discriminatedUnion('state', [
  /**
   * `remote`: the program runs in a session on another computer, whose readers it sees only when the connection passes
   * them on.
   */
  z.strictObject({ state: z.literal('noService'), remote: z.literal(true).exactOptional() }),
  z.strictObject({ state: z.literal('noReader'), remote: z.literal(true).exactOptional() }),
  z.strictObject({ state: z.literal('empty'), reader: z.string(), simulated: z.boolean() }),
  z.strictObject({
    state: z.literal('reading'),
    reader: z.string(),
    step: z.enum(['identity', 'photo', 'proof']),
    done: z.int(),
    total: z.int(),
  }),
  z.strictObject({ state: z.literal('identity'), reader: z.string(), reading: cardReading }),
  z.strictObject({ state: z.literal('photo'), reader: z.string(), reading: cardReading }),
  z.strictObject({ state: z.literal('done'), reader: z.string(), reading: cardReading }),
  z.strictObject({ state: z.literal('failed'), reader: z.string(), fault: faultSchema }),
  z.strictObject({ state: z.literal('removed'), reader: z.string() }),
])
export type CardEvent = z.infer<typeof cardEvent>

/** What a reader is for at this desk; `any` until an administrator says. */
export const readerRole = z.enum(['any', 'agent', 'citizen'])
export type ReaderRole = z.infer<typeof readerRole>

/**
 * How an agent's card is told from a copy: `pin`, its holder types the PIN and it signs a fresh challenge with the key
 * that was bound;
 * `chip`, it proves to hold the private key that was bound; `data`, it only says the same as the bound one, as a copy
 * of its contents would.
 */
export const cardStrength = z.enum(['data', 'chip', 'pin'])
export type CardStrength = z.infer<typeof cardStrength>

/**
 * The simulated cards of training mode: who they stand for, or what goes wrong with them; `agent` has a reader of its
 * own.
 */
export const trainingCard = z.enum([
  'citizen',
  'foreigner',
  'child',
  'expired',
  'tampered',
  'slow',
  'mute',
  'notEid',
  'icao',
  'icaoCopy',
  'agent',
  'cloned',
  'notYetValid',
  'passport',
  'residence',
  'cnie',
  'cnieClosed',
  'cnie2008',
])
export type TrainingCard = z.infer<typeof trainingCard>
