import type { DemonstrationLeft } from '#electron/worker/core/demonstration.ts'
import { faultOf } from '#shared/fault.ts'
import { fine, trouble, warning, wrong, type Finding } from './finding.ts'

/**
 * By which key the platform is known.
 * @param key its fingerprint; absent: none is known
 * @param demo the first key that is met is believed
 */
export function examinePlatformKey(key: string | undefined, demo: boolean): Finding {
  const part = 'platformKey'
  if (key !== undefined) return fine(part, key)
  return demo
    ? warning(part, 'none yet: the first one that answers is believed', 'Only a demonstration does that.')
    : trouble(
        part,
        faultOf('platform.unknownKey', 'acts wait'),
        "guichet platform trust FILE --fingerprint XXXX-…, with the office file of the platform's operator and his sheet of paper; or Devices in the window.",
      )
}

/** What a register that is no demonstration holds of the demonstration's secrets: everybody has them. */
export function examineSecrets({ accounts, recipients, code }: DemonstrationLeft): readonly Finding[] {
  return [
    ...(accounts.length === 0
      ? []
      : [
          wrong(
            'accounts',
            `anybody can sign in as ${accounts.join(', ')}: passwords of the demonstration`,
            "End them in the window (Accounts), or let the platform's feed be read: accounts that it does not name leave.",
          ),
        ]),
    ...(recipients
      ? [
          wrong(
            'carrier',
            'exports are sealed for keys of the demonstration, which everybody has',
            'guichet platform trust FILE --fingerprint XXXX-… brings the keys of the platform and of its escrow.',
          ),
        ]
      : []),
    ...(code
      ? [
          wrong(
            'code',
            'the counter introduces itself by the code of the demonstration',
            'guichet device enrol CODE, with a code that the platform made for this counter.',
          ),
        ]
      : []),
  ]
}
