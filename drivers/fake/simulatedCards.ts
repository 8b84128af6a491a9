import { faultOf } from '#shared/fault.ts'
import type { SimulatedCards } from '#shared/ports/cardSource.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { createCardSource } from '../card/source.ts'
import type { CardTransport, Connection, TransportEvent } from '../card/transport.ts'
import type { CardLink } from './faultyCard.ts'
import { openTrainingCards, type TrainingCards } from './trainingCards.ts'

export interface SimulatedOptions {
  /** Folder of the drawn photos: `resources/specimen`. */
  readonly specimenFolder: string
  readonly clock: Clock
  /** The name of the reader; that of the citizens when absent. */
  readonly reader?: string
}

/** The name of the one simulated reader. */
export const simulatedReader = 'Guichet SPECIMEN'
/** And of the one where an agent puts his own card. */
export const simulatedAgentReader = 'Guichet SPECIMEN agent'

/**
 * The card drawer of training mode: one reader that does not exist, read by the same profiles as a real one. Everything that
 * comes from it is marked simulated, and its root is trusted nowhere else.
 */
export function openSimulatedCards({ specimenFolder, clock, reader = simulatedReader }: SimulatedOptions): SimulatedCards {
  let drawer: Promise<TrainingCards> | undefined
  const open = (): Promise<TrainingCards> => (drawer ??= openTrainingCards(specimenFolder, clock.now()))
  const transport = simulatedTransport(reader)
  const source = createCardSource({ transport, trust: async () => (await open()).trust, simulated: () => true, clock })
  // Only the last hand movement counts: a card that is still being made when it is taken away never arrives.
  let movement = 0
  return {
    ...source,
    async insert(card) {
      const mine = (movement += 1)
      transport.take()
      const link = await (await open()).take(card)
      if (link.ok && mine === movement) transport.put(link.value)
      return link.ok ? ok(undefined) : link
    },
    remove() {
      movement += 1
      transport.take()
    },
  }
}

interface SimulatedTransport extends CardTransport {
  put(link: CardLink): void
  take(): void
}

function simulatedTransport(name: string): SimulatedTransport {
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
    connect: (reader) => Promise.resolve(link === undefined ? err(faultOf('card.removed')) : ok(connectionTo(reader, link, () => link))),
    stop() {
      tell = () => undefined
      return Promise.resolve()
    },
    put(card) { link = card; slot() },
    take() { link = undefined; slot() },
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
      return answer === 'removed' || present() !== link ? err(faultOf('card.removed')) : ok(answer)
    },
    close: () => Promise.resolve(),
  }
}
