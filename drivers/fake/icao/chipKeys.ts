import { constants, createHash, privateDecrypt, randomBytes, sign, type KeyObject } from 'node:crypto'
import { tlv } from '../../card/profiles/icao/ber.ts'
import { concat, fixedBytes } from '../../card/profiles/icao/bytes.ts'
import type { Cipher } from '../../card/profiles/icao/cipher.ts'
import { coordinateLength, pointBytes, standardCurve } from '../../card/profiles/icao/curves.ts'
import { der, integer, oid, sequence } from '../belgian/der.ts'

/** A chip's own key for chip authentication: curve by its number of Doc 9303-11 table 6. */
export interface ChipAuthenticationKey {
  readonly parameterId: number
  readonly cipher: Cipher
  readonly secret: bigint
}

/** A chip's key for active authentication: RSA, or elliptic with the curve's own size of hash. */
export interface ActiveKey {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const cipherNumbers: Readonly<Record<Cipher, number>> = { '3DES': 1, 'AES-128': 2, 'AES-192': 3, 'AES-256': 4 }
const elementOf = (value: bigint, length: number): Uint8Array => der(0x04, fixedBytes(value, length))

/** The public half with explicit parameters (ECParameters), as many documents have it. */
function explicitKey({ parameterId, secret }: ChipAuthenticationKey): Uint8Array {
  const curve = standardCurve(parameterId)
  if (curve === undefined) throw new Error(`no curve ${parameterId}`)
  const { p, a, b, n } = curve.CURVE()
  const length = coordinateLength(curve)
  const number = (value: bigint): Uint8Array => integer(fixedBytes(value, length))
  const parameters = sequence(
    integer(Uint8Array.of(1)),
    sequence(oid('1.2.840.10045.1.1'), number(p)),
    sequence(elementOf(a, length), elementOf(b, length)),
    der(0x04, pointBytes(curve.BASE)),
    number(n),
    integer(Uint8Array.of(1)),
  )
  return sequence(
    sequence(oid('1.2.840.10045.2.1'), parameters),
    der(0x03, Uint8Array.of(0), pointBytes(curve.BASE.multiply(secret))),
  )
}

/** The entries of EF.CardSecurity: the key that chip authentication mapping proves. */
export const writeCardSecurity = (chip: ChipAuthenticationKey): Uint8Array =>
  der(0x31, sequence(oid('0.4.0.127.0.7.2.2.1.2'), explicitKey(chip)))

/**
 * DG14 (Doc 9303-10 §4.7.14): the key of chip authentication, and the hash of an elliptic key for active
 * authentication.
 * @param identifiers of the key, at its own entry and at that of its protocol; absent with the only key of a chip
 */
export function writeDg14(
  chip: ChipAuthenticationKey | undefined,
  identifiers: { readonly ofKey?: number; readonly ofProtocol?: number } = {},
): Uint8Array {
  const named = (id: number | undefined): readonly Uint8Array[] =>
    id === undefined ? [] : [integer(Uint8Array.of(id))]
  const infos =
    chip === undefined
      ? []
      : [
          sequence(oid('0.4.0.127.0.7.2.2.1.2'), explicitKey(chip), ...named(identifiers.ofKey)),
          ...(chip.cipher === '3DES'
            ? []
            : [
                sequence(
                  oid(`0.4.0.127.0.7.2.2.3.2.${String(cipherNumbers[chip.cipher])}`),
                  integer(Uint8Array.of(1)),
                  ...named(identifiers.ofProtocol),
                ),
              ]),
        ]
  const active = sequence(oid('2.23.136.1.1.5'), integer(Uint8Array.of(1)), oid('0.4.0.127.0.7.1.1.4.1.3'))
  return tlv(0x6e, der(0x31, ...infos, active))
}

/** DG15: the public key of active authentication. */
export const writeDg15 = ({ publicKey }: ActiveKey): Uint8Array =>
  tlv(0x6f, publicKey.export({ type: 'spki', format: 'der' }))

/** Signs a challenge: plain ECDSA with SHA-256, or ISO 9796-2 scheme 1 with SHA-256 (trailer 34 CC). */
export function signChallenge({ privateKey }: ActiveKey, challenge: Uint8Array): Uint8Array {
  if (privateKey.asymmetricKeyType !== 'rsa')
    return sign('sha256', challenge, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  const length = (privateKey.asymmetricKeyDetails?.modulusLength ?? 2048) / 8
  const recoverable = randomBytes(length - 1 - 32 - 2)
  const hash = createHash('sha256').update(recoverable).update(challenge).digest()
  return privateDecrypt(
    { key: privateKey, padding: constants.RSA_NO_PADDING },
    concat(Uint8Array.of(0x6a), recoverable, hash, Uint8Array.of(0x34, 0xcc)),
  )
}
