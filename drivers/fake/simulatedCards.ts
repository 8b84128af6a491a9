import type { SimulatedCards } from '#shared/ports/cardSource.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { readOnce } from '#shared/readOnce.ts'
import { ok } from '#shared/result.ts'
import { createCardSource } from '../card/source.ts'
import { openSimulatedTransport } from './simulatedTransport.ts'
import { openTrainingCards } from './trainingCards.ts'

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
 * The card drawer of training mode: one reader that does not exist, read by the same profiles as a real one. Everything
 * that
 * comes from it is marked simulated, and its root is trusted nowhere else.
 */
export function openSimulatedCards({
  specimenFolder,
  clock,
  reader = simulatedReader,
}: SimulatedOptions): SimulatedCards {
  const open = readOnce(() => openTrainingCards(specimenFolder, clock.now()))
  const transport = openSimulatedTransport(reader)
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
