import type { HidInfo, HidProfile } from '../profile.ts'
import { asciiReports } from './asciiReports.ts'
import { posScanner } from './posScanner.ts'

const profiles: readonly HidProfile[] = [posScanner, asciiReports]

/** The profile of a device; undefined for keyboards, mice and all that is no reader. */
export const profileOf = (info: HidInfo): HidProfile | undefined => profiles.find((profile) => profile.matches(info))
