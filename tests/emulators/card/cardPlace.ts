import type { CardLink } from '#drivers/fake/faultyCard.ts'

/**
 * The place in a reader where one card after the other lies, without the reader noticing: all have the same answer to
 * reset.
 */
export interface CardPlace extends CardLink {
  /** Lays another card there, as it is after a reset. */
  lay(link: CardLink): void
}

/** A place with a first card in it: putting cards in and out through the service takes most of a second each. */
export function cardPlace(first: CardLink): CardPlace {
  let link = first
  return {
    atr: first.atr,
    get alive() {
      return link.alive
    },
    reset: () => {
      link.reset()
    },
    transmit: (command) => link.transmit(command),
    count: () => link.count(),
    lay: (next) => {
      link = next
    },
  }
}
