import { createHash } from 'node:crypto'
import type { Address, Checks, Identity, Photo, Verdict } from '#shared/domain/identity/identity.ts'
import type { Mrz } from '#shared/domain/mrz/mrz.ts'
import { decodeJpeg2000 } from '../../jpeg2000.ts'
import { jpegSize } from '../../jpeg.ts'
import { encodePng } from '../../png.ts'
import type { CardContent } from '../../profile.ts'
import { maCnie } from '../maCnie/maCnie.ts'
import type { EmrtdContent } from './emrtd.ts'
import type { FaceImage } from './faceImage.ts'
import type { NationalDocument } from './nationalDocument.ts'

/** Countries whose documents say more than the standard tells. */
const nationals: readonly NationalDocument[] = [maCnie]
const nationalOf = (mrz: Mrz): NationalDocument | undefined => nationals.find((one) => one.is(mrz))

/** What an open document says, as every card says it; photos are decoded here. */
export function contentOf({ access, mrz, person, document, face, cleaned, checks }: EmrtdContent): CardContent {
  const photo = face === undefined ? undefined : photoOf(face)
  const native = person.nativeName
  const national = nationalOf(mrz)
  return {
    ...(national !== undefined && { profile: national.name }),
    identity: identityOf(mrz, person, document),
    ...(photo === undefined ? {} : { photo }),
    checks: {
      identity: both(checks.passive, checks.dataGroups['DG1']),
      address: person.address === undefined ? 'notChecked' : both(checks.passive, checks.dataGroups['DG11']),
      photo: checks.dataGroups['DG2'] ?? 'notChecked',
      chain: checks.chain,
    } satisfies Checks,
    ...(checks.chipKey !== undefined && { chipKey: checks.chipKey }),
    emrtd: {
      access,
      documentCode: mrz.documentCode,
      names: {
        latin: `${mrz.familyName.value} ${mrz.givenNames.value}`.trim(),
        ...(native !== undefined && { native }),
      },
      checks: {
        passive: checks.passive,
        dataGroups: { ...checks.dataGroups },
        chip: checks.chip,
        ...(checks.chipBy !== undefined && { chipBy: checks.chipBy }),
      },
      ...(cleaned.length > 0 && { cleaned: [...cleaned] }),
    },
  }
}

/** Valid when both are; invalid when one is. */
const both = (one: Verdict, other: Verdict | undefined): Verdict =>
  one === 'invalid' || other === 'invalid' ? 'invalid' : one === 'valid' && other === 'valid' ? 'valid' : 'notChecked'

function identityOf(
  mrz: EmrtdContent['mrz'],
  person: EmrtdContent['person'],
  document: EmrtdContent['document'],
): Identity {
  const nationalNumber =
    nationalOf(mrz) === undefined ? person.personalNumber : nationalOf(mrz)?.nationalNumber(mrz, person)
  const birthDate = person.birthDate ?? mrz.birthDate.value
  const until = mrz.expiryDate.value
  const from = document.issued
  const text = (fields: { readonly [K in keyof Identity]?: string | undefined }) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
  return {
    familyName: mrz.familyName.value,
    givenNames: mrz.givenNames.value,
    ...(birthDate !== undefined && { birthDate }),
    ...(mrz.sex !== undefined && { sex: mrz.sex }),
    ...(person.address !== undefined && { address: addressOf(person.address) }),
    ...text({
      nativeName: person.nativeName,
      birthPlace: person.birthPlace,
      nationality: mrz.nationality,
      nationalNumber,
      documentNumber: mrz.documentNumber.value,
      documentType: mrz.documentCode,
      validFrom: from?.precision === 'day' ? from.value : undefined,
      validUntil: until?.precision === 'day' ? until.value : undefined,
      issuer: document.authority ?? mrz.issuer,
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
  return picture === undefined
    ? undefined
    : { mime: 'image/png', width: picture.width, height: picture.height, sha256, bytes: encodePng(picture) }
}
