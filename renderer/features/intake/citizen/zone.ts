import { cinOf } from '#shared/domain/identity/cin.ts'
import type { Identity } from '#shared/domain/identity/identity.ts'
import type { Mrz } from '#shared/domain/mrz/mrz.ts'

/**
 * What of a zone the agent sees in the form, and what goes along with it. Names carry no check digit: they are compared
 * by eye.
 */
export function fromZone(zone: Mrz): {
  readonly form: {
    readonly familyName: string
    readonly givenNames: string
    readonly nationalNumber: string
    readonly birthDate: string
  }
  readonly rest: Partial<Identity>
} {
  const { birthDate, expiryDate, documentNumber } = zone
  const expiry = expiryDate.value?.precision === 'day' ? expiryDate.value.value : undefined
  return {
    form: {
      familyName: zone.familyName.value,
      givenNames: zone.givenNames.value,
      nationalNumber: cinOf(zone) ?? documentNumber.value,
      birthDate: birthDate.value?.value.split('-').reverse().join('/') ?? '',
    },
    rest: {
      documentNumber: documentNumber.value,
      documentType: zone.documentCode,
      issuer: zone.issuer,
      nationality: zone.nationality,
      ...(zone.sex === undefined ? {} : { sex: zone.sex }),
      ...(expiry === undefined ? {} : { validUntil: expiry }),
    },
  }
}

/** Whether check digits vouch for everything that has one, and nothing else stands where it cannot. */
export const isProved = (zone: Mrz): boolean =>
  zone.composite !== false &&
  zone.doubtful.length === 0 &&
  [zone.documentNumber, zone.birthDate, zone.expiryDate].every((field) => field.confidence !== 'unproved')
