import type { IdentityView } from '#shared/contract/views.ts'
import type { ChainVerdict, Verdict } from '#shared/domain/identity.ts'
import type { IconName } from '../../../ui/icons.ts'
import type { Tone } from '../../../ui/tones.ts'

export type CheckKey = `counter.checks.${'identity' | 'address' | 'photo'}.${Verdict}` | `counter.checks.chain.${ChainVerdict}`
export interface Badge {
  readonly key: CheckKey
  readonly tone: Tone
  readonly icon: IconName
}

const icons: Readonly<Record<'valid' | 'invalid' | 'notChecked', IconName>> = { valid: 'shieldCheck', invalid: 'shieldAlert', notChecked: 'shieldUnknown' }
const tones: Readonly<Record<'valid' | 'invalid' | 'notChecked', Tone>> = { valid: 'ok', invalid: 'danger', notChecked: 'neutral' }

/** The four separate verdicts on a card; what is wrong comes first. */
export function badgesOf(checks: IdentityView['checks']): readonly Badge[] {
  const file = (key: CheckKey, verdict: Verdict): Badge => ({ key, tone: tones[verdict], icon: icons[verdict] })
  const chain = { trusted: 'valid', untrusted: 'invalid', notChecked: 'notChecked' } as const
  const all = [
    file(`counter.checks.identity.${checks.identity}`, checks.identity),
    file(`counter.checks.photo.${checks.photo}`, checks.photo),
    file(`counter.checks.address.${checks.address}`, checks.address),
    { ...file(`counter.checks.chain.${checks.chain}`, chain[checks.chain]), ...(checks.chain === 'untrusted' ? { tone: 'warn' as const } : {}) },
  ]
  const weight = (badge: Badge): number => (badge.tone === 'danger' ? 0 : badge.tone === 'warn' ? 1 : 2)
  return all.sort((one, other) => weight(one) - weight(other))
}
