import { createHash, randomBytes } from 'node:crypto'
import { addressTag, identityTag } from '../../card/profiles/beEid/identityFile.ts'
import type { Authority, HashName } from './authority.ts'
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
} as const

const field = (tag: number, value: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(tag), Buffer.alloc(Math.floor(value.length / 255), 0xff), Uint8Array.of(value.length % 255), value])

/** The TLV of identity and address files: each FF in the length adds 255 and goes on. */
export const encodeFields = (fields: readonly (readonly [number, Uint8Array])[]): Uint8Array =>
  Buffer.concat(fields.map(([tag, value]) => field(tag, value)))

const padded = (bytes: Uint8Array, zeroes: number): Uint8Array => Buffer.concat([bytes, Buffer.alloc(zeroes)])

/** Length of an elliptic signature file: DER, then zeroes. */
const signatureFileLength = 104

/** What differs between cards of one layout. */
export interface CardVariant {
  readonly tamper: ReadonlySet<Tamper>
  /** Of the photo; by default SHA-256 on RSA cards and SHA-384 on elliptic ones. Old cards have SHA-1, re-keyed ones kept theirs. */
  readonly photoHash: HashName | undefined
  /** Of the register's RSA signatures: SHA-1 on old cards. */
  readonly signatureHash: HashName | undefined
}

/**
 * Writes the files of a card, signed by `authority`: the layout of applet 1.7 with RSA keys, of 1.8 with elliptic ones (longer
 * certificate padding).
 */
export function writeCardFiles(person: Person, photo: Uint8Array, authority: Authority, { tamper, ...hashes }: CardVariant): CardFiles {
  const ec = authority.kind === 'ec'
  const usual = ec ? 'sha384' : 'sha256'
  const photoHash = createHash(hashes.photoHash ?? usual).update(photo).digest()
  const identity = identityFile(person, photoHash)
  const address = addressFile(person)
  const signatureFile = (data: Uint8Array): Uint8Array => {
    const signature = authority.signByRegister(data, hashes.signatureHash ?? usual)
    return ec ? padded(signature, signatureFileLength - signature.length) : signature
  }
  const identitySignature = signatureFile(identity)
  const addressSignature = signatureFile(Buffer.concat([trimmed(address), identitySignature]))
  const certificate = (bytes: Uint8Array): Uint8Array => padded(bytes, ec ? 1100 : 50)
  const own = (use: string): Uint8Array =>
    person.certificates
      ? certificate(authority.certify(`${person.fields.givenNames ?? ''} ${person.fields.name ?? ''} (${use})`, person.fields.nationalNumber ?? ''))
      : new Uint8Array(ec ? 2500 : 1300)
  return new Map<number, Uint8Array>([
    [fileId.identity, tamper.has('identity') ? altered(identity, person.fields.municipalityOfIssue ?? '') : identity],
    [fileId.identitySignature, identitySignature],
    [fileId.address, tamper.has('address') ? altered(address, person.address?.street ?? '') : address],
    [fileId.addressSignature, addressSignature],
    [fileId.photo, tamper.has('photo') ? flipped(photo) : photo],
    [fileId.authentication, own('Authentication')],
    [fileId.signature, own('Signature')],
    [fileId.citizenAuthority, certificate(authority.citizenAuthority)],
    [fileId.root, certificate(authority.root)],
    [fileId.register, certificate(authority.register)],
    [fileId.tokenInfo, tokenInfo],
  ])
}

/** PKCS#15 TokenInfo as OpenSC asks for it: version, serial number, manufacturer. */
const tokenInfo = Buffer.from('30270201000410534C494E33660013930D2061C018063F8004424549440302043080020102', 'hex')

/** Every card carries the tags 01 to 11, empty where there is nothing to say; the later ones only where they apply. */
function identityFile(person: Person, photoHash: Uint8Array): Uint8Array {
  const values = Object.entries(identityTag).flatMap(([name, tag]): [number, Uint8Array][] => {
    if (tag === identityTag.chipNumber) return [[tag, randomBytes(16)]]
    if (tag === identityTag.photoHash) return [[tag, photoHash]]
    const text = person.fields[name as keyof typeof identityTag] // the names are the keys of this very table
    if (text === undefined) return tag >= 0x01 && tag <= 0x11 ? [[tag, new Uint8Array(0)]] : []
    return [[tag, tag === identityTag.version ? Buffer.from(text, 'hex') : Buffer.from(text)]]
  })
  return encodeFields(values)
}

function addressFile(person: Person): Uint8Array {
  const { street = '', postalCode = '', municipality = '' } = person.address ?? {}
  const values = [[addressTag.street, street], [addressTag.postalCode, postalCode], [addressTag.municipality, municipality]] as const
  return person.address === undefined ? new Uint8Array(0) : padded(encodeFields(values.map(([tag, value]) => [tag, Buffer.from(value)])), 17)
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
