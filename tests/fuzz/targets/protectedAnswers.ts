import { createSession } from '#drivers/card/profiles/icao/secureMessaging.ts'
import { createChipSession } from '#drivers/fake/icao/chipSession.ts'
import { mutateBytes } from '../mutate.ts'
import { must, type Target } from '../target.ts'

const keysOf = (cipher: '3DES' | 'AES-128' | 'AES-256') => {
  const length = cipher === 'AES-256' ? 32 : 16
  return {
    cipher,
    enc: new Uint8Array(length).fill(0x11),
    mac: new Uint8Array(length).fill(0x23),
    ssc: new Uint8Array(cipher === '3DES' ? 8 : 16).fill(7),
  }
}

/** Answers under secure messaging: only what the chip sealed is opened. */
export const protectedAnswers: Target = {
  about: 'answers under secure messaging: what was changed is not opened',
  open: () => ({
    one: (draw) => {
      const keys = keysOf(draw.pick(['3DES', 'AES-128', 'AES-256']))
      const [terminal, chip] = [createSession(keys), createChipSession(keys)]
      const command = Uint8Array.of(0x00, 0xb0, draw.below(0x80), draw.below(256), draw.below(256))
      const heard = chip.open(terminal.wrap(command))
      must(heard !== undefined && Buffer.compare(heard, command) === 0, 'a command that arrives otherwise')
      const answer = Uint8Array.of(...draw.bytes(draw.pick([0, 1, 15, 16, 223])), 0x90, 0x00)
      const sealed = chip.seal(answer)
      const changed = draw.chance(0.05) ? sealed : mutateBytes(draw, sealed)
      const opened = terminal.unwrap(changed)
      if (opened === undefined) return false
      must(Buffer.compare(opened, answer) === 0, 'an answer that the chip did not give')
      return true
    },
  }),
}
