import { createHmac, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import {
  readerRole,
  type CardAccess,
  type CardEvent,
  type CardReading,
  type CardStrength,
  type ReaderRole,
} from '#shared/contract/cardEvents.ts'
import type { AgentCardView, CardPinView } from '#shared/contract/features/session/calls.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CounterId } from '#shared/ids.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { findAccountCard, findCardByMark, type AccountCard } from '../rows/accountCards.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { findSetting, saveSetting } from '../../store/settings.ts'
import { provePinKey, type CardPurpose } from './cardPin.ts'
import type { CardProver } from '../cardProver.ts'
import type { Context, SignedIn } from '../context.ts'

const readerRolesSetting = 'readerRoles'
const readerRoles = z.record(z.string(), readerRole)

/** What each reader of this desk is for, by its name. */
export const readReaderRoles = (db: ReadHandle): Readonly<Record<string, ReaderRole>> =>
  findSetting(db, readerRolesSetting, readerRoles) ?? {}

/** Says what a reader is for; in the journal. Faults: those of `Tx`. */
export const setReaderRole = (
  context: Context,
  who: SignedIn,
  reader: string,
  role: ReaderRole,
): Result<Record<string, never>> =>
  context.store.tx((db) => {
    saveSetting(db, readerRolesSetting, { ...readReaderRoles(db), [reader]: role })
    context.journal.append(db, { actor: who.code, kind: 'reader.roleSet', subject: reader, body: { role } })
    return ok({})
  })

/** A card as it can be bound or recognised: keyed hashes, nothing of the person. */
export interface InsertedCard {
  readonly reader: string
  readonly mark: string
  /** The card proved to hold a private key. */
  readonly keyMark: string | undefined
  readonly profile: string
}

/**
 * The cards of agents among all the cards in the readers. A bound card belongs to its agent and never reaches the
 * citizen's desk; a reader
 * that is the agent's shows no citizen at all.
 */
export interface AgentCards extends CardProver {
  /** Takes in one event of the readers; what the citizen's desk is to hear of it, if anything. */
  routeCardEvent(event: CardEvent): CardEvent | undefined
  /** Whether a reader is kept from citizens: by its role, or because an agent's card is in it. */
  isReservedForAgent(reader: string): boolean
  /**
   * The key that the card in a reader signs with once its PIN was typed, as a keyed hash. Faults: those of
   * `provePinKey`.
   */
  pinKeyMark(reader: string, pin: Uint8Array<ArrayBuffer> | undefined): Promise<Result<string>>
  /** What the card to be bound needs before it signs. Faults: card.absent, those of `CardSigner.signState`. */
  pinState(): Promise<Result<CardPinView>>
  /** The card to be bound. Faults: card.absent, those of reading it with `access`. */
  seated(choice: {
    readonly reader?: string | undefined
    readonly access?: CardAccess | undefined
  }): Promise<Result<InsertedCard>>
  view(): AgentCardView
  /** What is bound, or what a reader is for, has changed: the view is told anew. */
  tell(): void
  /** Nobody is told anything any more. */
  close(): void
}

interface Options {
  readonly db: ReadHandle
  /** The register's own key; marks are made with a key derived from it. */
  readonly key: Uint8Array
  readonly cards: Pick<CardSource, 'read' | 'sign' | 'signState'>
  readonly counter: CounterId
  readonly clock: Pick<Clock, 'now'>
  /** The view changed. */
  readonly onChange: () => void
  /** The bound card has left this reader. */
  readonly onLeft: (reader: string) => void
}

type Seat =
  { readonly state: 'reading' | 'failed' | 'closed' } | { readonly state: 'seen' | 'read'; readonly card: InsertedCard }

/** A card that is still being read is waited for this long, in milliseconds. */
const patience = 20_000

/** The readers with nobody's card in them. */
export function createAgentCards({ db, key, cards, counter, clock, onChange, onLeft }: Options): AgentCards {
  const markKey = Buffer.from(hkdfSync('sha256', key, '', 'guichet agent card', 32))
  const hmac = (text: string): string => createHmac('sha256', markKey).update(text).digest('hex')
  const seats = new Map<string, Seat>()
  /** What the cards that are bound by their PIN say before one is typed, by reader. */
  const pins = new Map<string, CardPinView>()
  let closed = false
  const waiting = new Set<() => void>()
  const roleOf = (reader: string): ReaderRole => readReaderRoles(db)[reader] ?? 'any'
  const cardIn = (reader: string): InsertedCard | undefined => {
    const seat = seats.get(reader)
    return seat !== undefined && 'card' in seat ? seat.card : undefined
  }
  const bound = (reader: string): AccountCard | undefined => {
    const card = cardIn(reader)
    return card === undefined ? undefined : findCardByMark(db, card.mark)
  }
  const seat = (reader: string, now: Seat | undefined): void => {
    if (now === undefined) {
      seats.delete(reader)
      pins.delete(reader)
    } else seats.set(reader, now)
    for (const wake of waiting) wake()
    onChange()
  }
  /** Another card in the place of the one before means that the one before has left. */
  const take = (reader: string, state: 'seen' | 'read', card: InsertedCard): void => {
    const before = cardIn(reader)
    seat(reader, { state, card })
    if (before !== undefined && before.mark !== card.mark) {
      pins.delete(reader)
      onLeft(reader)
    }
    if (state === 'read') void askPin(reader)
  }
  const pinStateOf = async (reader: string): Promise<Result<CardPinView>> => {
    const state = await cards.signState({ reader })
    return state.ok
      ? ok({ pinpad: state.value.pinpad, ...(state.value.tries === undefined ? {} : { tries: state.value.tries }) })
      : state
  }
  /** Tells what a card that is bound by its PIN says of it. */
  const askPin = async (reader: string): Promise<void> => {
    if (bound(reader)?.pinKeyMark === undefined) return
    const state = await pinStateOf(reader)
    if (closed || !state.ok || cardIn(reader) === undefined) return
    pins.set(reader, state.value)
    onChange()
  }
  const pinKeyMark = async (
    reader: string,
    purpose: CardPurpose,
    pin: Uint8Array<ArrayBuffer> | undefined,
  ): Promise<Result<string>> => {
    const key = await provePinKey(cards, { reader, pin, purpose, counter, at: clock.now().toISOString() })
    return key.ok ? ok(hmac(`pin key ${key.value}`)) : key
  }
  const cardOf = (reading: CardReading): InsertedCard => ({
    reader: reading.reader,
    profile: reading.profile,
    mark: hmac(whatItSays(reading)),
    keyMark: reading.chipKey === undefined ? undefined : hmac(`key ${reading.chipKey}`),
  })
  const isReservedForAgent = (reader: string): boolean => roleOf(reader) === 'agent' || bound(reader) !== undefined
  const forSignIn = (): string[] => [...seats.keys()].filter((reader) => roleOf(reader) !== 'citizen')

  /** Until no reader reads any more, or patience ends. */
  const settled = async (): Promise<void> => {
    const busy = (): boolean =>
      forSignIn().some((reader) => ['reading', 'seen'].includes(seats.get(reader)?.state ?? ''))
    if (!busy()) return
    await new Promise<void>((resolve) => {
      const limit = setTimeout(done, patience)
      const look = (): void => {
        if (!busy()) done()
      }
      function done(): void {
        clearTimeout(limit)
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
    })
  }
  /** The agents' own reader goes before the others. */
  const toBind = (reader: string | undefined): string | undefined => {
    const here = (reader === undefined ? forSignIn() : [reader]).filter((one) => seats.has(one))
    return here.find((one) => roleOf(one) === 'agent') ?? here[0]
  }
  const open = async (reader: string, access: CardAccess | undefined): Promise<Result<InsertedCard>> => {
    const read = await cards.read({ reader, ...(access === undefined ? {} : { access }) })
    if (!read.ok) return read
    const card = cardOf(read.value)
    take(reader, 'read', card)
    return ok(card)
  }

  return {
    routeCardEvent(event) {
      if (!('reader' in event)) {
        const left = [...seats.keys()]
        seats.clear()
        pins.clear()
        // A service that stopped says nothing of the cards; readers that were unplugged do.
        if (event.state === 'noReader') for (const reader of left) onLeft(reader)
        seat('', undefined)
        return event
      }
      const { reader } = event
      const was = isReservedForAgent(reader)
      switch (event.state) {
        case 'reading':
          if (cardIn(reader) === undefined) seat(reader, { state: 'reading' })
          break
        case 'identity':
        case 'photo':
        case 'done':
          take(reader, event.state === 'done' ? 'read' : 'seen', cardOf(event.reading))
          break
        case 'failed':
          seat(reader, {
            state:
              event.fault.code === 'card.accessNeeded' ||
              event.fault.code === 'card.accessRefused' ||
              event.fault.code === 'card.accessBlocked'
                ? 'closed'
                : 'failed',
          })
          break
        case 'empty':
        case 'removed':
          seat(reader, undefined)
          onLeft(reader)
          return roleOf(reader) === 'agent' ? undefined : event
      }
      if (!isReservedForAgent(reader)) return event
      // The desk has heard that a card is being read there: for the citizen nothing is.
      return was ? undefined : { state: 'empty', reader, simulated: 'reading' in event && event.reading.simulated }
    },
    isReservedForAgent,
    tell() {
      onChange()
      for (const reader of seats.keys()) if (!pins.has(reader)) void askPin(reader)
    },
    close() {
      closed = true
    },
    pinKeyMark: (reader, pin) => pinKeyMark(reader, 'bind', pin),
    async pinState() {
      await settled()
      const reader = toBind(undefined)
      return reader === undefined ? err(faultOf('card.absent')) : pinStateOf(reader)
    },
    async prove(login, purpose = 'signIn', pin = undefined) {
      const card = findAccountCard(db, login)
      if (card === undefined) return err(faultOf('session.cardUnbound'))
      await settled()
      const seatOf = (): string | undefined => forSignIn().find((reader) => cardIn(reader)?.mark === card.mark)
      for (const reader of card.access === undefined || seatOf() !== undefined ? [] : forSignIn()) {
        if (seats.get(reader)?.state === 'closed') await open(reader, card.access)
      }
      const reader = seatOf()
      if (reader === undefined) return err(faultOf('session.cardAbsent'))
      if (card.keyMark !== undefined && cardIn(reader)?.keyMark !== card.keyMark)
        return err(faultOf('session.cardRefused'))
      if (card.pinKeyMark !== undefined) {
        const mark = await pinKeyMark(reader, purpose, pin)
        if (!mark.ok) {
          void askPin(reader)
          return mark
        }
        if (mark.value !== card.pinKeyMark) return err(faultOf('session.cardRefused'))
      }
      return ok({ reader, strength: strengthOf(card) })
    },
    async seated({ reader, access }) {
      await settled()
      const chosen = toBind(reader)
      if (chosen === undefined) return err(faultOf('card.absent'))
      const card = cardIn(chosen)
      return card === undefined || access !== undefined ? open(chosen, access) : ok(card)
    },
    view() {
      const readers = forSignIn()
      for (const reader of readers) {
        const card = bound(reader)
        const pin = pins.get(reader)
        if (card !== undefined && seats.get(reader)?.state === 'read')
          return {
            state: 'known',
            login: card.login,
            strength: strengthOf(card),
            ...(pin === undefined ? {} : { pin }),
          }
      }
      const states = readers.map((reader) => seats.get(reader)?.state)
      if (states.includes('reading') || states.includes('seen')) return { state: 'reading' }
      const [first] = states
      return {
        state: first === undefined ? 'none' : first === 'read' ? 'unknown' : first === 'closed' ? 'closed' : 'failed',
      }
    },
  }
}

/** How a bound card is told from a copy. */
export const strengthOf = (card: Pick<AccountCard, 'keyMark' | 'pinKeyMark'>): CardStrength =>
  card.pinKeyMark !== undefined ? 'pin' : card.keyMark === undefined ? 'data' : 'chip'

/** What a document says of itself and never changes while it lives; an address may. */
const whatItSays = ({ identity }: CardReading): string =>
  canonicalJson([
    identity.documentNumber ?? '',
    identity.nationalNumber ?? '',
    identity.familyName,
    identity.givenNames,
    identity.birthDate?.value ?? '',
    identity.validUntil ?? '',
  ])

/** Where a card may be read for a citizen. Fault: card.agents (the only card here is an agent's). */
export async function readerForCitizen(
  agentCards: AgentCards,
  cards: Pick<CardSource, 'list'>,
  asked: string | undefined,
): Promise<Result<string | undefined>> {
  const agents: Fault = faultOf('card.agents')
  if (asked !== undefined) return agentCards.isReservedForAgent(asked) ? err(agents) : ok(asked)
  const listed = await cards.list()
  const holding = listed.ok ? listed.value.filter((one) => one.card) : []
  const free = holding.find((one) => !agentCards.isReservedForAgent(one.reader))
  if (free !== undefined || holding.length === 0) return ok(free?.reader)
  return err(agents)
}
