import { isDeepStrictEqual } from 'node:util'

/** A rule that does not hold, in words for the people who run the platform. */
export class Deviation extends Error {}

/** Ends the rule when a value is not the wanted one (or none of the wanted ones). */
export function hold(actual: unknown, wanted: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, wanted)) throw new Deviation(`${what}: expected ${show(wanted)}, got ${show(actual)}`)
}

export function holdOneOf(actual: unknown, wanted: readonly unknown[], what: string): void {
  if (!wanted.some((one) => isDeepStrictEqual(actual, one)))
    throw new Deviation(`${what}: expected one of ${show(wanted)}, got ${show(actual)}`)
}

const show = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 300)
