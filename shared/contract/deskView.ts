import { z } from 'zod'
import { checks, identity, identitySource } from '../domain/identity/identity.ts'
import { groundedPurpose } from '../domain/identity/purpose.ts'
import { identityId } from '../ids.ts'
import { declared, emrtd } from './cardEvents.ts'
import { faultSchema } from './faultSchema.ts'

/** What the data of the citizen at the desk are looked at for, and what allows it. */
export const purposeView = groundedPurpose
export type PurposeView = z.infer<typeof purposeView>

/** One citizen at the desk. The photo is a data URL ready for an image element. */
export const identityView = z.strictObject({
  identityId,
  identity,
  source: identitySource,
  purpose: purposeView,
  checks,
  emrtd: emrtd.optional(),
  declared: declared.optional(),
  photo: z.string().optional(),
  readAt: z.iso.datetime(),
  /** The card has left the reader; the identity stays until the citizen is served or released. */
  cardPresent: z.boolean(),
  /** The card may sign for the citizen. */
  signs: z.literal(true).exactOptional(),
})
export type IdentityView = z.infer<typeof identityView>

/** What the counter screen shows of the reader and of the citizen. */
export const cardView = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['noService', 'noReader']), remote: z.literal(true).exactOptional() }),
  z.strictObject({ state: z.enum(['empty', 'removed']), reader: z.string(), simulated: z.boolean() }),
  z.strictObject({
    state: z.literal('reading'),
    reader: z.string(),
    step: z.enum(['identity', 'photo', 'proof']),
    done: z.int(),
    total: z.int(),
  }),
  z.strictObject({ state: z.literal('done'), reader: z.string() }),
  z.strictObject({ state: z.literal('failed'), reader: z.string(), fault: faultSchema }),
])
export type CardView = z.infer<typeof cardView>
