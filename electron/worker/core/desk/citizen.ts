import type { CardEvent, CardReading } from '#shared/contract/cardEvents.ts'
import type { CardView, IdentityView, PurposeView } from '#shared/contract/features/intake/calls.ts'
import type { Identity, TypedReason } from '#shared/domain/identity/identity.ts'
import { personKey } from '#shared/domain/identity/samePerson.ts'
import { cleanIdentity } from '#shared/domain/identity/typedIdentity.ts'
import type { CitizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { faultOf } from '#shared/fault.ts'
import type { IdentityId } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** What the counter knows of the citizen in front of it: in memory only, wiped when released. */
export interface CitizenDesk {
  /** Takes in one event of the readers. */
  receive(event: CardEvent): void
  /** An identity typed by hand. Faults: identity.reasonMissing (another reason needs a note), those of `record`. */
  type(typed: {
    identity: Identity
    reason: TypedReason
    note?: string | undefined
    suggested?: ('familyName' | 'givenNames' | 'nativeName')[] | undefined
  }): Result<IdentityView>
  /** Forgets the citizen and what the agent chose for him; the photo's bytes are overwritten. */
  release(): void
  /**
   * The agent is done with this citizen: he is forgotten, with whatever his card still says. Whoever came since stays.
   */
  dismiss(identityId: IdentityId): void
  /**
   * The dismissal was a slip: the same citizen is back, as long as nobody came since. He is kept for it for a quarter of a
   * minute. Fault: identity.gone.
   */
  takeBack(identityId: IdentityId): Result<IdentityView>
  /** The receipt of this citizen is issued: once the card leaves, so does the identity. */
  served(identityId: IdentityId): void
  /** Somebody works on this citizen: the time after which he is forgotten begins anew. */
  touch(): void
  /** What this citizen signed with his card; gone with him. */
  signature(): CitizenSignature | undefined
  /** False, and nothing is kept, when this citizen is not at the desk any more. */
  keepSignature(identityId: IdentityId, signature: CitizenSignature): boolean
  purpose(): PurposeView
  /** Another purpose for who is, or comes next, at the desk: an access of its own. Faults: those of `record`. */
  choose(purpose: PurposeView): Result<void>
  card(): CardView
  citizen(): IdentityView | undefined
}

/** The data of a citizen come to the desk; `subject` names them in memory. */
export interface DeskAccess {
  readonly means: 'card' | 'typed'
  readonly purpose: PurposeView
  readonly subject: IdentityId
  readonly reader?: string
  readonly document?: string
}

interface Options {
  readonly clock: Clock
  readonly newId: () => string
  /** Nobody signed in: what a card says is not kept. */
  readonly mayKeep: () => boolean
  /** What citizens are served for here unless the agent says something else. */
  readonly usual: () => PurposeView
  /** Enters an access in the log; what cannot be entered is not shown. */
  readonly record: (access: DeskAccess) => Result<void>
  /** A citizen whom nobody works on is forgotten after so many milliseconds, whatever the window does. */
  readonly forgottenAfter: () => number
  readonly onChange: () => void
}

/** So long a dismissed citizen may be taken back, in milliseconds: a little longer than the window offers it. */
const takenBackWithin = 15_000
const unproved = { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' } as const

/** The desk with nobody at it. */
export function createCitizenDesk({
  clock,
  newId,
  mayKeep,
  usual,
  record,
  forgottenAfter,
  onChange,
}: Options): CitizenDesk {
  let card: CardView = { state: 'noReader' }
  let citizen: IdentityView | undefined
  const readers = new Map<string, { atWork: boolean; simulated: boolean }>()
  /** Readers in which a card is being read, and whether for nobody: the desk has gone on before the card was done. */
  const underWay = new Map<string, 'wanted' | 'dismissed'>()
  const track = (event: CardEvent): void => {
    if (!('reader' in event)) underWay.clear()
    else if (event.state !== 'reading' && event.state !== 'identity' && event.state !== 'photo')
      underWay.delete(event.reader)
    else if (!underWay.has(event.reader)) underWay.set(event.reader, 'wanted')
  }

  let chosen: PurposeView | undefined
  let served = false
  let signature: CitizenSignature | undefined
  let photo: Uint8Array | undefined
  let idle: NodeJS.Timeout | undefined
  /** Who was dismissed last, with the purpose chosen for him. */
  let parted: { readonly citizen: IdentityView; readonly chosen: PurposeView | undefined } | undefined
  let forget: NodeJS.Timeout | undefined
  const part = (last: typeof parted): void => {
    clearTimeout(forget)
    parted = last
    if (last !== undefined) forget = setTimeout(part, takenBackWithin, undefined).unref()
  }

  const purpose = (): PurposeView => chosen ?? usual()
  const touch = (): void => {
    clearTimeout(idle)
    if (citizen !== undefined)
      idle = setTimeout(() => {
        release()
      }, forgottenAfter()).unref()
  }
  const keepPhoto = (bytes: Uint8Array | undefined): void => {
    if (photo !== bytes) photo?.fill(0)
    photo = bytes
  }
  const release = (): void => {
    part(undefined)
    keepPhoto(undefined)
    citizen = undefined
    chosen = undefined
    served = false
    signature = undefined
    touch()
    onChange()
  }
  const accessTo = ({ identityId, source, emrtd }: IdentityView): DeskAccess => ({
    means: source.kind,
    purpose: purpose(),
    subject: identityId,
    ...(source.kind === 'card' ? { reader: source.reader, document: emrtd?.documentCode ?? source.profile } : {}),
  })
  const learn = (heard: CardReading): Result<void> => {
    if (!mayKeep()) return ok(undefined)
    const reading = { ...heard, identity: cleanIdentity(heard.identity) }
    // The same card read on, or put back, is the same citizen: what was begun for him goes on.
    const same = citizen !== undefined && isSame(citizen, reading) ? citizen : undefined
    const read: IdentityView = {
      identityId: same?.identityId ?? freshId(),
      identity: reading.identity,
      source: {
        kind: 'card',
        profile: reading.profile,
        reader: reading.reader,
        checks: reading.checks,
        simulated: reading.simulated,
      },
      purpose: purpose(),
      checks: reading.checks,
      ...(reading.emrtd === undefined ? {} : { emrtd: reading.emrtd }),
      ...(reading.declared === undefined ? {} : { declared: reading.declared }),
      ...(reading.photo === undefined
        ? {}
        : { photo: `data:${reading.photo.mime};base64,${Buffer.from(reading.photo.bytes).toString('base64')}` }),
      readAt: same?.readAt ?? clock.now().toISOString(),
      cardPresent: true,
      ...(reading.signs === undefined ? {} : { signs: reading.signs }),
    }
    const recorded = same === undefined ? record(accessTo(read)) : ok(undefined)
    if (!recorded.ok) return recorded
    if (same === undefined) {
      if (citizen?.source.kind === 'card' && citizen.source.reader !== reading.reader) ignorePendingRead()
      served = false
      signature = undefined
    }
    keepPhoto(reading.photo?.bytes)
    citizen = read
    touch()
    return ok(undefined)
  }
  const freshId = (): IdentityId => newId() as IdentityId // newId makes UUIDs
  /** What the card of the citizen still says is for nobody. */
  const ignorePendingRead = (): void => {
    if (citizen?.source.kind === 'card' && citizen.cardPresent && underWay.has(citizen.source.reader))
      underWay.set(citizen.source.reader, 'dismissed')
  }
  const leave = (reader: string): void => {
    if (citizen?.source.kind !== 'card' || citizen.source.reader !== reader) return
    if (served) release()
    else citizen = { ...citizen, cardPresent: false }
  }
  /** An idle reader does not hide what another one is doing. */
  const show = (
    view: Exclude<CardView, { state: 'noService' | 'noReader' }>,
    atWork: boolean,
    simulated = readers.get(view.reader)?.simulated ?? false,
  ): void => {
    readers.set(view.reader, { atWork, simulated })
    const another = [...readers].some(([name, reader]) => name !== view.reader && reader.atWork)
    if (atWork || !another) card = view
  }

  return {
    receive(event) {
      const dismissed = 'reader' in event && underWay.get(event.reader) === 'dismissed'
      track(event)
      switch (event.state) {
        case 'noService':
        case 'noReader':
          readers.clear()
          if (citizen !== undefined) citizen = { ...citizen, cardPresent: false }
          card = event.remote === true ? { state: event.state, remote: true } : { state: event.state }
          break
        case 'empty':
          leave(event.reader)
          show(event, false, event.simulated)
          break
        case 'reading':
          show(event, true)
          break
        case 'identity':
        case 'photo':
        case 'done': {
          const learnt = dismissed ? ok(undefined) : learn(event.reading)
          show(
            !learnt.ok
              ? { state: 'failed', reader: event.reader, fault: learnt.fault }
              : event.state === 'done'
                ? { state: 'done', reader: event.reader }
                : {
                    state: 'reading',
                    reader: event.reader,
                    step: event.state === 'identity' ? 'photo' : 'proof',
                    done: 0,
                    total: 0,
                  },
            true,
            event.reading.simulated,
          )
          break
        }
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
          show(
            { state: 'removed', reader: event.reader, simulated: readers.get(event.reader)?.simulated ?? false },
            false,
          )
      }
      onChange()
    },
    type({ identity, reason, note, suggested = [] }) {
      if (reason === 'other' && (note ?? '').trim() === '') return err(faultOf('identity.reasonMissing'))
      if (identity.familyName.trim() === '') return err(faultOf('request.invalid', 'familyName: empty'))
      const typed: IdentityView = {
        identityId: freshId(),
        identity,
        source: {
          kind: 'typed',
          reason,
          ...(note === undefined ? {} : { note }),
          ...(suggested.length === 0 ? {} : { suggested }),
        },
        purpose: purpose(),
        checks: unproved,
        readAt: clock.now().toISOString(),
        cardPresent: false,
      }
      const recorded = record(accessTo(typed))
      if (!recorded.ok) return recorded
      ignorePendingRead()
      keepPhoto(undefined)
      served = false
      signature = undefined
      citizen = typed
      touch()
      onChange()
      return ok(typed)
    },
    release,
    dismiss(identityId) {
      if (citizen?.identityId !== identityId) return
      ignorePendingRead()
      const last = served ? undefined : { citizen, chosen }
      release()
      part(last)
    },
    takeBack(identityId) {
      if (citizen !== undefined || parted?.citizen.identityId !== identityId) return err(faultOf('identity.gone'))
      const { source } = parted.citizen
      const cardPresent = source.kind === 'card' && card.state === 'done' && card.reader === source.reader
      citizen = { ...parted.citizen, cardPresent }
      chosen = parted.chosen
      part(undefined)
      touch()
      onChange()
      return ok(citizen)
    },
    served: (identityId) => {
      served ||= citizen?.identityId === identityId
    },
    touch,
    signature: () => signature,
    keepSignature(identityId, signed) {
      if (citizen?.identityId !== identityId) return false
      signature = signed
      return true
    },
    purpose,
    choose(wanted) {
      if (wanted.purpose === purpose().purpose) return ok(undefined)
      const recorded = citizen === undefined ? ok(undefined) : record({ ...accessTo(citizen), purpose: wanted })
      if (!recorded.ok) return recorded
      chosen = wanted
      if (citizen !== undefined) citizen = { ...citizen, purpose: wanted }
      onChange()
      return ok(undefined)
    },
    card: () => card,
    citizen: () => citizen,
  }
}

/** The same document: its number, or where it bears none, the same person on it. */
const isSame = (known: IdentityView, reading: CardReading): boolean =>
  known.source.kind === 'card' && personKey(known.identity) === personKey(reading.identity)
