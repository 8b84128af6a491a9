import { createHash } from 'node:crypto'
import type { Checks, Identity, Photo, Verdict } from '#shared/domain/identity.ts'
import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { decodeJpeg2000 } from '../../jpeg2000.ts'
import { jpegSize } from '../../jpeg.ts'
import { encodePng } from '../../png.ts'
import type { CardContent, CardProfile, ProfileContext, Read } from '../../profile.ts'
import { applicationSelected, readOffers, type AccessSecret } from './access.ts'
import type { FaceImage } from './dataGroups.ts'
import { readEmrtd, type EmrtdContent } from './emrtd.ts'

/**
 * The electronic travel and residence documents of ICAO Doc 9303: passports, residence permits, national cards with the
 * application, with contacts or without. EF.CardAccess is asked for first, because PACE comes before the application.
 */
export const icao: CardProfile = { name: 'icao', recognise }

async function recognise(channel: CardChannel): Promise<Result<Read | undefined>> {
  const offers = await readOffers(channel)
  if (!offers.ok) return offers
  if (offers.value.length > 0) return ok((context) => read(channel, context, { offers: offers.value, selected: false }))
  const selected = await applicationSelected(channel)
  if (!selected.ok) return selected
  return ok(selected.value ? (context) => read(channel, context, { offers: [], selected: true }) : undefined)
}

async function read(channel: CardChannel, context: ProfileContext, found: Pick<Parameters<typeof readEmrtd>[1], 'offers' | 'selected'>): Promise<Result<CardContent>> {
  const secret = secretOf(context)
  if (secret === undefined) return err(faultOf('card.accessRefused', 'no readable zone'))
  const content = await readEmrtd(channel, {
    ...found, secret, now: context.now, countrySigners: (await context.trust.countrySigners?.()) ?? [],
    onStep: (step, done, total) => { context.onStep(step, done, total) },
    onContent: (state, known) => { context.onContent(state, contentOf(known)) },
  })
  return content.ok ? ok(contentOf(content.value)) : content
}

/** Undefined for a zone that is none. */
function secretOf({ access, now }: ProfileContext): AccessSecret | undefined {
  const information = access.mrz === undefined ? undefined : parseMrz(access.mrz, now)?.information
  if (access.mrz !== undefined && information === undefined) return undefined
  return { ...(access.can !== undefined && { can: access.can }), ...(information !== undefined && { mrzInformation: information }) }
}

function contentOf({ access, mrz, person, document, face, checks }: EmrtdContent): CardContent {
  const photo = face === undefined ? undefined : photoOf(face)
  const native = person.nativeName
  return {
    identity: identityOf(mrz, person, document),
    ...(photo === undefined ? {} : { photo }),
    checks: { identity: both(checks.passive, checks.dataGroups['DG1']), address: 'notChecked', photo: checks.dataGroups['DG2'] ?? 'notChecked', chain: checks.chain } satisfies Checks,
    emrtd: {
      access,
      documentCode: mrz.documentCode,
      names: { latin: `${mrz.familyName.value} ${mrz.givenNames.value}`.trim(), ...(native !== undefined && { native }) },
      checks: { passive: checks.passive, dataGroups: { ...checks.dataGroups }, chip: checks.chip },
    },
  }
}

/** Valid when both are; invalid when one is. */
const both = (one: Verdict, other: Verdict | undefined): Verdict =>
  one === 'invalid' || other === 'invalid' ? 'invalid' : one === 'valid' && other === 'valid' ? 'valid' : 'notChecked'

/** Numbers of Moroccan identity (eid.md: one to three letters, then digits); which optional field holds it is not published. */
const cin = /^[A-Z]{1,3}\d{3,8}$/

function identityOf(mrz: EmrtdContent['mrz'], person: EmrtdContent['person'], document: EmrtdContent['document']): Identity {
  const nationalNumber = person.personalNumber ?? (mrz.issuer === 'MAR' ? mrz.optional.find((value) => cin.test(value)) : undefined)
  const birthDate = person.birthDate ?? mrz.birthDate.value
  const until = mrz.expiryDate.value
  const from = document.issued
  const text = (fields: { readonly [K in keyof Identity]?: string | undefined }) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
  return {
    familyName: mrz.familyName.value,
    givenNames: mrz.givenNames.value,
    ...(birthDate !== undefined && { birthDate }),
    ...(mrz.sex !== undefined && { sex: mrz.sex }),
    ...text({
      nativeName: person.nativeName, birthPlace: person.birthPlace, nationality: mrz.nationality, nationalNumber, documentNumber: mrz.documentNumber.value, documentType: mrz.documentCode,
      validFrom: from?.precision === 'day' ? from.value : undefined, validUntil: until?.precision === 'day' ? until.value : undefined, issuer: document.authority ?? mrz.issuer,
    }),
  }
}

/** A photo that cannot be understood is not shown; its fingerprint is checked all the same. */
function photoOf({ mime, bytes }: FaceImage): Photo | undefined {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (mime === 'image/jpeg') {
    const size = jpegSize(bytes)
    return size === undefined ? undefined : { mime, ...size, sha256, bytes: Uint8Array.from(bytes) }
  }
  const picture = decodeJpeg2000(bytes)
  return picture === undefined ? undefined : { mime: 'image/png', width: picture.width, height: picture.height, sha256, bytes: encodePng(picture) }
}
