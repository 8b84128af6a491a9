import type { CardEvent, CardReading } from '#shared/contract/cardEvents.ts'
import type { CardView, IdentityView } from '#shared/contract/views.ts'
import type { Identity, TypedReason } from '#shared/domain/identity.ts'
import { faultOf } from '#shared/fault.ts'
import type { IdentityId } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** What the counter knows of the citizen in front of it: in memory only, wiped when released. */
export interface CitizenDesk {
  /** Takes in one event of the readers. */
  receive(event: CardEvent): void
  /** An identity typed by hand. Fault: identity.reasonMissing (another reason needs a note). */
  type(typed: { identity: Identity; reason: TypedReason; note?: string | undefined }): Result<IdentityView>
  release(): void
  card(): CardView
  citizen(): IdentityView | undefined
}

interface Options {
  readonly clock: Clock
  readonly newId: () => string
  /** Nobody signed in: what a card says is not kept. */
  readonly mayKeep: () => boolean
  readonly onChange: () => void
}

const unproved = { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' } as const

/** The desk with nobody at it. */
export function createCitizenDesk({ clock, newId, mayKeep, onChange }: Options): CitizenDesk {
  let card: CardView = { state: 'noReader' }
  let citizen: IdentityView | undefined
  const readers = new Map<string, { atWork: boolean; simulated: boolean }>()

  const learn = (reading: CardReading): void => {
    if (!mayKeep()) return
    const same = citizen !== undefined && isSame(citizen, reading)
    citizen = {
      // The same card read on, or put back, is the same citizen: what was begun for him goes on.
      identityId: same ? citizen?.identityId ?? freshId() : freshId(),
      identity: reading.identity,
      source: { kind: 'card', profile: reading.profile, reader: reading.reader, checks: reading.checks, simulated: reading.simulated },
      checks: reading.checks,
      ...(reading.emrtd === undefined ? {} : { emrtd: reading.emrtd }),
      ...(reading.photo === undefined ? {} : { photo: `data:${reading.photo.mime};base64,${Buffer.from(reading.photo.bytes).toString('base64')}` }),
      readAt: same ? citizen?.readAt ?? clock.now().toISOString() : clock.now().toISOString(),
      cardPresent: true,
    }
  }
  const freshId = (): IdentityId => newId() as IdentityId // newId makes UUIDs
  const leave = (reader: string): void => {
    if (citizen?.source.kind === 'card' && citizen.source.reader === reader) citizen = { ...citizen, cardPresent: false }
  }
  /** An idle reader does not hide what another one is doing. */
  const show = (view: Exclude<CardView, { state: 'noService' | 'noReader' }>, atWork: boolean, simulated = readers.get(view.reader)?.simulated ?? false): void => {
    readers.set(view.reader, { atWork, simulated })
    const another = [...readers].some(([name, reader]) => name !== view.reader && reader.atWork)
    if (atWork || !another) card = view
  }

  return {
    receive(event) {
      switch (event.state) {
        case 'noService': case 'noReader':
          readers.clear()
          if (citizen !== undefined) citizen = { ...citizen, cardPresent: false }
          card = { state: event.state }
          break
        case 'empty':
          leave(event.reader)
          show(event, false, event.simulated)
          break
        case 'reading':
          show(event, true)
          break
        case 'identity': case 'photo': case 'done':
          learn(event.reading)
          show(event.state === 'done'
            ? { state: 'done', reader: event.reader }
            : { state: 'reading', reader: event.reader, step: event.state === 'identity' ? 'photo' : 'proof', done: 0, total: 0 }, true, event.reading.simulated)
          break
        case 'failed':
          show(event, true)
          break
        case 'removed':
          leave(event.reader)
          // A card pulled too early is told until the next one comes, not just for the instant between two events.
          if (card.state === 'failed' && card.reader === event.reader && card.fault.code === 'card.removed') {
            readers.set(event.reader, { atWork: false, simulated: readers.get(event.reader)?.simulated ?? false })
            break
          }
          show({ state: 'removed', reader: event.reader, simulated: readers.get(event.reader)?.simulated ?? false }, false)
      }
      onChange()
    },
    type({ identity, reason, note }) {
      if (reason === 'other' && (note ?? '').trim() === '') return err(faultOf('identity.reasonMissing'))
      if (identity.familyName.trim() === '') return err(faultOf('request.invalid', 'familyName: empty'))
      citizen = {
        identityId: freshId(), identity, source: { kind: 'typed', reason, ...(note === undefined ? {} : { note }) },
        checks: unproved, readAt: clock.now().toISOString(), cardPresent: false,
      }
      onChange()
      return ok(citizen)
    },
    release() {
      citizen = undefined
      onChange()
    },
    card: () => card,
    citizen: () => citizen,
  }
}

/** The same document: its number, or where it bears none, the same person on it. */
const isSame = (known: IdentityView, reading: CardReading): boolean => {
  if (known.source.kind !== 'card') return false
  const [one, other] = [known.identity, reading.identity]
  return one.documentNumber === other.documentNumber && one.nationalNumber === other.nationalNumber &&
    one.familyName === other.familyName && one.givenNames === other.givenNames
}
