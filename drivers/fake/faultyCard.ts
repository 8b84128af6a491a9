import type { VirtualCard } from './belgian/applet.ts'

/** What goes wrong between reader and card. APDUs are counted from 0 since the card was put in. */
export interface CardFaults {
  /** The card is pulled instead of answering this APDU. */
  readonly removedAt?: number
  /** The card does not answer this APDU nor any later one; -1: not even its ATR. */
  readonly muteAt?: number
  /** Time that the card takes for each APDU, in milliseconds. */
  readonly msPerApdu?: number
}

/** A virtual card with its faults, as a reader talks to it. */
export interface CardLink {
  readonly atr: Uint8Array
  /** False for a card that gives no ATR. */
  readonly alive: boolean
  reset(): void
  transmit(command: Uint8Array): Promise<Uint8Array | 'removed' | 'mute'>
  /** APDUs answered since the card was put in. */
  readonly count: () => number
}

/** Puts faults between a card and its reader. */
export function withFaults(card: VirtualCard, faults: CardFaults = {}): CardLink {
  let count = 0
  const { removedAt, muteAt = Number.POSITIVE_INFINITY, msPerApdu = 0 } = faults
  return {
    atr: card.atr,
    alive: muteAt >= 0,
    reset: () => { card.reset() },
    count: () => count,
    async transmit(command) {
      const index = count
      count += 1
      if (msPerApdu > 0) await new Promise((resolve) => { setTimeout(resolve, msPerApdu) })
      return index === removedAt ? 'removed' : index >= muteAt ? 'mute' : card.answer(command)
    },
  }
}
