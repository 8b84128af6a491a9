import { z } from 'zod'
import { identity, maskIdentifier, type Identity } from './identity.ts'

/**
 * What the file of a request keeps of a person (law 09-08: no more than the purpose needs): who asked, the reference of
 * the
 * document shown, and where to answer. The national number stays masked; photo, sex, issuer and validity are not kept.
 */
export const identityExtract = identity
  .pick({
    familyName: true,
    givenNames: true,
    nativeName: true,
    birthDate: true,
    birthPlace: true,
    nationality: true,
    documentNumber: true,
    documentType: true,
    address: true,
  })
  .extend({ maskedNumber: z.string().exactOptional() })
export type IdentityExtract = z.infer<typeof identityExtract>

/** The extract of an identity. */
export function extractOf(person: Identity): IdentityExtract {
  const { nationalNumber, sex: _sex, validFrom: _from, validUntil: _until, issuer: _issuer, ...kept } = person
  return { ...kept, ...(nationalNumber === undefined ? {} : { maskedNumber: maskIdentifier(nationalNumber) }) }
}

/** The identifier that paper shows, masked: the national number, else the document's; nothing when neither is known. */
export function maskedIdentifier(person: Identity): string | undefined {
  const identifier = person.nationalNumber ?? person.documentNumber
  return identifier === undefined || identifier === '' ? undefined : maskIdentifier(identifier)
}
