import { announcedByAtr, announcedByFile } from '#drivers/card/profiles/icao/answerLength.ts'
import { oidText, readTlvs, tlv } from '#drivers/card/profiles/icao/ber.ts'
import { concat } from '#drivers/card/profiles/icao/bytes.ts'
import { isAuthority } from '#drivers/card/profiles/icao/certificate.ts'
import { countryOf, subjectText } from '#drivers/card/profiles/icao/countrySigner.ts'
import { parseDg1, parseDg11, parseDg12 } from '#drivers/card/profiles/icao/dataGroups.ts'
import { parseDg2 } from '#drivers/card/profiles/icao/faceImage.ts'
import { parseCardAccess } from '#drivers/card/profiles/icao/paceInfo.ts'
import { parseSecurityObject, type SecurityObject } from '#drivers/card/profiles/icao/securityObject.ts'
import { parseSignerFile } from '#drivers/card/profiles/icao/signerFile.ts'
import { decodeJpeg2000 } from '#drivers/card/jpeg2000.ts'
import { jpegSize } from '#drivers/card/jpeg.ts'
import { cardAccessOf, dataGroupsOf } from '#drivers/fake/icao/document.ts'
import { moroccan } from '#drivers/fake/icao/holders.ts'
import { createIssuer } from '#drivers/fake/icao/issuer.ts'
import { buildMasterList } from '#tests/builders/masterList.ts'
import { buildSecurityObject, schemes } from '#tests/builders/securityObject.ts'
import { bytesTarget } from '../bytesTarget.ts'
import { must } from '../target.ts'

const now = new Date('2026-11-21T10:00:00Z')
/** Eight by eight pixels, three components. */
const smallJp2 = Buffer.from(
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAACAAAAAgAAwcHAAAAAAAPY29scgEAAAAAABAAAADQanAyY/9P/1EALwAAAAAACAAAAAgAAAAAAAAAAAAAAAgAAAAIAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAQMEBAAB/1wADUBASEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAATwAB/5PPtAgHX8+0CAK/34AQAw+Ap+AEAr+n4AQFb4Cj7QUACzxjsY+j7QQADBc154Ch9QOAA3/dUUIDp6H1AoAAz9VSP//Z',
  'base64',
)
const smallJpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc0000b080008000801011100ffda0008010100003f00d2cf20ffd9',
  'hex',
)
const chipKey = { parameterId: 12, cipher: 'AES-128', secret: 4711n } as const
const groupsOf = (photo: Uint8Array) =>
  dataGroupsOf({
    holder: { ...moroccan(now), personalNumber: 'ZZ012345' },
    photo,
    sign: () => new Uint8Array(0),
    chipKey,
  })
const sampleOf = (number: number, photo: Uint8Array = smallJpeg): Uint8Array =>
  groupsOf(photo).get(number) ?? new Uint8Array(0)

const nest = (tags: readonly number[], value: Uint8Array): Uint8Array =>
  tags.reduceRight<Uint8Array>((inside, tag) => tlv(tag, inside), value)

const within = (inner: Uint8Array, outer: Uint8Array): boolean =>
  inner.buffer === outer.buffer &&
  inner.byteOffset >= outer.byteOffset &&
  inner.byteOffset + inner.length <= outer.byteOffset + outer.length
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]/u
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.flatMap(textsIn)
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(textsIn)
        : []

/** Tags and lengths of ISO 7816 and of DER: objects inside the bytes, side by side but for padding, written again as they were. */
export const tlvs = bytesTarget({
  about: 'data objects of chips: inside the bytes, side by side, in linear time',
  samples: () => [sampleOf(1), sampleOf(11), sampleOf(14), cardAccessOf(chipKey)],
  read: readTlvs,
  taken: (objects) => objects !== undefined,
  check: (objects, bytes) => {
    let at = 0
    const isPadding = (from: number): boolean => bytes[from] === 0x00 || bytes[from] === 0xff
    for (const one of objects ?? []) {
      while (isPadding(at)) at += 1
      must(
        within(one.value, one.bytes) && within(one.bytes, bytes) && one.bytes.byteOffset - bytes.byteOffset === at,
        'an object beside its place',
      )
      at += one.bytes.length
      if (one.tag === 0x06) must(!(oidText(one.value) ?? '').includes('NaN'), 'an identifier that is no number')
      if (one.tag <= 0xffff && one.value.length < 0x10000 && one.tag > 0)
        must(readTlvs(tlv(one.tag, one.value))?.length !== 0, 'written and gone')
    }
    while (isPadding(at)) at += 1
    must(objects === undefined || at === bytes.length, 'bytes that belong to no object')
  },
  grow: (size) => {
    const bytes = new Uint8Array(size)
    return () => readTlvs(bytes)
  },
})

/** Zone, personal and document details: nothing hidden in a text, nothing longer than it may be. */
export const details = bytesTarget({
  about: 'DG1, DG11, DG12: no hidden sign in a text, every text bounded',
  samples: () => [
    sampleOf(1),
    sampleOf(11),
    sampleOf(12),
    tlv(
      0x6b,
      concat(
        tlv(0x5f0e, Buffer.from('بناني<<\u202eياسمين')),
        tlv(0x5f2b, Buffer.from('19880917')),
        tlv(0x5f42, Buffer.from('A<B<C')),
      ),
    ),
  ],
  read: (bytes) => [parseDg1(bytes, now), parseDg11(bytes), parseDg12(bytes)] as const,
  taken: (read) => read.some((one) => one !== undefined),
  check: ([, personal, documentary]) => {
    for (const text of [...textsIn(personal), ...textsIn(documentary)])
      must(text.length <= 300 && !hidden.test(text), 'a text that is not fit to be shown')
  },
  grow: (size) => {
    const file = tlv(0x6b, tlv(0x5f0e, Buffer.from('<a'.repeat(Math.min(size / 2, 30_000)))))
    return () => parseDg11(file)
  },
})

/** Faces: the image lies inside the file, and its size is known before anything is decoded. */
export const faces = bytesTarget({
  about: 'DG2 of both standards and JPEG headers: an image inside the file, or none',
  samples: () => [
    sampleOf(2),
    sampleOf(2, smallJp2),
    nest([0x75, 0x7f61, 0x7f60, 0x7f2e, 0xa1, 0x65, 0xa1, 0x30, 0xa1, 0xa0, 0xa0, 0x80], smallJpeg),
  ],
  read: (bytes) => ({ face: parseDg2(bytes), size: jpegSize(bytes) }),
  taken: ({ face }) => face !== undefined,
  check: ({ face, size }, bytes) => {
    must(face === undefined || within(face.bytes, bytes), 'an image from elsewhere')
    must(size === undefined || (size.width > 0 && size.width < 65_536), 'a size that is none')
  },
  grow: (size) => {
    const file = tlv(0x75, tlv(0x7f61, tlv(0x7f60, tlv(0x5f2e, new Uint8Array(Math.min(size, 60_000))))))
    return () => parseDg2(file)
  },
})

/** JPEG 2000 is decoded by us: never more pixels than a portrait has. */
export const jpeg2000 = bytesTarget({
  about: 'JPEG 2000 portraits: decoded to the size of the header, two million pixels at most',
  samples: () => [Uint8Array.from(smallJp2)],
  read: decodeJpeg2000,
  taken: (picture) => picture !== undefined,
  check: (picture) => {
    must(
      picture === undefined ||
        (picture.width * picture.height <= 2_000_000 &&
          picture.pixels.length === picture.width * picture.height * picture.channels),
      'a picture of another size',
    )
  },
})

/** Signed with RSA, which is a hundred times faster to verify than curves are here. */
const lawfulObject = (): { readonly file: Uint8Array; readonly object: SecurityObject } => {
  const { file } = buildSecurityObject(groupsOf(smallJpeg), schemes['RSA PKCS#1'])
  const object = parseSecurityObject(file)
  must(object !== undefined, 'no security object')
  return { file, object }
}
let lawful: ReturnType<typeof lawfulObject> | undefined

/** EF.SOD: a changed one is not valid, whatever was changed in what is signed. */
export const securityObjects = bytesTarget({
  about: 'EF.SOD: what says that it is signed says what the issuer signed',
  samples: () => [(lawful ??= lawfulObject()).file],
  read: parseSecurityObject,
  taken: (object) => object !== undefined,
  check: (object) => {
    const original = lawful?.object
    // Another signer may sign otherwise; the one that the country made signed this alone.
    if (
      object?.signature !== 'valid' ||
      original?.signer === undefined ||
      Buffer.compare(object.signer?.tbs ?? new Uint8Array(0), original.signer.tbs) !== 0
    )
      return
    must(Buffer.compare(object.content, original.content) === 0, 'signed content that nobody signed')
  },
})

/** Files of country signers: a master list, a certificate, PEM, LDIF. */
export const masterLists = bytesTarget({
  about: 'files of country signers (master list, DER, PEM, LDIF): certificates from inside the file, or nothing',
  samples: async () => {
    const [one, other] = await Promise.all([createIssuer(now), createIssuer(now)])
    const { file: list } = buildMasterList([one.countrySigner, other.countrySigner], undefined, 'rsa')
    const base64 = Buffer.from(list).toString('base64').replaceAll(/.{70}/g, '$&\n ')
    return [
      list,
      other.countrySigner,
      Buffer.from(
        `-----BEGIN CERTIFICATE-----\n${Buffer.from(one.countrySigner).toString('base64')}\n-----END CERTIFICATE-----\n`,
      ),
      Buffer.from(`dn: c=UT,dc=data\nobjectClass: pkdMasterList\npkdMasterListContent:: ${base64}\n`),
    ]
  },
  read: parseSignerFile,
  taken: (file) => file !== undefined,
  check: (file) => {
    for (const one of [...(file?.certificates ?? []), ...(file?.lists.flatMap((list) => list.signers) ?? [])]) {
      must(one.tbs.length < one.der.length, 'a certificate without a signature')
      must(
        subjectText(one).length <= 300 && /^([A-Z]{2,3})?$/.test(countryOf(one) ?? ''),
        'a name that no screen can show',
      )
      isAuthority(one)
    }
  },
  grow: (size) => {
    const line = Buffer.from(`pkdMasterListContent:: ${'MAAA\n '.repeat(Math.ceil(size / 6))}\n`)
    return () => parseSignerFile(line)
  },
})

/** EF.CardAccess, EF.ATR/INFO and ATRs. */
export const offers = bytesTarget({
  about: 'EF.CardAccess, EF.ATR/INFO and ATRs: known ways in, answers of a bounded length',
  samples: () => [
    cardAccessOf({ cipher: 'AES-256', parameterId: 13, mapping: 'ECDH-CAM' }),
    cardAccessOf({ cipher: '3DES', parameterId: 0, mapping: 'DH-IM' }),
    concat(
      tlv(0x47, Uint8Array.of(0, 0, 0x60)),
      tlv(0x7f66, concat(tlv(0x02, Uint8Array.of(8, 0)), tlv(0x02, Uint8Array.of(8, 0)))),
    ),
    Buffer.from('3b8880010073c84053009000', 'hex'),
  ],
  read: (bytes) => ({ ways: parseCardAccess(bytes), limit: announcedByFile(bytes), atr: announcedByAtr(bytes) }),
  taken: ({ ways, limit, atr }) => ways.length > 0 || limit !== undefined || atr !== 'unknown',
  check: ({ limit, ways }) => {
    must(limit === undefined || (limit > 256 && limit <= 4096), 'an answer of another length')
    for (const way of ways) must(way.oid.length === 10, 'a way in that is not PACE')
  },
})
