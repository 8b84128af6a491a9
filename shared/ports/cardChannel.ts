import type { Result } from '../result.ts'

/** An open, exclusive conversation with one card: what a card profile reads through. */
export interface CardChannel {
  readonly reader: string
  readonly atr: Uint8Array
  /**
   * Sends one command APDU, returns data and the two status bytes (SW1 SW2) at the end, as they came.
   * Faults: card.removed, card.mute, card.busy, card.timeout, card.noService.
   */
  transmit(command: Uint8Array): Promise<Result<Uint8Array>>
}
