/**
 * The number of the Moroccan identity card (CIN): one to three letters of the issuing series, then digits. Published
 * validators
 * disagree on how many; none has a check digit, and nothing may be computed from it.
 */
const pattern = /^[A-Z]{1,3}\d{3,8}$/

/** Whether a text has the shape of a CIN; leading zeros count. */
export const isCin = (text: string): boolean => pattern.test(text)

/** A typed or read CIN as it is written: capitals, without spaces and signs. */
export const normalCin = (text: string): string => text.toUpperCase().replaceAll(/[\s./-]/g, '')

/** The parts of a zone in which the CIN may stand. */
export interface CinZone {
  readonly issuer: string
  readonly optional: readonly string[]
}

/** The CIN in a Moroccan zone: which of the two optional fields holds it is not published, so both are searched. */
export function cinOf({ issuer, optional }: CinZone): string | undefined {
  return issuer === 'MAR' ? optional.map(normalCin).find(isCin) : undefined
}
