import type { VirtualCard } from '../belgian/applet.ts'

const aid = Buffer.from('A0000000555350454349', 'hex')
const text = Buffer.from('SPECIMEN ALAOUI|KARIM|العلوي كريم|ZZ000777|SP7000001', 'utf8')

/** A card that no profile of ours knows: the sample plug-in reads it. Nobody of this name and number exists. */
export function createSpecimenCard(): VirtualCard {
  let selected = false
  return {
    atr: Uint8Array.from(Buffer.from('3B6700005350454349414C', 'hex')),
    reset: () => {
      selected = false
    },
    answer(command) {
      const status = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)
      if (command[1] === 0xa4) {
        selected = Buffer.compare(command.subarray(5, 5 + aid.length), aid) === 0
        return status(selected ? 0x9000 : 0x6a82)
      }
      return command[1] === 0xb0 && selected ? Uint8Array.from(Buffer.concat([text, status(0x9000)])) : status(0x6d00)
    },
  }
}
