import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { brokenOff, type CardTransport, type Connection, type TransportEvent } from '../card/transport.ts'
import type { CardLink } from './faultyCard.ts'

/** A reader that does not exist, and the hand that puts cards into it. */
export interface SimulatedTransport extends CardTransport {
  put(link: CardLink): void
  take(): void
}

/** One simulated reader with an empty slot. */
export function openSimulatedTransport(name: string): SimulatedTransport {
  let link: CardLink | undefined
  let tell: (event: TransportEvent) => void = () => undefined
  const slot = (): void => {
    tell({ kind: 'slot', reader: name, slot: link === undefined ? 'empty' : link.alive ? 'card' : 'mute' })
  }
  return {
    start(listener) {
      tell = listener
      tell({ kind: 'service', up: true })
      slot()
      tell({ kind: 'settled' })
    },
    connect: (reader) =>
      Promise.resolve(link === undefined ? err(faultOf('card.removed')) : ok(connectionTo(reader, link, () => link))),
    stop() {
      tell = () => undefined
      return Promise.resolve()
    },
    put(card) {
      link = card
      slot()
    },
    take() {
      link = undefined
      slot()
    },
  }
}

/** A conversation lasts as long as this very card is in the reader. */
function connectionTo(reader: string, link: CardLink, present: () => CardLink | undefined): Connection {
  link.reset()
  return {
    reader,
    atr: link.atr,
    async transmit(command): Promise<Result<Uint8Array>> {
      const answer = present() === link ? await link.transmit(command) : 'removed'
      if (answer === 'mute') return err(faultOf('card.mute'))
      if (answer === 'reset') return err(faultOf('card.busy', 'reset'))
      if (answer === 'brokenOff') return err(faultOf('card.mute', brokenOff))
      return answer === 'removed' || present() !== link ? err(faultOf('card.removed')) : ok(answer)
    },
    close: () => Promise.resolve(),
  }
}
