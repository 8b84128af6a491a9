import type { OfficeHandedOver } from '#shared/contract/officeFile.ts'
import { plainCode } from '#shared/domain/enrolment.ts'
import { faultOf, type Fault } from '#shared/fault.ts'

/** The platform of the synthetic register: where it is, the fingerprint of its key, and the office it serves. */
export const demoPlatform = {
  address: 'https://plateforme.exemple.ma',
  key: '4TKW-9Q2M-HX7D-0BZR-6VNE-51JC-GPA8-Y3F0',
  office: { fr: 'Commune de Rabat', ar: 'جماعة الرباط' },
}

/** Why an office file is not taken in: one of a few bytes is none, the others bear the key above. */
export function refusedOffice({ file, fingerprint }: OfficeHandedOver): Fault | undefined {
  if (file.byteLength < 100) return faultOf('office.notOffice')
  return plainCode(fingerprint) === plainCode(demoPlatform.key) ? undefined : faultOf('office.fingerprint')
}
