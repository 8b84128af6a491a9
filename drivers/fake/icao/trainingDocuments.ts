import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrainingCard } from '#shared/contract/cardEvents.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { createOtherCard } from '../belgian/applet.ts'
import { withFaults, type CardLink } from '../faultyCard.ts'
import { createDocument, type DocumentOptions, type Holder } from './document.ts'
import { moroccan, moroccanResident, notYetResident, resident, specimenCan, traveller } from './holders.ts'
import { createIssuer } from './issuer.ts'

type Recipe = Pick<DocumentOptions, 'tamper' | 'withheld' | 'extended' | 'tries'> & {
  readonly holder: (today: Date) => Holder
  readonly photo: string
  readonly mapping?: NonNullable<DocumentOptions['pace']>['mapping']
  /** Signed by a country whose certificate no office has. */
  readonly stranger?: boolean
  /** BAC only: an older document. */
  readonly old?: boolean
}

const recipes = {
  icao: { holder: resident, photo: 'resident.jp2' },
  icaoCopy: { holder: resident, photo: 'resident.jp2', tamper: 'copy' },
  notYetValid: { holder: notYetResident, photo: 'resident.jp2' },
  cnie: {
    holder: moroccan,
    photo: 'citizen.jpg',
    mapping: 'ECDH-CAM',
    stranger: true,
    extended: { limit: 2048 },
    tries: 3,
  },
  cnieClosed: { holder: moroccan, photo: 'citizen.jpg', withheld: true },
  residence: { holder: moroccanResident, photo: 'foreigner.jpg', stranger: true },
  passport: { holder: traveller, photo: 'citizen.jpg', old: true },
} satisfies Partial<Record<TrainingCard, Recipe>>

type Kind = keyof typeof recipes | 'cnie2008'
const recipeOf = (kind: keyof typeof recipes): Recipe => recipes[kind]

/** The simulated cards with the application of Doc 9303, and the Moroccan card of 2008, whose chip speaks to nobody. */
export interface TrainingDocuments {
  readonly countrySigner: Uint8Array
  readonly isDocument: (card: TrainingCard) => card is Kind
  /** Fault: file.unreadable (the drawn photo is missing). */
  take(kind: Kind): Promise<Result<CardLink>>
}

/** Prepares a country with fresh keys, and another one that nobody trusts. */
export async function openTrainingDocuments(specimenFolder: string, today: Date): Promise<TrainingDocuments> {
  const [country, stranger] = await Promise.all([createIssuer(today), createIssuer(today)])
  return {
    countrySigner: country.countrySigner,
    isDocument: (card): card is Kind => card === 'cnie2008' || card in recipes,
    async take(kind) {
      if (kind === 'cnie2008') return ok(withFaults(createOtherCard()))
      const recipe = recipeOf(kind)
      const photo = await readFile(join(specimenFolder, recipe.photo)).catch(() => undefined)
      if (photo === undefined) return err(faultOf('file.unreadable', recipe.photo))
      const issuer = recipe.stranger === true ? stranger : country
      const { tamper, withheld, extended, tries, mapping } = recipe
      return ok(
        withFaults(
          createDocument({
            holder: recipe.holder(today),
            photo,
            sign: issuer.signGroups,
            signInfos: issuer.signInfos,
            ...(recipe.old === true
              ? {}
              : {
                  can: specimenCan,
                  pace: { cipher: 'AES-128', parameterId: 12, ...(mapping !== undefined && { mapping }) },
                }),
            chipKey: { parameterId: 12, cipher: 'AES-128', secret: BigInt(`0x${randomBytes(31).toString('hex')}`) },
            ...(tamper !== undefined && { tamper }),
            ...(tries !== undefined && { tries }),
            ...(withheld !== undefined && { withheld, bac: false }),
            ...(extended !== undefined && { extended }),
          }),
        ),
      )
    },
  }
}
