import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { checkDigit } from '#shared/domain/mrz/checkDigit.ts'
import { tlv } from '../../card/profiles/icao/ber.ts'
import { concat } from '../../card/profiles/icao/bytes.ts'
import type { Cipher } from '../../card/profiles/icao/cipher.ts'
import { integer, oid, sequence } from '../belgian/der.ts'
import type { VirtualCard } from '../belgian/applet.ts'
import { createIcaoChip, type ChipOptions } from './chip.ts'
import { writeCardSecurity, writeDg14, writeDg15, type ActiveKey, type ChipAuthenticationKey } from './chipKeys.ts'

/** The holder of a synthetic document, as its zone and DG11 say. Nobody of this name and number exists. */
export interface Holder {
  readonly familyName: string
  readonly givenNames: string
  /** In the script of the country, parts separated by `<<`. */
  readonly nativeName?: string
  readonly personalNumber?: string
  readonly birthPlace?: string
  /** YYMMDD. */
  readonly birth: string
  readonly expiry: string
  readonly sex: 'M' | 'F'
  readonly documentNumber: string
  /** Issuing state; Utopia when absent. */
  readonly issuer?: string
  readonly nationality?: string
  /** Two characters, `I<` when absent. */
  readonly documentCode?: string
  /** The optional fields of the zone; a passport has the first only. */
  readonly optional?: readonly [first: string, second?: string]
  /** The lines of the address, separated by `<`. */
  readonly address?: string
  /** A passport: two lines of 44. */
  readonly passport?: boolean
  /** CCYYMMDD; 15 January 2025 when absent. */
  readonly issued?: string
  readonly authority?: string
}

/** One part that is not as the issuer signed it; `signature` is the security object, `copy` a chip with another key. */
export type DocumentTamper = 1 | 2 | 11 | 12 | 14 | 15 | 'signature' | 'copy' | 'cardSecurity'

/** One way in: cipher, group by its number of Doc 9303-11 table 6, and mapping, generic by default. */
export interface PaceOffer {
  readonly cipher: Cipher
  readonly parameterId: number
  readonly mapping?: 'DH-GM' | 'ECDH-GM' | 'DH-IM' | 'ECDH-IM' | 'ECDH-CAM'
}

export interface DocumentOptions {
  readonly holder: Holder
  /** JPEG or JPEG 2000. */
  readonly photo: Uint8Array
  /** EF.SOD over the groups. */
  readonly sign: (groups: ReadonlyMap<number, Uint8Array>) => Uint8Array
  readonly can?: string
  readonly tries?: number
  /** PACE: without it there is only BAC. */
  readonly pace?: PaceOffer
  readonly bac?: boolean
  /** The chip opens and then shows no application: what it holds is for others. */
  readonly withheld?: boolean
  readonly chipKey?: ChipAuthenticationKey
  readonly activeKey?: ActiveKey
  readonly tamper?: DocumentTamper
  /** EF.CardSecurity over its entries, for chip authentication mapping. */
  readonly signInfos?: (infos: Uint8Array) => Uint8Array
  readonly extended?: NonNullable<ChipOptions['extended']>
}

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')

const fill = (text: string, length: number): string => text.replaceAll(' ', '<').padEnd(length, '<').slice(0, length)

/**
 * The lines of a zone, one after the other: of a card (TD1, Doc 9303-5 §4.2.2), or of a passport (TD3, Doc 9303-4
 * §4.2.2).
 */
export function zoneOf(holder: Holder): string {
  const {
    familyName,
    givenNames,
    birth,
    expiry,
    sex,
    documentNumber,
    issuer = 'UTO',
    nationality = issuer,
    documentCode = 'I<',
    optional = [''],
  } = holder
  const number = fill(documentNumber, 9)
  const numbered = `${number}${checkDigit(number)}`
  const born = `${birth}${checkDigit(birth)}`
  const expires = `${expiry}${checkDigit(expiry)}`
  const names = `${familyName}<<${givenNames}`
  if (holder.passport === true) {
    const personal = fill(optional[0], 14)
    const checked = `${personal}${checkDigit(personal)}`
    const composite = checkDigit(numbered + born + expires + checked)
    return `P<${issuer}${fill(names, 39)}${numbered}${nationality}${born}${sex}${expires}${checked}${composite}`
  }
  const first = `${documentCode}${issuer}${numbered}${fill(optional[0], 15)}`
  const second = `${born}${sex}${expires}${nationality}${fill(optional[1] ?? '', 11)}`
  const composite = checkDigit(first.slice(5, 30) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29))
  return `${first}${second}${composite}${fill(names, 30)}`
}

const cipherNumbers: Readonly<Record<Cipher, number>> = { '3DES': 1, 'AES-128': 2, 'AES-192': 3, 'AES-256': 4 }

const mappingNumbers = { 'DH-GM': 1, 'ECDH-GM': 2, 'DH-IM': 3, 'ECDH-IM': 4, 'ECDH-CAM': 6 } as const

/** EF.CardAccess with one PACEInfo. */
export const cardAccessOf = ({ cipher, parameterId, mapping = 'ECDH-GM' }: PaceOffer): Uint8Array =>
  tlv(
    0x31,
    sequence(
      oid(`0.4.0.127.0.7.2.2.4.${String(mappingNumbers[mapping])}.${String(cipherNumbers[cipher])}`),
      integer(Uint8Array.of(2)),
      integer(Uint8Array.of(parameterId)),
    ),
  )

/** The data groups of a document: zone, face, personal and document details, keys of the chip. */
export function dataGroupsOf({ holder, photo, chipKey, activeKey }: DocumentOptions): ReadonlyMap<number, Uint8Array> {
  const { nativeName, personalNumber, birthPlace, address, authority = 'UTOPIA SPECIMEN', issued = '20250115' } = holder
  const isJpeg = photo[0] === 0xff && photo[1] === 0xd8
  // ISO 19794-5: header of 14 bytes, facial information of 20, image information of 12; the fourth of which names the
  // coding.
  const face = concat(
    latin('FAC\u0000010\u0000'),
    new Uint8Array(6),
    new Uint8Array(20),
    Uint8Array.of(1, isJpeg ? 0 : 1),
    new Uint8Array(10),
    photo,
  )
  const details = [
    ...(nativeName === undefined ? [] : [tlv(0x5f0e, utf8(nativeName))]),
    ...(personalNumber === undefined ? [] : [tlv(0x5f10, utf8(personalNumber))]),
    ...(birthPlace === undefined ? [] : [tlv(0x5f11, utf8(birthPlace))]),
    ...(address === undefined ? [] : [tlv(0x5f42, utf8(address))]),
  ]
  const groups = new Map<number, Uint8Array>([
    [1, tlv(0x61, tlv(0x5f1f, latin(zoneOf(holder))))],
    [
      2,
      tlv(
        0x75,
        tlv(
          0x7f61,
          concat(
            tlv(0x02, Uint8Array.of(1)),
            tlv(0x7f60, concat(tlv(0xa1, Uint8Array.of(0x81, 0x01, 0x02)), tlv(0x5f2e, face))),
          ),
        ),
      ),
    ],
    [11, tlv(0x6b, concat(...details))],
    [12, tlv(0x6c, concat(tlv(0x5f19, utf8(authority)), tlv(0x5f26, latin(issued))))],
  ])
  if (chipKey !== undefined || activeKey !== undefined) groups.set(14, writeDg14(chipKey))
  if (activeKey !== undefined) groups.set(15, writeDg15(activeKey))
  return groups
}

/** Makes the chip of a document. */
export function createDocument(options: DocumentOptions): VirtualCard {
  const { tamper, can, tries, pace, bac = true, withheld, chipKey, activeKey, extended, signInfos } = options
  const groups = dataGroupsOf(options)
  const sod = Uint8Array.from(options.sign(groups))
  if (tamper === 'signature') spoil(sod)
  const files = new Map([
    [0x011d, sod],
    ...[...groups].map(
      ([number, file]) => [0x0100 | number, tamper === number ? spoil(Uint8Array.from(file)) : file] as const,
    ),
  ])
  const cardSecurity =
    chipKey === undefined || signInfos === undefined
      ? undefined
      : Uint8Array.from(signInfos(writeCardSecurity(chipKey)))
  if (tamper === 'cardSecurity' && cardSecurity !== undefined) spoil(cardSecurity)
  const copied = tamper === 'copy'
  const present: Partial<ChipOptions> = {
    ...(!copied && chipKey !== undefined && { chipKey }),
    ...(!copied && activeKey !== undefined && { activeKey }),
    ...(cardSecurity !== undefined && { cardSecurity }),
    ...(can !== undefined && { can }),
    ...(tries !== undefined && { tries }),
    ...(pace !== undefined && { cardAccess: cardAccessOf(pace) }),
    ...(extended !== undefined && { extended }),
    ...(withheld !== undefined && { withheld }),
  }
  return createIcaoChip({
    files,
    bac,
    ...present,
    mrzInformation: parseMrz(zoneOf(options.holder), new Date(0))?.information ?? '',
  })
}

/** Changes the last byte to another capital letter: of a name, of a picture, or of a signature. */
const spoil = (bytes: Uint8Array): Uint8Array => {
  bytes[bytes.length - 1] = bytes.at(-1) === 0x58 ? 0x59 : 0x58
  return bytes
}
