import { z } from 'zod'
import { pinBytes } from '../../../domain/identity/cardSignature.ts'
import { role } from '../../../domain/roles.ts'
import { language } from '../../../domain/text.ts'
import { call, login, none } from '../../call.ts'
import { cardAccess, cardStrength } from '../../cardEvents.ts'
import { cardPinView } from '../session/calls.ts'

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

/** The accounts that may sign in at this counter. */
export const calls = {
  /** The accounts that the platform told this counter of. */
  'account.list': call('seeAccounts', none, z.strictObject({ accounts: z.array(accountView) })),
  'account.unlock': call('seeAccounts', z.strictObject({ login }), accountView),
  /**
   * Binds the card in a reader, as strongly as it can prove itself; `access` opens a closed chip, and is kept for the
   * next sign-in.
   */
  'account.bindCard': call(
    'manageAccounts',
    z.strictObject({
      login,
      reader: z.string().optional(),
      access: cardAccess.optional(),
      /** Typed by the agent: the card is bound by the key that it opens. */
      pin: z.union([pinBytes, z.literal('pinpad')]).optional(),
    }),
    accountView,
  ),
  /** What the card that would be bound needs to prove its key with a PIN; the faults of one that cannot. */
  'account.cardPin': call('manageAccounts', none, cardPinView),
  'account.unbindCard': call('manageAccounts', z.strictObject({ login }), accountView),
  /** Nobody signs in with this account here any more until the platform sends a new verifier. */
  'account.end': call('manageAccounts', z.strictObject({ login }), accountView),
} as const

export const events = {} as const
