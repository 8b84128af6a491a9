import { z } from 'zod'
import { cinOf } from '../identity/cin.ts'
import type { Identity } from '../identity/identity.ts'
import type { Mrz } from '../mrz/mrz.ts'

/**
 * Whose an appointment is, for nobody who has not his number and the key of the office: an HMAC-SHA-256 of both, over a
 * salt of its own, so that two appointments of one person do not look alike (law 09-08: as much as the hall needs).
 */
export const personMark = z.strictObject({ salt: z.uuid(), mark: z.string().regex(/^[0-9a-f]{64}$/) })
export type PersonMark = z.infer<typeof personMark>

/** The number of a person or a document in the form that is marked. */
export const personNumber = z
  .string()
  .max(60)
  .transform((text) => text.toUpperCase().replaceAll(/[^A-Z0-9]/gu, ''))
  .pipe(z.string().min(4).max(40))

/** At most so many numbers stand on one document. */
export const numbersOnDocument = z.array(personNumber).max(3)

/** Those of what was said that are numbers, each once. */
const numbersFrom = (said: readonly (string | undefined)[]): string[] => [
  ...new Set(said.flatMap((one) => personNumber.safeParse(one).data ?? [])),
]

/** What a document names a person by, the person's own number first: one of them was given when he booked. */
export const numbersOf = ({ nationalNumber, documentNumber }: Identity): string[] =>
  numbersFrom([nationalNumber, documentNumber])

/** The same from the zone of a document alone; none where a check digit says that it was misread. */
export const numbersOfZone = (zone: Mrz): string[] =>
  zone.composite === false ? [] : numbersFrom([cinOf(zone), zone.documentNumber.value])
