import type { AccountView } from '#shared/contract/features/accounts/calls.ts'
import type { Tone } from '../../ui/tones.ts'
import type { IconName } from '../../ui/icons.ts'

export type Standing = 'ended' | 'expired' | 'locked' | 'cardMissing' | 'expiring' | 'tries' | 'active'

/** An account that ends within this many days says so. */
const soonDays = 14
const dayMs = 86_400_000

/**
 * When an account stops being believed here: its own end or the end without word from the platform, whichever comes
 * first.
 */
export const believedUntil = ({
  validUntil,
  offlineUntil,
}: Pick<AccountView, 'validUntil' | 'offlineUntil'>): string =>
  offlineUntil !== undefined && Date.parse(offlineUntil) < Date.parse(validUntil) ? offlineUntil : validUntil

/** The one thing to know of an account: what keeps it from signing in first, then what soon will. */
export function standingOf(account: AccountView, now: Date): Standing {
  const left = Date.parse(believedUntil(account)) - now.getTime()
  if (account.endedAt !== undefined) return 'ended'
  if (left <= 0) return 'expired'
  if (account.lockedUntil !== undefined && Date.parse(account.lockedUntil) > now.getTime()) return 'locked'
  if (account.cardRequired && account.card === undefined) return 'cardMissing'
  if (left < soonDays * dayMs) return 'expiring'
  return account.wrongTries > 0 ? 'tries' : 'active'
}

export const standings: Readonly<Record<Standing, { readonly tone: Tone; readonly icon: IconName }>> = {
  ended: { tone: 'neutral', icon: 'ban' },
  expired: { tone: 'danger', icon: 'clock' },
  locked: { tone: 'danger', icon: 'lock' },
  cardMissing: { tone: 'warn', icon: 'card' },
  expiring: { tone: 'warn', icon: 'clock' },
  tries: { tone: 'warn', icon: 'key' },
  active: { tone: 'ok', icon: 'done' },
}
