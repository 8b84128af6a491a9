import { generateKeyPairSync } from 'node:crypto'
import { createApplet, type Generation, type VirtualCard } from './applet.ts'
import type { Authority, HashName } from './authority.ts'
import { fileId, writeCardFiles, type Tamper } from './cardFiles.ts'
import type { HolderKeys, KeyKind, KeyPair } from './holderKeys.ts'
import type { Person } from './persons.ts'

export interface BelgianCardOptions {
  readonly person: Person
  /** The JPEG file as it goes onto the card. */
  readonly photo: Uint8Array
  /**
   * Its cards have RSA keys, applet 1.7, or elliptic ones, 1.8. An elliptic administration with RSA cards makes
   * re-keyed cards.
   */
  readonly authority: Authority
  /** An older applet for RSA cards. */
  readonly generation?: Exclude<Generation, '1.8'>
  /** `copy`: everything that can be read, on a chip that has none of its keys. */
  readonly tamper?: readonly (Tamper | 'copy')[]
  readonly photoHash?: HashName
  readonly signatureHash?: HashName
  /** A file that stops three bytes before the end of its content. */
  readonly shortFile?: keyof typeof fileId
  /** Fields behind those of the person. */
  readonly moreFields?: readonly (readonly [number, Uint8Array])[]
  /** 1234 unless told otherwise. */
  readonly pin?: string
  /** The basic key of applet 1.8; a fresh one when absent. */
  readonly basicKey?: KeyPair
  /** The keys that the PIN opens, where they are not those of the certificates. */
  readonly keys?: HolderKeys
}

const specimenPin = '1234'
/** On a P-384 curve, like every key of applet 1.8. */
const basicKeyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-384' })

/** Keys that no certificate is of. */
function otherKeys(kind: KeyKind): HolderKeys {
  const pair = (): KeyPair => (kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : basicKeyPair())
  return { kind, authentication: pair(), signature: pair() }
}

/** A virtual Belgian eID, signed by a training administration. */
export function createBelgianCard(options: BelgianCardOptions): VirtualCard {
  const {
    person,
    photo,
    authority,
    tamper = [],
    photoHash,
    signatureHash,
    shortFile,
    moreFields,
    pin = specimenPin,
  } = options
  const { holderKeys } = authority
  const basic = holderKeys.kind === 'ec' ? (options.basicKey ?? basicKeyPair()) : undefined
  const altered = new Set(tamper.filter((one) => one !== 'copy'))
  const files = writeCardFiles(person, photo, authority, {
    tamper: altered,
    photoHash,
    signatureHash,
    basicKey: basic?.publicKey,
    moreFields,
  })
  const cut = shortFile === undefined ? undefined : files.get(fileId[shortFile])
  if (shortFile !== undefined && cut !== undefined)
    files.set(fileId[shortFile], cut.subarray(0, cut.findLastIndex((byte) => byte !== 0) - 2))
  const copied = tamper.includes('copy')
  const basicKey = copied ? basicKeyPair().privateKey : basic?.privateKey
  const keys = options.keys ?? (copied ? otherKeys(holderKeys.kind) : holderKeys)
  return createApplet({
    generation: holderKeys.kind === 'ec' ? '1.8' : (options.generation ?? '1.7'),
    files,
    serial: Buffer.from('534C494E336600139300000000000001', 'hex'),
    secrets: { pin, keys: person.certificates ? keys : undefined, basicKey },
  })
}
