import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { CardProfile } from '../../profile.ts'
import { icao } from '../icao/icao.ts'
import { maCnie } from './maCnie.ts'

/**
 * Reads as `icao` does, and takes Moroccan cards alone: what the zone of an open chip says is another document is
 * card.unsupported.
 */
export const onlyMoroccan: CardProfile = {
  name: maCnie.name,
  async recognise(channel) {
    const read = await icao.recognise(channel)
    const reading = read.ok ? read.value : undefined
    if (reading === undefined) return read
    return ok(async (context) => {
      const content = await reading({
        ...context,
        onContent: (state, known) => {
          if (known.profile === maCnie.name) context.onContent(state, known)
        },
      })
      return content.ok && content.value.profile !== maCnie.name
        ? err(faultOf('card.unsupported', maCnie.name))
        : content
    })
  },
}
