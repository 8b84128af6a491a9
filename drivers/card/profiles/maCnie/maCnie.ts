import { cinOf, isCin, normalCin } from '#shared/domain/identity/cin.ts'
import type { NationalDocument } from '../icao/nationalDocument.ts'

/**
 * The Moroccan national card (law 04.20) and residence card, where their chip carries the application of Doc 9303.
 * Nothing is
 * published about it, so it is probed like any such chip (PACE with the access number of its front, PACE with its zone,
 * BAC) and
 * known by what the zone says: a card, issued by Morocco. A citizen has a CIN; a resident of another nationality has
 * none of his own,
 * but the number of the card.
 */
export const maCnie: NationalDocument = {
  name: 'ma-cnie',
  is: ({ format, issuer }) => format === 'TD1' && issuer === 'MAR',
  nationalNumber(mrz, { personalNumber }) {
    const stated = personalNumber === undefined ? undefined : normalCin(personalNumber)
    if (stated !== undefined && isCin(stated)) return stated
    return cinOf(mrz) ?? personalNumber
  },
}
