import { createHash } from 'node:crypto'
import type { Name } from '@peculiar/asn1-x509'
import type { CountrySigner } from '#shared/domain/identity/countrySigner.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { ParsedCertificate } from './certificate.ts'

// Attribute types of X.520 as RFC 4514 §3 abbreviates them.
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.5': 'serialNumber',
}
// As in the texts of a chip: nothing that hides or turns text reaches a screen or a journal.
const controls = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]/gu
const textLimit = 300

const attributesOf = (name: Name): readonly { readonly type: string; readonly text: string }[] =>
  [...name].flatMap((relative) =>
    [...relative].map(({ type, value }) => ({ type, text: value.toString().replaceAll(controls, '').trim() })),
  )

/** The subject as people write it: `C=UT, O=…, CN=…`; of bounded length. */
export const subjectText = ({ certificate }: ParsedCertificate): string =>
  attributesOf(certificate.tbsCertificate.subject)
    .map(({ type, text }) => `${shortNames[type] ?? type}=${text}`)
    .join(', ')
    .slice(0, textLimit)

/** The country that a certificate says it belongs to; undefined where it says none. */
export function countryOf({ certificate }: ParsedCertificate): string | undefined {
  const country = attributesOf(certificate.tbsCertificate.subject)
    .find(({ type }) => type === '2.5.4.6')
    ?.text.toUpperCase()
  return country !== undefined && /^[A-Z]{2,3}$/.test(country) ? country : undefined
}

/** Lower-case hexadecimal SHA-256 of the DER certificate. */
export const fingerprintOf = ({ der }: Pick<ParsedCertificate, 'der'>): Sha256 =>
  // A digest has the form of its brand by construction.
  createHash('sha256').update(der).digest('hex') as Sha256

/** A country signer as people compare it; undefined for a certificate without a country. */
export function describeSigner(signer: ParsedCertificate): CountrySigner | undefined {
  const country = countryOf(signer)
  return country === undefined
    ? undefined
    : {
        fingerprint: fingerprintOf(signer),
        country,
        subject: subjectText(signer),
        validFrom: signer.validFrom.toISOString(),
        validUntil: signer.validUntil.toISOString(),
      }
}
