import type { Holder } from './document.ts'

/** The access number of the specimen documents; it stands on their label. */
export const specimenCan = '123456'

/** Six digits of a date a number of years from today, on the 15th. */
const inYears = (today: Date, years: number): string =>
  `${String(today.getUTCFullYear() + years).slice(2)}${String(today.getUTCMonth() + 1).padStart(2, '0')}15`

/** A resident with a name in two scripts. */
export const resident = (today: Date): Holder => ({
  familyName: 'SPECIMEN EL AMRANI', givenNames: 'SALMA', nativeName: 'العمراني<<سلمى', personalNumber: 'ZZ100001', birthPlace: 'UTOPIA',
  birth: '910304', expiry: inYears(today, 6), sex: 'F', documentNumber: 'X00000017',
})
