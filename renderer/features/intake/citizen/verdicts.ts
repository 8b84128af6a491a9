import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { ChainVerdict, Verdict } from '#shared/domain/identity/identity.ts'
import type { IconName } from '../../../ui/icons.ts'
import type { Tone } from '../../../ui/tones.ts'

type DeclaredVerdict = NonNullable<IdentityView['declared']>['verdict']

export type CheckKey =
  | `checks.${'identity' | 'address' | 'photo' | 'passive'}.${Verdict}`
  | `checks.chain.${ChainVerdict}`
  | `checks.chip.${Verdict}`
  | 'checks.altered'
  | 'checks.cleaned'
  | `checks.declared.${DeclaredVerdict}`
export interface Badge {
  readonly key: CheckKey
  readonly tone: Tone
  readonly icon: IconName
  /** The data groups that an altered document is about. */
  readonly groups?: string
}

const icons: Readonly<Record<'valid' | 'invalid' | 'notChecked', IconName>> = {
  valid: 'shieldCheck',
  invalid: 'shieldAlert',
  notChecked: 'shieldUnknown',
}
const tones: Readonly<Record<'valid' | 'invalid' | 'notChecked', Tone>> = {
  valid: 'ok',
  invalid: 'danger',
  notChecked: 'neutral',
}

/**
 * The separate verdicts on a card; what is wrong comes first. A chip of a travel document states no address, but a
 * signature and itself.
 */
export function badgesOf(checks: IdentityView['checks'], emrtd?: IdentityView['emrtd']): readonly Badge[] {
  const file = (key: CheckKey, verdict: Verdict): Badge => ({ key, tone: tones[verdict], icon: icons[verdict] })
  const chain = { trusted: 'valid', untrusted: 'invalid', notChecked: 'notChecked' } as const
  const all = [
    file(`checks.identity.${checks.identity}`, checks.identity),
    file(`checks.photo.${checks.photo}`, checks.photo),
    ...(emrtd === undefined
      ? [file(`checks.address.${checks.address}`, checks.address)]
      : [...chipBadges(emrtd.checks, file), ...cleanedBadge(emrtd.cleaned)]),
    // There where a card names a key of its own; a travel document tells of its chip above.
    ...(checks.chip === undefined || emrtd !== undefined ? [] : [file(`checks.chip.${checks.chip}`, checks.chip)]),
    {
      ...file(`checks.chain.${checks.chain}`, chain[checks.chain]),
      ...(checks.chain === 'untrusted' ? { tone: 'warn' as const } : {}),
    },
  ]
  const weight = (badge: Badge): number => (badge.tone === 'danger' ? 0 : badge.tone === 'warn' ? 1 : 2)
  return all.sort((one, other) => weight(one) - weight(other))
}

/** The word of a program of the country: it stands alone, since nothing was verified here. */
export const declaredBadge = ({ by, verdict }: NonNullable<IdentityView['declared']>): Badge => ({
  key: `checks.declared.${verdict}`,
  tone: verdict === 'notAuthentic' ? 'danger' : 'warn',
  icon: verdict === 'notAuthentic' ? 'shieldAlert' : 'shieldUnknown',
  groups: by,
})

const cleanedBadge = (groups: readonly string[] = []): readonly Badge[] =>
  groups.length === 0 ? [] : [{ key: 'checks.cleaned', tone: 'warn', icon: 'alert', groups: groups.join(', ') }]

function chipBadges(
  { passive, chip, dataGroups }: NonNullable<IdentityView['emrtd']>['checks'],
  file: (key: CheckKey, verdict: Verdict) => Badge,
): readonly Badge[] {
  // Zone and photo have badges of their own.
  const altered = Object.keys(dataGroups).filter(
    (group) => dataGroups[group] === 'invalid' && group !== 'DG1' && group !== 'DG2',
  )
  return [
    file(`checks.passive.${passive}`, passive),
    // Many documents carry no key of their own: that is no doubt about them.
    ...(chip === 'notChecked' ? [] : [file(`checks.chip.${chip}`, chip)]),
    ...(altered.length === 0 ? [] : [{ ...file('checks.altered', 'invalid'), groups: altered.join(', ') }]),
  ]
}
