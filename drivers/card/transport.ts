import type { CardChannel } from '#shared/ports/cardChannel.ts'
import type { Result } from '#shared/result.ts'
import type { Pinpad } from './pinpad.ts'

/** An open conversation with the card in a reader, to be closed by who opened it. */
export interface Connection extends CardChannel {
  /** The reader's own keys for a PIN; absent, or undefined, where it has none. */
  pinpad?(): Promise<Pinpad | undefined>
  close(): Promise<void>
}

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
