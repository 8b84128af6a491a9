import type { Fault } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import type { Result } from '#shared/result.ts'
import type { Pinpad } from './pinpad.ts'

/** An open conversation with the card in a reader, to be closed by who opened it. */
export interface Connection extends CardChannel {
  /** The reader's own keys for a PIN; absent, or undefined, where it has none. */
  pinpad?(): Promise<Pinpad | undefined>
  close(): Promise<void>
}

/** Detail of a card.mute whose exchange failed at once while the card stayed: contact was lost for an instant. */
export const brokenOff = 'broken off'

/**
 * Whether the card itself may be fine and only lost what was selected: another program reset it, or contact was lost
 * for an instant.
 * What went on begins again then, from the first command: whatever lies there now, nothing of before is mixed with it.
 */
export const mayBeginAgain = ({ code, detail }: Fault): boolean =>
  (code === 'card.busy' && detail === 'reset') ||
  (code === 'card.mute' && detail === brokenOff) ||
  (code === 'card.removed' && detail === anotherCard)

/** Detail of a card.removed: the files that were read are not all of one card. */
export const anotherCard = 'another card'

/** `exclusive`: another program holds the card for itself. */
export type Slot = 'empty' | 'card' | 'mute' | 'exclusive'

export type TransportEvent =
  | { readonly kind: 'service'; readonly up: boolean }
  | { readonly kind: 'slot'; readonly reader: string; readonly slot: Slot }
  | { readonly kind: 'gone'; readonly reader: string }
  /** The first look at the readers is over: none seen until now means that there is none. */
  | { readonly kind: 'settled' }

/** Readers and what is in them, without any knowledge of cards: PC/SC, or the simulated reader. */
export interface CardTransport {
  start(listener: (event: TransportEvent) => void): void
  /** Faults: card.removed, card.mute, card.busy, card.noReader, card.noService. */
  connect(reader: string): Promise<Result<Connection>>
  stop(): Promise<void>
}
