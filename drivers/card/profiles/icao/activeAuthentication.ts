import { constants, createPublicKey, publicEncrypt, randomBytes, type KeyObject } from 'node:crypto'
import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { id_ecPublicKey } from '@peculiar/asn1-ecc'
import { AsnConvert } from '@peculiar/asn1-schema'
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import type { Verdict } from '#shared/domain/identity/identity.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok, type Result } from '#shared/result.ts'
import { oidText, readTlvs } from './ber.ts'
import { concat } from './bytes.ts'
import { dg14Infos } from './chipAuthentication.ts'
import { curveOfKey, digest, nobleHash, type Hash } from './signature.ts'

// Hashes of plain ECDSA (BSI TR-03111 §5.2.1.1), and of the trailers of ISO 9796-2 (ISO 10118-3).
const plainEcdsa = '0.4.0.127.0.7.1.1.4.1.'
const ecdsaHashes: Readonly<Record<string, Hash>> = { 1: 'sha1', 2: 'sha224', 3: 'sha256', 4: 'sha384', 5: 'sha512' }
const trailers: Readonly<Record<number, Hash>> = {
  0x33: 'sha1',
  0x34: 'sha256',
  0x35: 'sha512',
  0x36: 'sha384',
  0x38: 'sha224',
}
const activeAuthenticationOid = '2.23.136.1.1.5'

/**
 * Active authentication (Doc 9303-11 §6.1): the chip signs a random challenge with the key of DG15. Faults: those of
 * the channel.
 * @param dg14 names the hash of an elliptic key
 */
export async function authenticateActively(
  channel: CardChannel,
  dg15: Uint8Array,
  dg14: Uint8Array | undefined,
): Promise<Result<Verdict>> {
  const outer = readTlvs(dg15)?.[0]
  if (outer?.tag !== 0x6f) return ok('invalid')
  const key = parseKey(outer.value)
  if (key === undefined) return ok('invalid')
  const challenge = randomBytes(8)
  // Signatures of RSA keys do not fit a short answer under secure messaging.
  const length =
    key.algorithm.algorithm === id_ecPublicKey
      ? { data: [0x08], answer: [0x00] }
      : { data: [0x00, 0x00, 0x08], answer: [0x00, 0x00] }
  const answer = await channel.transmit(
    Uint8Array.of(0x00, 0x88, 0x00, 0x00, ...length.data, ...challenge, ...length.answer),
  )
  if (!answer.ok) return answer.fault.code === 'card.refused' ? ok('invalid') : answer
  const [sw1, sw2] = answer.value.subarray(-2)
  // A chip that takes no extended length cannot answer: that says nothing of its key.
  if (sw1 === 0x67) return ok('notChecked')
  if (sw1 !== 0x90 || sw2 !== 0x00) return ok('invalid')
  const signature = answer.value.subarray(0, -2)
  try {
    if (key.algorithm.algorithm !== id_ecPublicKey)
      return ok(
        isIso9796(createPublicKey({ key: Buffer.from(outer.value), format: 'der', type: 'spki' }), signature, challenge)
          ? 'valid'
          : 'invalid',
      )
    const curve = curveOfKey(key)
    const hash = ecdsaHash(dg14)
    if (curve === undefined) return ok('notChecked')
    return ok(
      ecdsa(curve, nobleHash[hash]).verify(signature, digest(hash, challenge), new Uint8Array(key.subjectPublicKey), {
        prehash: false,
        lowS: false,
        format: 'compact',
      })
        ? 'valid'
        : 'invalid',
    )
  } catch {
    return ok('invalid')
  }
}

function parseKey(spki: Uint8Array): SubjectPublicKeyInfo | undefined {
  try {
    return AsnConvert.parse(spki, SubjectPublicKeyInfo)
  } catch {
    return undefined
  }
}

function ecdsaHash(dg14: Uint8Array | undefined): Hash {
  const info = dg14 === undefined ? undefined : dg14Infos(dg14).find(({ oid }) => oid === activeAuthenticationOid)
  const algorithm = info?.rest[1] === undefined ? undefined : oidText(info.rest[1].value)
  return (
    (algorithm?.startsWith(plainEcdsa) === true ? ecdsaHashes[algorithm.slice(plainEcdsa.length)] : undefined) ??
    'sha256'
  )
}

/**
 * ISO 9796-2 scheme 1 with partial recovery: 6A, recovered part, hash over it and the challenge, then BC (SHA-1) or
 * hash number and CC.
 */
export function isIso9796(key: KeyObject, signature: Uint8Array, challenge: Uint8Array): boolean {
  const recovered = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  const last = recovered.at(-1)
  const hash = last === 0xbc ? 'sha1' : last === 0xcc ? trailers[recovered.at(-2) ?? 0] : undefined
  if (hash === undefined || recovered[0] !== 0x6a) return false
  const end = recovered.length - (last === 0xbc ? 1 : 2)
  const size = digest(hash, challenge).length
  if (end - size < 1) return false
  return (
    Buffer.compare(
      recovered.subarray(end - size, end),
      digest(hash, concat(recovered.subarray(1, end - size), challenge)),
    ) === 0
  )
}
