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
import { child, citizen, expired, foreigner, type Person } from './belgian/persons.ts'
import { withFaults, type CardFaults, type CardLink } from './faultyCard.ts'

/** A drawer of simulated cards and the root under which they were made; trusted by training only. */
export interface TrainingCards {
  readonly trust: Trust
  /** Fault: file.unreadable (the drawn photo is missing). */
  take(card: TrainingCard): Promise<Result<CardLink>>
}

/** The command time of a slow card, in milliseconds: near the upper end of what real cards take. */
const slowly = 60

interface Recipe {
  readonly person: (today: Date) => Person
  readonly tamper?: readonly Tamper[]
  readonly faults?: CardFaults
}

const recipes: Readonly<Record<Exclude<TrainingCard, 'notEid'>, Recipe>> = {
  citizen: { person: citizen },
  foreigner: { person: foreigner },
  child: { person: child },
  expired: { person: expired },
  tampered: { person: citizen, tamper: ['identity', 'photo'] },
  slow: { person: citizen, faults: { msPerApdu: slowly } },
  mute: { person: citizen, faults: { muteAt: -1 } },
}

/**
 * Prepares the simulated cards: an administration with fresh keys, the drawn photos of `specimenFolder`
 * (`resources/specimen`). `today` places the validity dates.
 */
export async function openTrainingCards(specimenFolder: string, today: Date): Promise<TrainingCards> {
  const authority = await createAuthority('ec', today)
  return {
    trust: { roots: [new X509Certificate(authority.root)], pins: new Set() },
    take: async (card) => {
      if (card === 'notEid') return ok(withFaults(createOtherCard()))
      const { person: personOf, tamper = [], faults = {} } = recipes[card]
      const person = personOf(today)
      const name = `${person.photo}.jpg`
      const photo = await readFile(join(specimenFolder, name)).catch(() => undefined)
      if (photo === undefined) return err(faultOf('file.unreadable', name))
      return ok(withFaults(createBelgianCard({ person, photo, authority, tamper }), faults))
    },
  }
}
