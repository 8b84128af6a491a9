import type { Holder } from './document.ts'

/** The access number of the specimen documents; it stands on their label. */
export const specimenCan = '123456'

/** Six digits of a date a number of years from today, on the 15th. */
const inYears = (today: Date, years: number): string =>
  `${String(today.getUTCFullYear() + years).slice(2)}${String(today.getUTCMonth() + 1).padStart(2, '0')}15`
const fullYears = (today: Date, years: number): string =>
  `${String(today.getUTCFullYear() + years).slice(0, 2)}${inYears(today, years)}`

/** A resident with a name in two scripts. */
export const resident = (today: Date): Holder => ({
  familyName: 'SPECIMEN EL AMRANI',
  givenNames: 'SALMA',
  nativeName: 'العمراني<<سلمى',
  personalNumber: 'ZZ100001',
  birthPlace: 'UTOPIA',
  birth: '910304',
  expiry: inYears(today, 6),
  sex: 'F',
  documentNumber: 'X00000017',
})

/** The resident with a document that becomes valid in a year. */
export const notYetResident = (today: Date): Holder => ({
  ...resident(today),
  expiry: inYears(today, 9),
  issued: fullYears(today, 1),
})

/**
 * The holder of a Moroccan card; the CIN stands in the second optional field. The zone is the same on every day
 * (`specimenZones`).
 */
export const moroccan = (today: Date): Holder => ({
  familyName: 'SPECIMEN BENNANI',
  givenNames: 'YASMINE',
  nativeName: 'بناني<<ياسمين',
  birthPlace: 'RABAT',
  address: '12, RUE SPECIMEN<10000 RABAT',
  birth: '880917',
  expiry: '331115',
  issued: fullYears(today, -3),
  sex: 'F',
  documentNumber: 'SP0000042',
  issuer: 'MAR',
  optional: ['', 'ZZ012345'],
  authority: 'SPECIMEN',
})

/** A foreigner with a Moroccan residence card. */
export const moroccanResident = (today: Date): Holder => ({
  familyName: 'SPECIMEN DIALLO',
  givenNames: 'AMADOU',
  birthPlace: 'DAKAR',
  birth: '790228',
  expiry: inYears(today, 2),
  issued: fullYears(today, -1),
  sex: 'M',
  documentNumber: 'SR0000051',
  issuer: 'MAR',
  nationality: 'SEN',
  documentCode: 'IR',
  authority: 'SPECIMEN',
})

/** A traveller of Utopia with a passport, whose zone too is the same on every day. */
export const traveller = (today: Date): Holder => ({
  familyName: 'SPECIMEN ERIKSSON',
  givenNames: 'ANNA MARIA',
  birthPlace: 'ZENITH',
  birth: '740812',
  expiry: '331231',
  issued: fullYears(today, -6),
  sex: 'F',
  documentNumber: 'L8988901C',
  passport: true,
  optional: ['ZE184226B'],
})
