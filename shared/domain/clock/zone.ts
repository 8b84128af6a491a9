import { z } from 'zod'
import casablanca from '../../../resources/zones/africa-casablanca.json' with { type: 'json' }
import brussels from '../../../resources/zones/europe-brussels.json' with { type: 'json' }

/**
 * The rule of a zone as data: runtimes keep old tables for years, and a change that matters to a printed date travels
 * as a file of its own. `utcOffsetMinutes` holds before the first transition, each transition from its instant on, the
 * last one for good.
 */
export const zoneRule = z.strictObject({
  zone: z.string(),
  /** Of the zone data that it was taken from, as `2026c`: a later one moves what is to come. */
  version: z.string(),
  source: z.string(),
  utcOffsetMinutes: z.int().min(-840).max(840),
  transitions: z.array(z.strictObject({ at: z.iso.datetime(), utcOffsetMinutes: z.int().min(-840).max(840) })),
})
export type ZoneRule = z.infer<typeof zoneRule>

const bundled: readonly ZoneRule[] = [casablanca, brussels]

/** The rule of a zone by its IANA name, as it came with the program; nothing for a zone that nobody works in. */
export const bundledZone = (name: string): ZoneRule | undefined => bundled.find((rule) => rule.zone === name)

/** The minutes to add to UTC at an instant (milliseconds), by a rule. */
export const offsetAt = (rule: ZoneRule, instant: number): number =>
  rule.transitions.findLast((one) => Date.parse(one.at) <= instant)?.utcOffsetMinutes ?? rule.utcOffsetMinutes
