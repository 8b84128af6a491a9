import type { Address } from '#shared/domain/identity/identity.ts'
import { checkDigits } from '../../card/profiles/beEid/nationalNumber.ts'
import type { IdentityTag } from '../../card/profiles/beEid/identityFile.ts'

/**
 * A synthetic person: the identity fields as a card writes them (`version` in hexadecimal). Nobody of this name and
 * number exists.
 */
export interface Person {
  readonly fields: Readonly<Partial<Record<IdentityTag, string>>>
  readonly address: Address | undefined
  readonly photo: Specimen
  /** Young children have no certificates. */
  readonly certificates: boolean
}
/** The drawn photos under `resources/specimen`. */
export type Specimen = 'citizen' | 'foreigner' | 'child'

/** `DD.MM.YYYY`, a number of years from today. */
const inYears = (today: Date, years: number): string => {
  const month = String(today.getUTCMonth() + 1).padStart(2, '0')
  return `15.${month}.${today.getUTCFullYear() + years}`
}

/**
 * YYMMDD-SSS-CC without separators: CC is 97 less the rest of the nine digits by 97, with a 2 before them from 2000 on.
 */
export function nationalNumber(birth: string, serial: number, bornFrom2000: boolean): string {
  const nine = `${birth}${String(serial).padStart(3, '0')}`
  return nine + checkDigits(nine, bornFrom2000)
}

/** A citizen with accents in every place that can have them. */
export const citizen = (today: Date): Person => ({
  fields: {
    cardNumber: '591000000026',
    validFrom: inYears(today, -3),
    validUntil: inYears(today, 7),
    municipalityOfIssue: 'Liège',
    nationalNumber: nationalNumber('840606', 1, false),
    name: 'Spécimen-Lefèbvre',
    givenNames: 'Anaïs Zoë',
    thirdInitial: 'É',
    nationality: 'Belge',
    birthPlace: 'Saint-Étienne-au-Mont',
    birthDate: '06 JUIN 1984',
    sex: 'F',
    documentType: '01',
    specialStatus: '0',
  },
  address: { street: 'Rue de l’Épée 12 bte 3', postalCode: '4000', municipality: 'Liège' },
  photo: 'citizen',
  certificates: true,
})

/** A foreigner of whom only the year of birth is known. */
export const foreigner = (today: Date): Person => ({
  fields: {
    version: '0002',
    cardNumber: 'B100000045',
    validFrom: inYears(today, -1),
    validUntil: inYears(today, 4),
    municipalityOfIssue: 'Antwerpen',
    nationalNumber: nationalNumber('710000', 3, false),
    name: 'SPECIMEN BENALI',
    givenNames: 'Youssef',
    nationality: 'Marokko',
    birthPlace: 'Ouarzazate',
    birthDate: '1971',
    sex: 'M',
    documentType: '15',
    specialStatus: '0',
    labourMention: '7',
  },
  address: { street: 'Lange Nieuwstraat 7', postalCode: '2000', municipality: 'Antwerpen' },
  photo: 'foreigner',
  certificates: true,
})

/** A child from the German-speaking municipalities, with a Kids-ID. */
export const child = (today: Date): Person => ({
  fields: {
    cardNumber: '610000000067',
    validFrom: inYears(today, -1),
    validUntil: inYears(today, 2),
    municipalityOfIssue: 'Eupen',
    nationalNumber: nationalNumber('190309', 2, true),
    name: 'Specimen Müller',
    givenNames: 'Jörg',
    nationality: 'Belgier',
    birthPlace: 'Sankt Vith',
    birthDate: '09.MÄR.2019',
    sex: 'M',
    documentType: '6',
    specialStatus: '0',
  },
  address: { street: 'Schulstraße 1', postalCode: '4700', municipality: 'Eupen' },
  photo: 'child',
  certificates: false,
})

/** An agent of the counter: the same card on every day, so that it stays bound. */
export const agent = (): Person => ({
  fields: {
    cardNumber: '591000000107',
    validFrom: '15.01.2024',
    validUntil: '15.01.2034',
    municipalityOfIssue: 'Namur',
    nationalNumber: nationalNumber('900312', 5, false),
    name: 'Spécimen-Agent',
    givenNames: 'Leïla',
    nationality: 'Belge',
    birthPlace: 'Namur',
    birthDate: '12 MARS 1990',
    sex: 'F',
    documentType: '01',
    specialStatus: '0',
  },
  address: { street: 'Rue du Guichet 1', postalCode: '5000', municipality: 'Namur' },
  photo: 'citizen',
  certificates: true,
})

/** The citizen with a card that ran out last year. */
export const expired = (today: Date): Person => {
  const person = citizen(today)
  return { ...person, fields: { ...person.fields, validFrom: inYears(today, -11), validUntil: inYears(today, -1) } }
}
