import type { Mrz } from '#shared/domain/mrz/mrz.ts'
import type { PersonalDetails } from './dataGroups.ts'

/** What one country does with the documents of Doc 9303: known by the zone, once the chip is open. */
export interface NationalDocument {
  /** As told in `CardReading.profile`. */
  readonly name: string
  is(mrz: Mrz): boolean
  /** The number by which the country knows the person; undefined where the document does not say it. */
  nationalNumber(mrz: Mrz, person: PersonalDetails): string | undefined
}
