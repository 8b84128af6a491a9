import { randomBytes, X509Certificate } from 'node:crypto'
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
import { agent, child, citizen, expired, foreigner, type Person } from './belgian/persons.ts'
import { parseCertificate } from '../card/profiles/icao/certificate.ts'
import { createDocument, type DocumentTamper } from './icao/document.ts'
import { createIssuer } from './icao/issuer.ts'
import { resident, specimenCan } from './icao/holders.ts'
import { withFaults, type CardFaults, type CardLink } from './faultyCard.ts'

/** A drawer of simulated cards and the root under which they were made; trusted by training only. */
export interface TrainingCards {
  readonly trust: Trust
  /** Fault: file.unreadable (the drawn photo is missing). */
  take(card: TrainingCard): Promise<Result<CardLink>>
}

/** The command time of a slow card, in milliseconds: near the upper end of what real cards take. */
const slowly = 60

/** The drawn photo of the permit, in JPEG 2000 as on most of them. */
const residentPhoto = 'resident.jp2'

interface Recipe {
  readonly person: (today: Date) => Person
  readonly tamper?: readonly Tamper[]
  readonly faults?: CardFaults
}

const recipes: Readonly<Record<Exclude<TrainingCard, 'notEid' | 'icao' | 'icaoCopy'>, Recipe>> = {
  citizen: { person: citizen },
  foreigner: { person: foreigner },
  child: { person: child },
  expired: { person: expired },
  tampered: { person: citizen, tamper: ['identity', 'photo'] },
  slow: { person: citizen, faults: { msPerApdu: slowly } },
  mute: { person: citizen, faults: { muteAt: -1 } },
  agent: { person: agent },
}

/**
 * Prepares the simulated cards: an administration with fresh keys, the drawn photos of `specimenFolder`
 * (`resources/specimen`). `today` places the validity dates.
 */
export async function openTrainingCards(specimenFolder: string, today: Date): Promise<TrainingCards> {
  const [authority, issuer] = await Promise.all([createAuthority('ec', today), createIssuer(today)])
  const countrySigners = [parseCertificate(issuer.countrySigner)].filter((one) => one !== undefined)
  const document = async (tamper?: DocumentTamper): Promise<Result<CardLink>> => {
    const photo = await readFile(join(specimenFolder, residentPhoto)).catch(() => undefined)
    if (photo === undefined) return err(faultOf('file.unreadable', residentPhoto))
    return ok(withFaults(createDocument({
      holder: resident(today), photo, sign: issuer.signGroups, can: specimenCan, pace: { cipher: 'AES-128', parameterId: 12 },
      chipKey: { parameterId: 12, cipher: 'AES-128', secret: BigInt(`0x${randomBytes(31).toString('hex')}`) }, ...(tamper !== undefined && { tamper }),
    })))
  }
  return {
    trust: { roots: [new X509Certificate(authority.root)], pins: new Set(), countrySigners: () => Promise.resolve(countrySigners) },
    take: async (card) => {
      if (card === 'notEid') return ok(withFaults(createOtherCard()))
      if (card === 'icao' || card === 'icaoCopy') return document(card === 'icao' ? undefined : 'copy')
      const { person: personOf, tamper = [], faults = {} } = recipes[card]
      const person = personOf(today)
      const name = `${person.photo}.jpg`
      const photo = await readFile(join(specimenFolder, name)).catch(() => undefined)
      if (photo === undefined) return err(faultOf('file.unreadable', name))
      return ok(withFaults(createBelgianCard({ person, photo, authority, tamper }), faults))
    },
  }
}
