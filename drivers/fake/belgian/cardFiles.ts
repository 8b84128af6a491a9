import { createHash, randomBytes, type KeyObject } from 'node:crypto'
import { addressTag, identityTag } from '../../card/profiles/beEid/identityFile.ts'
import type { Authority, HashName } from './authority.ts'
import { encodeFields } from './fields.ts'
import type { KeyPair } from './holderKeys.ts'
import type { Person } from './persons.ts'

/** Files by their identifier; the directory is part of the number: DF01 4031 is `df014031`. */
export type CardFiles = Map<number, Uint8Array>

/** What is altered after the register has signed; `chain` is not here, since it is another authority's card. */
export type Tamper = 'identity' | 'address' | 'photo'

export const fileId = {
  authentication: 0xdf005038,
  signature: 0xdf005039,
  citizenAuthority: 0xdf00503a,
  root: 0xdf00503b,
  register: 0xdf00503c,
  tokenInfo: 0xdf005032,
  identity: 0xdf014031,
  identitySignature: 0xdf014032,
  address: 0xdf014033,
  addressSignature: 0xdf014034,
  photo: 0xdf014035,
  basicKey: 0xdf014040,
} as const

const padded = (bytes: Uint8Array, zeroes: number): Uint8Array => Buffer.concat([bytes, Buffer.alloc(zeroes)])

/** Length of an elliptic signature file: DER, then zeroes. */
const signatureFileLength = 104

/** What differs between cards of one layout. */
export interface CardVariant {
  readonly tamper: ReadonlySet<Tamper>
  /**
   * Of the photo; by default SHA-256 on RSA cards and SHA-384 on elliptic ones. Old cards have SHA-1, re-keyed ones
   * kept theirs.
   */
  readonly photoHash: HashName | undefined
  /** Of the register's RSA signatures: SHA-1 on old cards. */
  readonly signatureHash: HashName | undefined
  /** Public half of the key that a copied card does not have, applet 1.8. */
  readonly basicKey?: KeyObject | undefined
  /** More fields behind those of the person: tags that nobody knows yet. */
  readonly moreFields?: readonly (readonly [number, Uint8Array])[] | undefined
}

/**
 * Writes the files of a card, signed by `authority`: the layout of applets up to 1.7 with RSA cards, of 1.8 with
 * elliptic ones
 * (longer certificate padding).
 */
export function writeCardFiles(
  person: Person,
  photo: Uint8Array,
  authority: Authority,
  variant: CardVariant,
): CardFiles {
  const { tamper, basicKey, moreFields = [], ...hashes } = variant
  const { holderKeys } = authority
  const ec = authority.kind === 'ec'
  const long = holderKeys.kind === 'ec'
  const usual = ec ? 'sha384' : 'sha256'
  const photoHash = createHash(hashes.photoHash ?? usual)
    .update(photo)
    .digest()
  const basicKeyFile = basicKey?.export({ type: 'spki', format: 'der' })
  const basicKeyHash = basicKeyFile === undefined ? undefined : createHash('sha384').update(basicKeyFile).digest()
  const identity = Buffer.concat([identityFile(person, photoHash, basicKeyHash), encodeFields(moreFields)])
  const address = addressFile(person)
  const signatureFile = (data: Uint8Array): Uint8Array => {
    const signature = authority.signByRegister(data, hashes.signatureHash ?? usual)
    return ec ? padded(signature, signatureFileLength - signature.length) : signature
  }
  const identitySignature = signatureFile(identity)
  const addressSignature = signatureFile(Buffer.concat([trimmed(address), identitySignature]))
  const certificate = (bytes: Uint8Array): Uint8Array => padded(bytes, long ? 1100 : 50)
  const own = (use: string, { publicKey }: KeyPair): Uint8Array =>
    person.certificates
      ? certificate(
          authority.certify(
            `${person.fields.givenNames ?? ''} ${person.fields.name ?? ''} (${use})`,
            person.fields.nationalNumber ?? '',
            publicKey,
          ),
        )
      : new Uint8Array(long ? 2500 : 1300)
  return new Map<number, Uint8Array>([
    [fileId.identity, tamper.has('identity') ? altered(identity, person.fields.municipalityOfIssue ?? '') : identity],
    [fileId.identitySignature, identitySignature],
    [fileId.address, tamper.has('address') ? altered(address, person.address?.street ?? '') : address],
    [fileId.addressSignature, addressSignature],
    [fileId.photo, tamper.has('photo') ? flipped(photo) : photo],
    [fileId.authentication, own('Authentication', holderKeys.authentication)],
    [fileId.signature, own('Signature', holderKeys.signature)],
    [fileId.citizenAuthority, certificate(authority.citizenAuthority)],
    [fileId.root, certificate(authority.root)],
    [fileId.register, certificate(authority.register)],
    [fileId.tokenInfo, tokenInfo],
    ...(basicKeyFile === undefined ? [] : ([[fileId.basicKey, basicKeyFile]] as const)),
  ])
}

/** PKCS#15 TokenInfo as OpenSC asks for it: version, serial number, manufacturer. */
const tokenInfo = Buffer.from('30270201000410534C494E33660013930D2061C018063F8004424549440302043080020102', 'hex')

/** Every card carries the tags 01 to 11, empty where there is nothing to say; the later ones only where they apply. */
function identityFile(person: Person, photoHash: Uint8Array, basicKeyHash: Uint8Array | undefined): Uint8Array {
  const values = Object.entries(identityTag).flatMap(([name, tag]): [number, Uint8Array][] => {
    if (tag === identityTag.chipNumber) return [[tag, randomBytes(16)]]
    if (tag === identityTag.photoHash) return [[tag, photoHash]]
    if (tag === identityTag.basicKeyHash) return basicKeyHash === undefined ? [] : [[tag, basicKeyHash]]
    const text = person.fields[name as keyof typeof identityTag] // the names are the keys of this very table
    if (text === undefined) return tag >= 0x01 && tag <= 0x11 ? [[tag, new Uint8Array(0)]] : []
    return [[tag, tag === identityTag.version ? Buffer.from(text, 'hex') : Buffer.from(text)]]
  })
  return encodeFields(values)
}

function addressFile(person: Person): Uint8Array {
  const { street = '', postalCode = '', municipality = '' } = person.address ?? {}
  const values = [
    [addressTag.street, street],
    [addressTag.postalCode, postalCode],
    [addressTag.municipality, municipality],
  ] as const
  return person.address === undefined
    ? new Uint8Array(0)
    : padded(encodeFields(values.map(([tag, value]) => [tag, Buffer.from(value)])), 17)
}

const trimmed = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1)

/** Changes the last ASCII character of `text` inside the file; everything stays well formed. */
function altered(file: Uint8Array, text: string): Uint8Array {
  const copy = Buffer.from(file)
  const end = copy.indexOf(text) + Buffer.byteLength(text) - 1
  copy[end] = copy[end] === 0x58 ? 0x59 : 0x58
  return copy
}

/** Changes one byte of the picture data, the headers stay. */
function flipped(photo: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(photo)
  const middle = Math.floor(copy.length * 0.75)
  copy[middle] = (copy[middle] ?? 0) === 0x41 ? 0x42 : 0x41
  return copy
}
