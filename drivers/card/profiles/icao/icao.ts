import { createHash } from 'node:crypto'
import type { Address, Checks, Identity, Photo, Verdict } from '#shared/domain/identity.ts'
import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { decodeJpeg2000 } from '../../jpeg2000.ts'
import { jpegSize } from '../../jpeg.ts'
import { encodePng } from '../../png.ts'
import type { CardContent, CardProfile, ProfileContext, Read } from '../../profile.ts'
import { applicationSelected, readAnswerLimit, readOffers, type AccessSecret, type ChipState } from './access.ts'
import type { FaceImage } from './faceImage.ts'
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

async function read(channel: CardChannel, context: ProfileContext, found: ChipState): Promise<Result<CardContent>> {
  const secret = secretOf(context)
  if (secret === undefined) return err(faultOf('card.accessRefused', 'no readable zone'))
  const isClosed = secret.can === undefined && secret.mrzInformation === undefined
  const limit = found.offers.length === 0 || isClosed || context.shortOnly.has(channel.reader) ? ok(undefined) : await readAnswerLimit(channel)
  if (!limit.ok) return limit
  const open = async (state: ChipState): Promise<Result<CardContent>> => {
    const content = await readEmrtd(channel, {
      ...state, secret, now: context.now, countrySigners: (await context.trust.countrySigners?.()) ?? [],
      onStep: (step, done, total) => { context.onStep(step, done, total) },
      onContent: (step, known) => { context.onContent(step, contentOf(known)) },
    })
    return content.ok ? ok(contentOf(content.value)) : content
  }
  if (limit.value === undefined) return open(found)
  const read = await open({ ...found, answers: limit.value })
  if (read.ok || !mayBeLength.includes(read.fault.code)) return read
  // Chip and reader announce long answers more often than they carry them: from now on this reader is spared them.
  context.shortOnly.add(channel.reader)
  const offers = await readOffers(channel)
  return offers.ok ? open({ offers: offers.value, selected: false }) : offers
}

/** What an answer that is too long for chip, reader or driver looks like from here. */
const mayBeLength: readonly FaultCode[] = ['card.refused', 'card.malformed', 'card.mute', 'card.timeout']

/** Undefined for a zone that is none. */
function secretOf({ access, now }: ProfileContext): AccessSecret | undefined {
  const information = access.mrz === undefined ? undefined : parseMrz(access.mrz, now)?.information
  if (access.mrz !== undefined && information === undefined) return undefined
  return { ...(access.can !== undefined && { can: access.can }), ...(information !== undefined && { mrzInformation: information }) }
}

function contentOf({ access, mrz, person, document, face, cleaned, checks }: EmrtdContent): CardContent {
  const photo = face === undefined ? undefined : photoOf(face)
  const native = person.nativeName
  return {
    identity: identityOf(mrz, person, document),
    ...(photo === undefined ? {} : { photo }),
    checks: { identity: both(checks.passive, checks.dataGroups['DG1']), address: person.address === undefined ? 'notChecked' : both(checks.passive, checks.dataGroups['DG11']), photo: checks.dataGroups['DG2'] ?? 'notChecked', chain: checks.chain } satisfies Checks,
    emrtd: {
      access,
      documentCode: mrz.documentCode,
      names: { latin: `${mrz.familyName.value} ${mrz.givenNames.value}`.trim(), ...(native !== undefined && { native }) },
      checks: { passive: checks.passive, dataGroups: { ...checks.dataGroups }, chip: checks.chip, ...(checks.chipBy !== undefined && { chipBy: checks.chipBy }) },
      ...(cleaned.length > 0 && { cleaned: [...cleaned] }),
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
    ...(person.address !== undefined && { address: addressOf(person.address) }),
    ...text({
      nativeName: person.nativeName, birthPlace: person.birthPlace, nationality: mrz.nationality, nationalNumber, documentNumber: mrz.documentNumber.value, documentType: mrz.documentCode,
      validFrom: from?.precision === 'day' ? from.value : undefined, validUntil: until?.precision === 'day' ? until.value : undefined, issuer: document.authority ?? mrz.issuer,
    }),
  }
}

/** The lines of an address as the document has them; the last one is the town, with its postal code or without. */
function addressOf(lines: readonly string[]): Address {
  const [, postalCode = '', municipality = ''] = /^(\d{4,6})?\s*(.*)$/.exec(lines.at(-1) ?? '') ?? []
  return { street: lines.slice(0, -1).join(', '), postalCode, municipality }
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
