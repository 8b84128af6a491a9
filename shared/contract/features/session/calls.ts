import { z } from 'zod'
import { signState } from '../../../domain/identity/cardSignature.ts'
import { role } from '../../../domain/roles.ts'
import { language } from '../../../domain/text.ts'
import { call, none, proof } from '../../call.ts'
import { cardStrength } from '../../cardEvents.ts'

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

/** Who is signed in at a window, and how. */
export const calls = {
  'session.signIn': call('public', proof, sessionView),
  /** The agent's card in a reader, for the login screen. */
  'session.card': call('public', none, agentCardView),
  'session.current': call('public', none, z.strictObject({ session: sessionView.optional() })),
  'session.signOut': call('signedIn', none, none),
  /**
   * Nobody was there for a while, unless the person has `asked` for it: as a sign-out, under its own name in the journal.
   * The draft is in the register.
   */
  'session.lock': call('signedIn', z.strictObject({ asked: z.literal(true).optional() }), none),
  'session.language': call('signedIn', z.strictObject({ language }), none),
  /** Training mode only: the SPECIMEN card of an agent, in its own reader, before anybody is signed in. */
  'training.agentCard': call('public', z.strictObject({ inserted: z.boolean() }), none),
} as const

/** What is told by itself; each payload is the whole new state, never a difference. */
export const events = {
  /** `locked`: why it was closed without a sign-out. */
  session: z.strictObject({
    session: sessionView.optional(),
    locked: z.enum(['idle', 'away', 'asked', 'card', 'account']).optional(),
  }),
  /** Cards of agents in the readers, at the login screen too. */
  agentCard: agentCardView,
} as const
