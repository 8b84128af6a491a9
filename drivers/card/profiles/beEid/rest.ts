import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { parseDate } from './dates.ts'
import { identityTag } from './identityFile.ts'
import { fieldIn } from './tlv.ts'

/** Applets 1.0 and 1.1 are not ready for a command sooner than this after `6Cxx`, in milliseconds (commons-eid; eid-mw waits 50). */
const rest = 10

/**
 * The chip of applet 1.7 came in October 2009 with the ATR of the one before it: asking for the version would take a command more. A card that
 * is valid from this day on, more than two years later, is none of the first; its identity file says so near its beginning.
 */
const oldUntil = '2012-01-01'

/** ATRs of applets 1.0, 1.1 and 1.7; the last two cannot be told apart by it. */
const oldFamily = /^3B(9894(40FF|400A)A503010101AD1310|9813400AA503010101AD1311)$/i

/** Whether the card may be one of the first applets, by its answer to reset. */
export const mayNeedRest = (atr: Uint8Array): boolean => oldFamily.test(Buffer.from(atr).toString('hex'))

/** Whether an identity file, as far as it was read, tells that the card is none of the first applets. */
export function isLater(identityFile: Uint8Array): boolean {
  const validFrom = fieldIn(identityFile, identityTag.validFrom)
  return validFrom !== undefined && (parseDate(Buffer.from(validFrom).toString('latin1')) ?? '') >= oldUntil
}

/** Lets the card rest after each `6Cxx` for as long as `needed` says so: asked before every command. */
export function withRest(channel: CardChannel, needed: () => boolean): CardChannel {
  let readyAt = 0
  return {
    reader: channel.reader,
    atr: channel.atr,
    transmit: async (command) => {
      // A timer may fire a little early.
      for (let left = readyAt - performance.now(); left > 0 && needed(); left = readyAt - performance.now()) await new Promise((resolve) => { setTimeout(resolve, Math.ceil(left)) })
      const answer = await channel.transmit(command)
      if (answer.ok && answer.value.at(-2) === 0x6c) readyAt = performance.now() + rest
      return answer
    },
  }
}
