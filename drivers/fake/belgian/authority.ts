import { randomBytes, sign, type KeyObject } from 'node:crypto'
import { writeCertificate, type CertificateFacts, type Name } from './certificate.ts'
import { createHolderKeys, keyPair, type HolderKeys, type KeyKind } from './holderKeys.ts'

export type HashName = 'sha1' | 'sha256' | 'sha384'

/** A training administration: its own root, made afresh, which nothing outside training may trust. */
export interface Authority {
  readonly kind: KeyKind
  /** DER certificates. */
  readonly root: Uint8Array
  readonly citizenAuthority: Uint8Array
  readonly register: Uint8Array
  /**
   * The National Register's signature of `data`, as in the signature files: PKCS#1 v1.5, or DER for an elliptic key.
   */
  signByRegister(data: Uint8Array, hash: HashName): Uint8Array
  /** Keys of the cards that it hands out: RSA ones make a card of applet 1.7, whatever the register signs with. */
  readonly holderKeys: HolderKeys
  /** A citizen's certificate under this administration, for one of those keys. */
  certify(commonName: string, nationalNumber: string, publicKey: KeyObject): Uint8Array
}

const rootName: Name = { commonName: 'SPECIMEN Root CA' }
const citizenAuthorityName: Name = { commonName: 'SPECIMEN Citizen CA', serialNumber: '202601' }
const years = (date: Date, count: number): Date =>
  new Date(Date.UTC(date.getUTCFullYear() + count, date.getUTCMonth(), 1))

/**
 * Makes a root, a citizen authority and a National Register with fresh keys, valid from a year before `today`. Its
 * cards have keys
 * of the same kind, unless they are re-keyed ones: RSA cards under an elliptic administration.
 */
export async function createAuthority(kind: KeyKind, today: Date, cards: KeyKind = kind): Promise<Authority> {
  const [root, register, citizen, holderKeys] = await Promise.all([
    keyPair(kind),
    keyPair(kind),
    keyPair(kind),
    createHolderKeys(cards),
  ])
  const issue = (
    facts: Pick<CertificateFacts, 'subject' | 'issuer' | 'publicKey' | 'authority'>,
    signer: KeyObject,
  ): Uint8Array =>
    // The first byte is kept in 01 to 7F: serial numbers are positive and carry no leading zero.
    writeCertificate(
      { ...facts, serial: Uint8Array.of(0x10, ...randomBytes(15)), from: years(today, -1), until: years(today, 12) },
      signer,
    )
  const underRoot = (subject: Name, publicKey: KeyObject, authority: boolean): Uint8Array =>
    issue({ subject, issuer: rootName, publicKey, authority }, root.privateKey)
  return {
    kind,
    root: underRoot(rootName, root.publicKey, true),
    citizenAuthority: underRoot(citizenAuthorityName, citizen.publicKey, true),
    register: underRoot({ commonName: 'RRN' }, register.publicKey, false),
    signByRegister: (data, hash) => sign(hash, data, register.privateKey),
    holderKeys,
    certify: (commonName, nationalNumber, publicKey) =>
      issue(
        {
          subject: { commonName, serialNumber: nationalNumber },
          issuer: citizenAuthorityName,
          publicKey,
          authority: false,
        },
        citizen.privateKey,
      ),
  }
}
