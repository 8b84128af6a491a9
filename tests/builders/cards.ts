import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Trust } from '#drivers/card/trust.ts'
import type { Authority } from '#drivers/fake/belgian/authority.ts'
import type { Specimen } from '#drivers/fake/belgian/persons.ts'
import type { CardLink } from '#drivers/fake/faultyCard.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok } from '#shared/result.ts'

/** The day on which the simulated cards of a test are valid. */
export const cardDay = new Date('2026-11-21T09:00:00Z')

/** The folder of the drawn photos. */
export const specimenFolder = join(import.meta.dirname, '..', '..', 'resources', 'specimen')

/** One of the drawn photos, as it stands on a card. */
export const specimenPhoto = (specimen: Specimen): Uint8Array => readFileSync(join(specimenFolder, `${specimen}.jpg`))

/** Trust in these training administrations. */
export const trustIn = (...authorities: readonly Authority[]): Trust => ({
  roots: authorities.map(({ root }) => new X509Certificate(root)),
  pins: new Set(),
})

/** A card in the hand of the test: no reader between. */
export const channelTo = (link: CardLink): CardChannel => ({
  reader: 'test',
  atr: link.atr,
  transmit: async (command) => {
    const answer = await link.transmit(command)
    return typeof answer === 'string'
      ? err(faultOf(answer === 'removed' ? 'card.removed' : answer === 'reset' ? 'card.busy' : 'card.mute'))
      : ok(answer)
  },
})
