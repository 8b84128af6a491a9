import type { VirtualCard } from './belgian/applet.ts'

const status = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)

/**
 * A card in contact that speaks T=0 (ISO 7816-3 §10.3): a command with data is answered by `61xx` and GET RESPONSE, one
 * that asks for another length than there is by `6Cxx`.
 */
export function overContact(card: VirtualCard): VirtualCard {
  let waiting = new Uint8Array(0)
  const hand = (le: number): Uint8Array => {
    if (waiting.length < 2) return status(0x6985)
    const data = waiting.length - 2
    if (le > data) return status(0x6c00 | data)
    const answer = Buffer.concat([
      waiting.subarray(0, le),
      le === data ? waiting.subarray(data) : status(0x6100 | ((data - le) & 0xff)),
    ])
    waiting = le === data ? new Uint8Array(0) : waiting.slice(le)
    return answer
  }
  return {
    atr: Uint8Array.from([0x3b, 0x68, 0x00, 0x00, 0x00, 0x73, 0xc8, 0x40, 0x13, 0x00, 0x90, 0x00]),
    reset: () => {
      waiting = new Uint8Array(0)
      card.reset()
    },
    answer(command) {
      const le = command.length > 4 && command.at(-1) !== 0 ? (command.at(-1) ?? 0) : 256
      if (command[1] === 0xc0) return hand(le)
      waiting = Uint8Array.from(card.answer(command))
      const data = waiting.length - 2
      if (data <= 0) return waiting
      if (command.length > 5) return status(0x6100 | (data & 0xff))
      return data < le ? status(0x6c00 | data) : waiting
    },
  }
}
