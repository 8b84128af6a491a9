import type { VirtualCard } from './belgian/applet.ts'

/** What goes wrong between reader and card. APDUs are counted from 0 since the card was put in. */
export interface CardFaults {
  /** The card is pulled instead of answering this APDU. */
  readonly removedAt?: number
  /** The card does not answer this APDU nor any later one; -1: not even its ATR. */
  readonly muteAt?: number
  /** Another program resets the card instead of letting it answer this APDU. */
  readonly resetAt?: number
  /** Contact is lost for the instant of this APDU. */
  readonly brokenOffAt?: number
  /** Answers this APDU in place of the card, given what the card would have said. */
  readonly answerAt?: { readonly index: number; readonly answer: (said: Uint8Array) => Uint8Array }
  /** From this APDU on another card lies there; `unnoticed` by the reader, or told as a loss of contact. */
  readonly swapAt?: { readonly index: number; readonly card: VirtualCard; readonly unnoticed: boolean }
  /** Time that the card takes for each APDU, in milliseconds. */
  readonly msPerApdu?: number
}

/** A virtual card with its faults, as a reader talks to it. */
export interface CardLink {
  readonly atr: Uint8Array
  /** False for a card that gives no ATR. */
  readonly alive: boolean
  reset(): void
  transmit(command: Uint8Array): Promise<Uint8Array | 'removed' | 'mute' | 'reset' | 'brokenOff'>
  /** APDUs answered since the card was put in. */
  readonly count: () => number
}

/** Puts faults between a card and its reader. */
export function withFaults(card: VirtualCard, faults: CardFaults = {}): CardLink {
  let count = 0
  const { removedAt, muteAt = Number.POSITIVE_INFINITY, msPerApdu = 0, answerAt, swapAt } = faults
  const there = (index: number): VirtualCard => (swapAt !== undefined && index >= swapAt.index ? swapAt.card : card)
  return {
    atr: card.atr,
    alive: muteAt >= 0,
    reset: () => {
      there(count).reset()
    },
    count: () => count,
    async transmit(command) {
      const index = count
      count += 1
      if (msPerApdu > 0)
        await new Promise((resolve) => {
          setTimeout(resolve, msPerApdu)
        })
      if (index === removedAt) return 'removed'
      if (index >= muteAt) return 'mute'
      if (index === faults.resetAt) return 'reset'
      if (index === faults.brokenOffAt || (index === swapAt?.index && !swapAt.unnoticed)) return 'brokenOff'
      const said = there(index).answer(command)
      return index === answerAt?.index ? answerAt.answer(said) : said
    },
  }
}
