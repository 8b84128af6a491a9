import { z } from 'zod'
import { signState } from '../domain/identity/cardSignature.ts'
import { role } from '../domain/roles.ts'
import { language } from '../domain/text.ts'
import { cardStrength } from './cardEvents.ts'

export const sessionView = z.strictObject({
  login: z.string(),
  name: z.string(),
  roles: z.array(role),
  language,
  since: z.iso.datetime(),
  /** Without a touch for so long the window asks who is there. */
  idleMinutes: z.number().positive().optional(),
  /** Opened with the agent's card as well, and how it was proved. */
  card: cardStrength.optional(),
})
export type SessionView = z.infer<typeof sessionView>

/** What an agent's card needs to sign: `pinpad`, the PIN is typed on the reader; `tries` where the card tells them. */
export const cardPinView = signState.pick({ pinpad: true, tries: true })
export type CardPinView = z.infer<typeof cardPinView>

/**
 * What the readers hold of agents' cards; before the login it names the account that a card is bound to, nothing else
 * of it.
 */
export const agentCardView = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['none', 'reading', 'closed', 'unknown', 'failed']) }),
  z.strictObject({
    state: z.literal('known'),
    login: z.string(),
    strength: cardStrength,
    /** Of a card that signs with its PIN, once the card was asked. */
    pin: cardPinView.optional(),
  }),
])
export type AgentCardView = z.infer<typeof agentCardView>

/** One account known at this counter. */
export const accountView = z.strictObject({
  login: z.string(),
  name: z.string(),
  code: z.string(),
  roles: z.array(role),
  language,
  lastSignInAt: z.iso.datetime().optional(),
  wrongTries: z.int().nonnegative(),
  lockedUntil: z.iso.datetime().optional(),
  /** The account's own end, and until when it is believed without word from the platform. */
  validUntil: z.iso.datetime(),
  offlineUntil: z.iso.datetime().optional(),
  /** Its sign-in was ended here: the platform has to send a new verifier. */
  endedAt: z.iso.datetime().optional(),
  cardRequired: z.boolean(),
  card: z
    .strictObject({ strength: cardStrength, profile: z.string(), boundAt: z.iso.datetime(), boundBy: z.string() })
    .optional(),
})
export type AccountView = z.infer<typeof accountView>
