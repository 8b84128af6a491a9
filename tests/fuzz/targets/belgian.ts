import { parseBirthDate, parseDate } from '#drivers/card/profiles/beEid/dates.ts'
import { parseCardData } from '#drivers/card/profiles/beEid/cardData.ts'
import { plainSignature } from '#drivers/card/profiles/beEid/chip.ts'
import { derExtent } from '#drivers/card/profiles/beEid/files.ts'
import { parseAddressFile, parseIdentityFile } from '#drivers/card/profiles/beEid/identityFile.ts'
import { readNationalNumber } from '#drivers/card/profiles/beEid/nationalNumber.ts'
import { fieldsExtent, parseFields } from '#drivers/card/profiles/beEid/tlv.ts'
import { parseCertificate, registerKey } from '#drivers/card/profiles/beEid/verify.ts'
import { jpegSize } from '#drivers/card/jpeg.ts'
import { findPinpad } from '#drivers/card/pinpad.ts'
import { createAuthority } from '#drivers/fake/belgian/authority.ts'
import { fileId, writeCardFiles } from '#drivers/fake/belgian/cardFiles.ts'
import { encodeFields } from '#drivers/fake/belgian/fields.ts'
import { child, citizen, foreigner } from '#drivers/fake/belgian/persons.ts'
import { address, identity, partialDate } from '#shared/domain/identity/identity.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { cardDay, specimenPhoto } from '#tests/builders/cards.ts'
import { bytesTarget } from '../bytesTarget.ts'
import { mutateText, nastyTexts } from '../mutate.ts'
import { must, type Target } from '../target.ts'

const photo = specimenPhoto('citizen')
const none = { tamper: new Set<never>(), photoHash: undefined, signatureHash: undefined }
/** The files of cards of both layouts, by one of their identifiers. */
const filesOf = async (...names: readonly (keyof typeof fileId)[]): Promise<readonly Uint8Array[]> => {
  const authorities = await Promise.all([createAuthority('rsa', cardDay), createAuthority('ec', cardDay)])
  const cards = authorities.flatMap((authority) =>
    [citizen, foreigner, child].map((person) => writeCardFiles(person(cardDay), photo, authority, none)),
  )
  return cards.flatMap((card) => names.flatMap((name) => card.get(fileId[name]) ?? []))
}

/**
 * The identity file: what is read fits the contract, names carry nothing that is not seen, and nothing is lost between
 * fields and details.
 */
export const belgianIdentities: Target = bytesTarget({
  about: 'identity files of Belgian cards: fields of the contract, no hidden signs in names, unknown tags kept',
  samples: async () => [
    ...(await filesOf('identity')),
    encodeFields([
      [7, new Uint8Array(300).fill(0x41)],
      [0x2a, new Uint8Array(255)],
    ]),
  ],
  read: parseIdentityFile,
  taken: (read) => read.ok,
  check: (read, bytes) => {
    const fields = parseFields(bytes)
    must(read.ok === fields.ok, 'fields and identity differ')
    if (!read.ok || !fields.ok) return
    must(identity.safeParse(read.value.identity).success, 'an identity that the contract refuses')
    must(
      !/[\p{Cc}\p{Bidi_Control}]/u.test(read.value.identity.familyName + read.value.identity.givenNames),
      'a hidden sign in a name',
    )
    must(Object.keys(read.value.details).length + read.value.unknown.length === fields.value.size, 'a field was lost')
    const extent = fieldsExtent(bytes)
    must(
      extent === undefined || !('atLeast' in extent) || extent.atLeast <= bytes.length,
      'a whole file that asks for more',
    )
  },
  grow: (size) => {
    const file = encodeFields(
      Array.from({ length: 200 }, (_, tag) => [tag + 1, new Uint8Array(size / 200).fill(0xff)] as const),
    )
    return () => parseIdentityFile(file)
  },
})

export const belgianAddresses: Target = bytesTarget({
  about: 'address files of Belgian cards',
  samples: () => filesOf('address'),
  read: parseAddressFile,
  taken: (read) => read.ok,
  check: (read) => {
    must(
      !read.ok || read.value === undefined || address.safeParse(read.value).success,
      'an address that the contract refuses',
    )
  },
})

export const cardData: Target = bytesTarget({
  about: 'GET CARD DATA of the Belpic applet',
  samples: () => [
    Buffer.from('534C494E336600139300000000000001A5030101011700020101000F', 'hex'),
    Buffer.from('534C494E336600139300000000000001A5030101011800020101000F03FFFF', 'hex'),
  ],
  read: parseCardData,
  taken: (read) => read !== undefined,
  check: (read, bytes) => {
    must(
      read === undefined || (bytes.length >= 28 && (read.tries === undefined || read.tries <= 15)),
      'tries that no card has',
    )
  },
})

/**
 * Certificate files: cut at the length that their first bytes announce, then parsed; a key that is read can be asked
 * for its kind.
 */
export const certificates: Target = bytesTarget({
  about: 'certificate files, cut and padded: a certificate or nothing',
  samples: () => filesOf('register', 'root', 'citizenAuthority'),
  read: (bytes) => {
    const extent = derExtent(bytes)
    const cut = extent !== undefined && 'exactly' in extent ? bytes.subarray(0, extent.exactly) : bytes
    const parsed = parseCertificate(cut)
    return { extent, key: parsed === undefined ? undefined : registerKey(parsed, 32), parsed }
  },
  taken: ({ parsed }) => parsed !== undefined,
  check: ({ extent, key }) => {
    must(extent === undefined || !('exactly' in extent) || extent.exactly <= 4 + 0xffff, 'a length that no file has')
    if (key !== undefined) must(key.kind === 'rsa' || key.kind === 'ec', 'another kind of key')
  },
})

/** Texts of dates and numbers, as they are, changed, or nasty. */
const textTarget = (about: string, lawful: readonly string[], one: (text: string) => boolean): Target => ({
  about,
  open: () => ({
    one: (draw) => {
      let text = draw.chance(0.05) ? draw.pick(nastyTexts) : draw.pick(lawful)
      for (let left = draw.below(4); left > 0; left -= 1) {
        const at = draw.below(text.length + 1)
        text = draw.chance(0.6)
          ? text.slice(0, at) + draw.pick(['0', '1', '2', '9', ' ', '.', '-', 'M', 'Ä', 'A']) + text.slice(at + 1)
          : mutateText(draw, text)
      }
      return one(text)
    },
  }),
})

export const belgianDates: Target = textTarget(
  'birth and validity dates in three languages: no day that there is not, no precision that is not there',
  ['06 JUIN 1984', '06.MÄR.1984', '22.DEZ. 1997', '01 JAN  1971', '1971', '00 AVR 1971', '28.11.2011', ''],
  (text) => {
    const [birth, day] = [parseBirthDate(text), parseDate(text)]
    if (birth !== undefined) {
      must(partialDate.safeParse(birth).success, 'a date that the contract refuses')
      must(text.includes(birth.value.slice(0, 4)), 'a year from nowhere')
      if (birth.precision === 'day')
        must(new Date(`${birth.value}T00:00:00Z`).toISOString().startsWith(birth.value), 'a day that there is not')
    }
    if (day !== undefined) must(new Date(`${day}T00:00:00Z`).toISOString().startsWith(day), 'a day that there is not')
    return birth !== undefined || day !== undefined
  },
)

export const nationalNumbers: Target = textTarget(
  'Belgian national numbers: eleven digits or nothing',
  ['84060600173', '84.06.06-001.73', '71450000392', '19030900289'],
  (text) => {
    const read = readNationalNumber(text)
    if (read === undefined) return false
    must(/^\d{11}$/.test(read.digits) && read.digits === text.replaceAll(/\D/g, ''), 'other digits than were written')
    must(readNationalNumber(read.digits)?.kind === read.kind, 'another kind without separators')
    return true
  },
)

export const jpegHeads: Target = bytesTarget({
  about: 'sizes of JPEG pictures from their headers',
  samples: () => (['citizen', 'foreigner', 'child'] as const).map((name) => specimenPhoto(name)),
  read: jpegSize,
  taken: (read) => read !== undefined,
  check: (read) => {
    must(
      read === undefined || (read.width > 0 && read.height > 0 && read.width <= 0xffff && read.height <= 0xffff),
      'a size that no JPEG has',
    )
  },
  grow: (size) => {
    const markers = Buffer.concat([
      Buffer.from('ffd8', 'hex'),
      ...Array.from({ length: size / 4 }, () => Buffer.from('ffe00002', 'hex')),
    ])
    return () => jpegSize(markers)
  },
})

export const chipAnswers: Target = bytesTarget({
  about: 'signatures of the chip, bare and wrapped',
  samples: () => [
    new Uint8Array(96).fill(7),
    Buffer.concat([Buffer.from('9e60', 'hex'), new Uint8Array(96).fill(7)]),
    Buffer.concat([Buffer.from('7c629e60', 'hex'), new Uint8Array(96).fill(7)]),
  ],
  read: plainSignature,
  taken: (read) => read !== undefined,
  check: (read) => {
    must(read === undefined || read.length === 96, 'a signature of another length')
  },
})

export const readerFeatures: Target = bytesTarget({
  about: 'features of a reader: keys for a PIN, or none',
  samples: () => [Buffer.from('0604420D0001', 'hex'), Buffer.from('1204423300120604420D00010A0442330014', 'hex')],
  read: (bytes) => findPinpad((code) => Promise.resolve(code === 1 ? ok(bytes) : err(faultOf('card.mute'))), 1),
  taken: (read) => read !== undefined,
})
