import { signerStanding, type CountrySigner } from '#shared/domain/identity/countrySigner.ts'
import type { IconName } from '../../ui/icons.ts'
import type { Tone } from '../../ui/tones.ts'

type Standing = ReturnType<typeof signerStanding>

/** How each standing looks. */
export const looks = {
  valid: { tone: 'ok', icon: 'done' },
  soon: { tone: 'warn', icon: 'clock' },
  expired: { tone: 'danger', icon: 'alert' },
} as const satisfies Record<Standing, { tone: Tone; icon: IconName }>

/**
 * The name of a signer without its country, which stands beside it; the whole subject where there is no common name.
 */
export const nameOf = ({ subject }: Pick<CountrySigner, 'subject'>): string =>
  /(?:^|, )CN=(.+?)(?=, [\w.]+=|$)/.exec(subject)?.[1] ?? subject

/** The first twelve digits in groups of four: enough to tell two apart at a glance. */
export const shortPrint = (fingerprint: string): string => (fingerprint.slice(0, 12).match(/.{4}/g) ?? []).join(' ')

/** How many countries, and how many certificates are in each standing. */
export function tally(
  signers: readonly CountrySigner[],
  now: Date,
): { readonly countries: number; readonly certificates: number; readonly soon: number; readonly expired: number } {
  const standings = signers.map((one) => signerStanding(one, now))
  return {
    countries: new Set(signers.map((one) => one.country)).size,
    certificates: signers.length,
    soon: standings.filter((one) => one === 'soon').length,
    expired: standings.filter((one) => one === 'expired').length,
  }
}
