import { signerStanding } from '#shared/domain/identity/countrySigner.ts'
import type { CountrySigners } from '#shared/ports/countrySigners.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { listTrust } from '#electron/worker/features/trust/manageTrust.ts'
import { fine, trouble, warning, type Finding } from './finding.ts'

/**
 * How many countries are believed, of the register where it is open and of the program's folder, and which certificates
 * have ended. None is no fault: an office may see no such document.
 */
export async function examineCountries(signers: CountrySigners, now: Date, store?: Store): Promise<Finding> {
  const part = 'countries'
  const held = store === undefined ? await signers.installed() : undefined
  const listed =
    store === undefined
      ? { signers: held?.ok === true ? held.value : [], ...(held?.ok === false ? { fault: held.fault } : {}) }
      : await listTrust({ store }, signers)
  if (listed.fault !== undefined)
    return trouble(
      part,
      listed.fault,
      'Mend the folder of the country signers (GUICHET_CSCA): no card is checked against any of it.',
    )
  const countries = new Set(listed.signers.map((one) => one.country)).size
  const found =
    listed.signers.length === 0
      ? 'none is believed: passports and permits say that their issuer is unknown'
      : `${String(countries)} believed, ${String(listed.signers.length)} certificates`
  const inStanding = (wanted: ReturnType<typeof signerStanding>): readonly string[] => [
    ...new Set(listed.signers.filter((one) => signerStanding(one, now) === wanted).map((one) => one.country)),
  ]
  const [expired, soon] = [inStanding('expired'), inStanding('soon')]
  const ends = soon.length === 0 ? '' : `; ending soon: ${soon.join(' ')}`
  return expired.length === 0
    ? fine(part, `${found}${ends}`)
    : warning(
        part,
        `${found}; expired: ${expired.join(' ')}${ends}`,
        'Add the newest master list (guichet trust add), then remove what has expired (guichet trust list, guichet trust remove).',
      )
}
