import { z } from 'zod'
import { cleanLine, cleanNumber, latinDigits } from '../../text/incoming.ts'
import { line, name, typedNumber } from '../../text/shapes.ts'
import { identity, partialDate, type Identity } from './identity.ts'

/** The longest name that a field takes, in letters; the longest that documents bear have about half of it. */
export const longestName = 120
const longestNumber = 40
const longestLine = 200

/**
 * An identity as a person or a file gives it: the members of `identity`, bounded and in one form. What a register keeps
 * is read with `identity`: what was taken before a rule stays readable.
 */
export const typedIdentity = identity.extend({
  familyName: name(longestName),
  givenNames: name(longestName),
  nativeName: name(longestName).optional(),
  birthDate: partialDate
    .extend({ value: z.string().max(10).overwrite(latinDigits).pipe(partialDate.shape.value) })
    .optional(),
  birthPlace: line(longestName).optional(),
  nationality: line(longestNumber).optional(),
  nationalNumber: typedNumber(longestNumber).optional(),
  documentNumber: typedNumber(longestNumber).optional(),
  documentType: line(longestName).optional(),
  issuer: line(longestName).optional(),
  address: z
    .strictObject({
      street: line(longestLine),
      postalCode: typedNumber(longestNumber),
      municipality: line(longestName),
    })
    .optional(),
})

const maybe = (text: string | undefined, clean: (text: string) => string): string | undefined =>
  text === undefined ? undefined : clean(text)

/**
 * An identity as a card gave it, in the form of typed ones: nobody can type a card again, so nothing of it is refused
 * here. What was signed is checked before, over the bytes of the card.
 */
export function cleanIdentity(read: Identity): Identity {
  const { address } = read
  const cleaned: Identity = {
    ...read,
    familyName: cleanLine(read.familyName),
    givenNames: cleanLine(read.givenNames),
    nativeName: maybe(read.nativeName, cleanLine),
    birthPlace: maybe(read.birthPlace, cleanLine),
    nationalNumber: maybe(read.nationalNumber, cleanNumber),
    documentNumber: maybe(read.documentNumber, cleanNumber),
    documentType: maybe(read.documentType, cleanLine),
    issuer: maybe(read.issuer, cleanLine),
    address: address && {
      street: cleanLine(address.street),
      postalCode: cleanNumber(address.postalCode),
      municipality: cleanLine(address.municipality),
    },
  }
  // A member that the card does not have stays absent.
  return Object.fromEntries(Object.entries(cleaned).filter(([member]) => member in read)) as Identity
}
