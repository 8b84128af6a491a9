import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrainingCard } from '#shared/contract/cardEvents.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Trust } from '../card/trust.ts'
import { createOtherCard } from './belgian/applet.ts'
import { createAuthority } from './belgian/authority.ts'
import { createBelgianCard } from './belgian/belgianCard.ts'
import type { Tamper } from './belgian/cardFiles.ts'
import { fixedKeyPair, type KeyPair } from './belgian/holderKeys.ts'
import { agent, child, citizen, expired, foreigner, type Person } from './belgian/persons.ts'
import { parseCertificate } from '../card/profiles/icao/certificate.ts'
import { openTrainingDocuments } from './icao/trainingDocuments.ts'
import { withFaults, type CardFaults, type CardLink } from './faultyCard.ts'

/** A drawer of simulated cards and the root under which they were made; trusted by training only. */
export interface TrainingCards {
  readonly trust: Trust
  /** The country signer of the documents, DER. */
  readonly countrySigner: Uint8Array
  /** Fault: file.unreadable (the drawn photo is missing). */
  take(card: TrainingCard): Promise<Result<CardLink>>
}

/** The command time of a slow card, in milliseconds: near the upper end of what real cards take. */
const slowly = 60

interface Recipe {
  readonly person: (today: Date) => Person
  readonly tamper?: readonly (Tamper | 'copy')[]
  readonly faults?: CardFaults
  /** A card that stays bound from one start to the next. */
  readonly basicKey?: KeyPair
}

const recipes: Readonly<Partial<Record<TrainingCard, Recipe>>> = {
  citizen: { person: citizen },
  foreigner: { person: foreigner },
  child: { person: child },
  expired: { person: expired },
  tampered: { person: citizen, tamper: ['identity', 'photo'] },
  cloned: { person: citizen, tamper: ['copy'] },
  slow: { person: citizen, faults: { msPerApdu: slowly } },
  mute: { person: citizen, faults: { muteAt: -1 } },
  agent: { person: agent, basicKey: fixedKeyPair(Buffer.from('SPECIMEN agent card of the training mode'.padEnd(48))) },
}

/**
 * Prepares the simulated cards: an administration with fresh keys, the drawn photos of `specimenFolder`
 * (`resources/specimen`). `today` places the validity dates.
 */
export async function openTrainingCards(specimenFolder: string, today: Date): Promise<TrainingCards> {
  const [authority, documents] = await Promise.all([
    createAuthority('ec', today),
    openTrainingDocuments(specimenFolder, today),
  ])
  const countrySigners = [parseCertificate(documents.countrySigner)].filter((one) => one !== undefined)
  return {
    trust: {
      roots: [new X509Certificate(authority.root)],
      pins: new Set(),
      countrySigners: () => Promise.resolve(countrySigners),
    },
    countrySigner: documents.countrySigner,
    take: async (card) => {
      if (documents.isDocument(card)) return documents.take(card)
      const recipe = recipes[card]
      if (recipe === undefined) return ok(withFaults(createOtherCard()))
      const { person: personOf, tamper = [], faults = {}, basicKey } = recipe
      const person = personOf(today)
      const name = `${person.photo}.jpg`
      const photo = await readFile(join(specimenFolder, name)).catch(() => undefined)
      if (photo === undefined) return err(faultOf('file.unreadable', name))
      return ok(
        withFaults(
          createBelgianCard({ person, photo, authority, tamper, ...(basicKey !== undefined && { basicKey }) }),
          faults,
        ),
      )
    },
  }
}
