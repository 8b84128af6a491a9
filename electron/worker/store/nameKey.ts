import { fold } from '#shared/text/fold.ts'

/**
 * What people are found by: both names, folded, so that "Idrissi" finds "Idrîssi". Kept in `identities.name_key`.
 * @param familyName as it was read or typed
 * @param givenNames as they were read or typed
 */
export const nameKeyOf = (familyName: string, givenNames: string): string => `${fold(familyName)}\n${fold(givenNames)}`
