import type { Identity, PartialDate } from './identity.ts'

/** Nobody who stands at a counter was born before this year: the oldest person on record lived for 122 years. */
export const earliestBirth = 1900

/** How many characters of an ISO date each precision has. */
const lengths = { year: 4, month: 7, day: 10 } as const

/** Whether an ISO date, or the year or month of one, is in the calendar (Gregorian, proleptic). */
export function isReal(value: string): boolean {
  const whole = `${value}${'-01-01'.slice(value.length - lengths.year)}`
  const at = new Date(`${whole}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole)
}

/** What is wrong with a date of birth, in words for whoever writes files; nothing when it can be. */
function flawOfBirth({ value, precision }: PartialDate, today: string): string | undefined {
  if (value.length !== lengths[precision]) return `the precision ${precision} does not fit`
  if (!isReal(value)) return 'not in the calendar'
  if (value > today.slice(0, value.length)) return 'in the future'
  return Number(value.slice(0, lengths.year)) < earliestBirth ? `before ${String(earliestBirth)}` : undefined
}

/**
 * What of a typed identity cannot be, as the path of the member and why; nothing when all of it can. Values are never
 * named: they are personal.
 * @param today ISO day at the office
 */
export function flawOfIdentity(person: Identity, today: string): string | undefined {
  const { birthDate, validFrom, validUntil } = person
  const birth = birthDate && flawOfBirth(birthDate, today)
  if (birth !== undefined) return `birthDate: ${birth}`
  return validFrom !== undefined && validUntil !== undefined && validFrom > validUntil
    ? 'validUntil: before validFrom'
    : undefined
}
