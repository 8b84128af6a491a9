import type { Address, Identity, Sex } from '#shared/domain/identity/identity.ts'
import { ok, type Result } from '#shared/result.ts'
import { parseBirthDate, parseDate } from './dates.ts'
import { readNationalNumber } from './nationalNumber.ts'
import { parseFields, type Fields } from './tlv.ts'

/** Tags of the identity file 4031 (ID_ADRESSE file of applet 1.8, 2023). */
export const identityTag = {
  version: 0x00,
  cardNumber: 0x01,
  chipNumber: 0x02,
  validFrom: 0x03,
  validUntil: 0x04,
  municipalityOfIssue: 0x05,
  nationalNumber: 0x06,
  name: 0x07,
  givenNames: 0x08,
  thirdInitial: 0x09,
  nationality: 0x0a,
  birthPlace: 0x0b,
  birthDate: 0x0c,
  sex: 0x0d,
  nobleCondition: 0x0e,
  documentType: 0x0f,
  specialStatus: 0x10,
  photoHash: 0x11,
  duplicate: 0x12,
  specialOrganisation: 0x13,
  memberOfFamily: 0x14,
  protection: 0x15,
  labourMention: 0x16,
  employerVat: 0x17,
  secondEmployerVat: 0x18,
  regionalFile: 0x19,
  basicKeyHash: 0x1a,
  brexitFirst: 0x1b,
  brexitSecond: 0x1c,
  cardAFirst: 0x1d,
  cardASecond: 0x1e,
  permanentSince: 0x1f,
} as const
export type IdentityTag = keyof typeof identityTag

/** Tags of the address file 4033. */
export const addressTag = { version: 0x00, street: 0x01, postalCode: 0x02, municipality: 0x03 } as const

/** Every known text tag by its name, the binary ones as hexadecimal, and what a later card layout may have added. */
export interface IdentityFile {
  readonly identity: Identity
  /** SHA-1, SHA-256 or SHA-384 of the photo file, told by its length. */
  readonly photoHash: Uint8Array | undefined
  /** SHA-384 of the public key of the chip, applet 1.8. */
  readonly basicKeyHash: Uint8Array | undefined
  readonly details: Readonly<Partial<Record<IdentityTag, string>>>
  readonly unknown: readonly { readonly tag: number; readonly hex: string }[]
}

/** Control and bidirectional formatting characters have no place in a name and could make it read as another. */
const unprintable = /[\p{Cc}\p{Bidi_Control}]/gu
const utf8 = new TextDecoder()
const text = (value: Uint8Array): string => utf8.decode(value).replace(unprintable, '').trim()
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex').toUpperCase()
const binary: ReadonlySet<IdentityTag> = new Set<IdentityTag>(['version', 'chipNumber', 'photoHash', 'basicKeyHash'])

/** M for a man; F, V (vrouw) and W (weiblich) for a woman. */
const sexOf = (value: string | undefined): Sex | undefined =>
  value === undefined || value === '' ? undefined : value === 'M' ? 'M' : 'FVW'.includes(value) ? 'F' : 'X'

/** Document types are numbers written with or without a leading zero; an unknown one is kept as it is. */
const documentTypeOf = (value: string): string => (/^\d+$/.test(value) ? String(Number(value)) : value)

/** Decodes the identity file 4031. Unknown tags are kept; an unreadable date is absent. Fault: card.malformed. */
export function parseIdentityFile(file: Uint8Array): Result<IdentityFile> {
  const fields = parseFields(file)
  if (!fields.ok) return fields
  const details = detailsOf(fields.value)
  const known = new Set<number>(Object.values(identityTag))
  const birthDate = parseBirthDate(details.birthDate ?? '')
  const validFrom = parseDate(details.validFrom ?? '')
  const validUntil = parseDate(details.validUntil ?? '')
  const sex = sexOf(details.sex)
  return ok({
    identity: {
      familyName: details.name ?? '',
      givenNames: details.givenNames ?? '',
      ...(birthDate === undefined ? {} : { birthDate }),
      ...said('birthPlace', details.birthPlace),
      ...(sex === undefined ? {} : { sex }),
      ...said('nationality', details.nationality),
      ...said('nationalNumber', readNationalNumber(details.nationalNumber ?? '')?.digits ?? details.nationalNumber),
      ...said('documentNumber', details.cardNumber),
      ...said('documentType', details.documentType === undefined ? undefined : documentTypeOf(details.documentType)),
      ...(validFrom === undefined ? {} : { validFrom }),
      ...(validUntil === undefined ? {} : { validUntil }),
      ...said('issuer', details.municipalityOfIssue),
    },
    photoHash: fields.value.get(identityTag.photoHash),
    basicKeyHash: fields.value.get(identityTag.basicKeyHash),
    details,
    unknown: [...fields.value].filter(([tag]) => !known.has(tag)).map(([tag, value]) => ({ tag, hex: hex(value) })),
  })
}

/** Decodes the address file 4033; undefined when it is empty (a diplomat, a person abroad). Fault: card.malformed. */
export function parseAddressFile(file: Uint8Array): Result<Address | undefined> {
  const fields = parseFields(file)
  if (!fields.ok) return fields
  const [street, postalCode, municipality] = [addressTag.street, addressTag.postalCode, addressTag.municipality].map(
    (tag) => text(fields.value.get(tag) ?? new Uint8Array(0)),
  )
  if (!street && !postalCode && !municipality) return ok(undefined)
  return ok({ street: street ?? '', postalCode: postalCode ?? '', municipality: municipality ?? '' })
}

function detailsOf(fields: Fields): Partial<Record<IdentityTag, string>> {
  const details: Partial<Record<IdentityTag, string>> = {}
  // Object.entries widens the keys of the table to string.
  for (const [name, tag] of Object.entries(identityTag) as [IdentityTag, number][]) {
    const value = fields.get(tag)
    if (value !== undefined) details[name] = binary.has(name) ? hex(value) : text(value)
  }
  return details
}

const said = <K extends keyof Identity>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  // A single computed key of a generic type is widened by the compiler to an index signature.
  value === undefined || value === '' ? {} : ({ [key]: value } as Partial<Record<K, string>>)
