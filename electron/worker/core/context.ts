import { officeSeed, type OfficeSeed } from '#shared/domain/office.ts'
import { bundledZone } from '#shared/domain/clock/zone.ts'
import { utcOffsetMinutes, wallTime } from '#shared/domain/clock/officeTime.ts'
import type { SessionView } from '#shared/contract/features/session/calls.ts'
import type { CounterId } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Journal } from '../journal/journal.ts'
import type { Store } from '../store/open.ts'
import type { CardProver } from './cardProver.ts'
import { findSetting } from '../store/settings.ts'

/** What every use case works on. */
export interface Context {
  readonly store: Store
  readonly journal: Journal
  readonly clock: Clock
  readonly counter: CounterId
  /** A new UUIDv7 (RFC 9562). */
  readonly newId: () => string
  /** The agents' cards in the readers; absent where there are none, as on the command line. */
  readonly agentCards?: CardProver
}

/** Who is at the counter. */
export interface SignedIn {
  readonly view: SessionView
  /** The agent's code, as it stands on paper and in the journal. */
  readonly code: string
  /** The reader with the card that the session was opened with: it is locked when that card leaves. */
  readonly cardReader?: string
}

export const officeSetting = 'office'

/** The office that this register was created for, nothing while it is empty. */
export const findOffice = (store: Store): OfficeSeed | undefined => findSetting(store.db, officeSetting, officeSeed)

/** The office of a register that was filled. */
export function readOffice(store: Store): OfficeSeed {
  const office = findOffice(store)
  if (office === undefined) throw new Error('the register has no office')
  return office
}

/** The day on the office's wall at an instant, as an ISO date, and the legal time that makes it so. */
export function officeDay(
  office: Pick<OfficeSeed, 'zone' | 'legalTime'>,
  instant: Date,
): { readonly day: string; readonly utcOffsetMinutes: number } {
  const offset = utcOffsetMinutes({ name: office.zone, changes: office.legalTime }, instant)
  return { day: wallTime(instant, offset).day, utcOffsetMinutes: offset }
}

/**
 * What a screen shows instants in: the zone by name, or the offset of a decreed legal time that its tables may not know
 * (`+01:00`).
 */
export function screenZone(office: OfficeSeed, instant: Date): string {
  const decreed = office.legalTime.some((change) => Date.parse(change.from) <= instant.getTime())
  if (!decreed && bundledZone(office.zone) === undefined) return office.zone
  const { utcOffsetMinutes: offset } = officeDay(office, instant)
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${offset < 0 ? '-' : '+'}${hours ?? '00'}:${minutes ?? '00'}`
}
