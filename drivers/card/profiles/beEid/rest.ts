import type { CardChannel } from '#shared/ports/cardChannel.ts'

/**
 * Applets 1.0 and 1.1 are not ready for a command sooner than this after `6Cxx`, in milliseconds (commons-eid; eid-mw
 * waits 50). An
 * applet 1.7 with the same ATR pays it once, at the end of its identity file: the hash that tells them apart may be the
 * last field, so
 * that only the end of the file says what the card is. To ask for the fields one by one instead, never past a field
 * that has begun,
 * would avoid `6Cxx` there and take a command a field; asking the card for its version takes one more too.
 */
const rest = 10

/** ATRs of applets 1.0, 1.1 and 1.7; the last two cannot be told apart by it. */
const oldFamily = /^3B(9894(40FF|400A)A503010101AD1310|9813400AA503010101AD1311)$/i

/** Whether the card may be one of the first applets, by its answer to reset. */
export const mayNeedRest = (atr: Uint8Array): boolean => oldFamily.test(Buffer.from(atr).toString('hex'))

/** Lets the card rest after each `6Cxx` for as long as `needed` says so: asked before every command. */
export function withRest(channel: CardChannel, needed: () => boolean): CardChannel {
  let readyAt = 0
  return {
    reader: channel.reader,
    atr: channel.atr,
    transmit: async (command) => {
      // A timer may fire a little early.
      for (let left = readyAt - performance.now(); left > 0 && needed(); left = readyAt - performance.now())
        await new Promise((resolve) => {
          setTimeout(resolve, Math.ceil(left))
        })
      const answer = await channel.transmit(command)
      if (answer.ok && answer.value.at(-2) === 0x6c) readyAt = performance.now() + rest
      return answer
    },
  }
}
