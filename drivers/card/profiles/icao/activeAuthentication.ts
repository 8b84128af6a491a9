import { constants, createPublicKey, publicEncrypt, randomBytes, type KeyObject } from 'node:crypto'
import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { id_ecPublicKey } from '@peculiar/asn1-ecc'
import { AsnConvert } from '@peculiar/asn1-schema'
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok, type Result } from '#shared/result.ts'
import { oidText, readTemplate } from './ber.ts'
import { concat, fixedBytes, numberOf } from './bytes.ts'
import { dg14Infos } from './chipAuthentication.ts'
import type { Curve } from './curves.ts'
import { digest, nobleHash, type Hash } from './hashes.ts'
import { curveOfKey } from './signature.ts'

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
 * What came of asking a chip for a proof once. `failed`: what it answered is no proof; `refused`: it says that it does
 * not take part; `silent`: nothing that says anything of its key: a length that chip, reader or driver do not carry, or
 * an answer of somebody on the way.
 */
export type Asked = 'proved' | 'failed' | 'refused' | 'silent'

/** Statuses of a length or an offset, or of nothing in particular (ISO 7816-4 §5.6). */
const isAboutTransport = (sw1: number): boolean => [0x61, 0x67, 0x6b, 0x6c, 0x6f, 0x90].includes(sw1)

const challengeLength = 8

/**
 * Active authentication (Doc 9303-11 §6.1), once: the chip signs a random challenge with the key of DG15. Faults: those
 * of the channel.
 * @param dg14 names the hash of an elliptic key
 * @param turn 0 for the form of command that fits the key best; odd turns ask in the other one
 */
export async function authenticateActively(
  channel: CardChannel,
  dg15: Uint8Array,
  dg14: Uint8Array | undefined,
  turn = 0,
): Promise<Result<Asked>> {
  const [outer] = readTemplate(dg15)
  const key = outer?.tag === 0x6f ? parseKey(outer.value) : undefined
  // The issuer signed it: that we cannot read it says nothing of the chip.
  if (outer === undefined || key === undefined) return ok('silent')
  const elliptic = key.algorithm.algorithm === id_ecPublicKey || curveOfKey(key) !== undefined
  const challenge = randomBytes(challengeLength)
  const fitsShort = elliptic || key.subjectPublicKey.byteLength < shortKey
  const answer = await askFor(channel, challenge, fitsShort === (turn % 2 === 0))
  if (!answer.ok) return answer.fault.code === 'card.refused' ? ok('silent') : answer
  const { data, sw1 } = answer.value
  if (data.length === 0 || (sw1 !== 0x90 && sw1 !== 0x61)) return ok(isAboutTransport(sw1) ? 'silent' : 'refused')
  const proved = elliptic ? isEcdsaOf(key, challenge, data, ecdsaHash(dg14)) : isRsaOf(outer.value, challenge, data)
  if (proved === undefined) return ok('silent')
  return ok(proved ? 'proved' : sw1 === 0x61 ? 'silent' : 'failed')
}

/** Undefined for a curve that is none of the standard ones. */
function isEcdsaOf(
  key: SubjectPublicKeyInfo,
  challenge: Uint8Array,
  signature: Uint8Array,
  named: Hash | undefined,
): boolean | undefined {
  const curve = curveOfKey(key)
  return curve === undefined
    ? undefined
    : isEcdsa(curve, new Uint8Array(key.subjectPublicKey), challenge, signature, named)
}

/** Undefined for a key that cannot be used. */
function isRsaOf(spki: Uint8Array, challenge: Uint8Array, signature: Uint8Array): boolean | undefined {
  let key: KeyObject
  try {
    key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
  try {
    return isIso9796(key, signature, challenge)
  } catch {
    return false
  }
}

/** A signature of a longer RSA key does not fit a short answer under secure messaging: bytes of the key as DER. */
const shortKey = 230

/**
 * INTERNAL AUTHENTICATE, in a short command or one of extended length; again with the length that the chip names
 * (`6Cxx`), and with what waits behind the answer (`61xx`).
 */
async function askFor(
  channel: CardChannel,
  challenge: Uint8Array,
  short: boolean,
): Promise<Result<{ readonly data: Uint8Array; readonly sw1: number }>> {
  const command = (le: number): Uint8Array =>
    concat(
      Uint8Array.of(0x00, 0x88, 0x00, 0x00, ...(short ? [] : [0x00, 0x00]), challenge.length),
      challenge,
      Uint8Array.from(short ? [le] : [0x00, le]),
    )
  let answer = await channel.transmit(command(0))
  if (answer.ok && answer.value.at(-2) === 0x6c) answer = await channel.transmit(command(answer.value.at(-1) ?? 0))
  if (!answer.ok) return answer
  const statusOf = (bytes: Uint8Array): number => bytes.at(-2) ?? 0
  const first = { data: answer.value.subarray(0, -2), sw1: statusOf(answer.value) }
  let { data, sw1 } = first
  for (let left = 8; sw1 === 0x61 && left > 0; left -= 1) {
    const rest = await channel.transmit(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, answer.value.at(-1) ?? 0))
    // Nothing waits after all: what came first was the whole of it.
    if (!rest.ok) return rest.fault.code === 'card.refused' && data.length > 0 ? ok(first) : rest
    if (statusOf(rest.value) !== 0x90 && statusOf(rest.value) !== 0x61) break
    answer = rest
    data = concat(data, rest.value.subarray(0, -2))
    sw1 = statusOf(rest.value)
  }
  return ok({ data, sw1 })
}

/**
 * ECDSA over the challenge: r and s side by side as the standard says (BSI TR-03111 §5.2.1), or in DER as some chips
 * answer. The hash is the one that DG14 names; where it names none, or another than the chip uses, any of them.
 */
function isEcdsa(
  curve: Curve,
  key: Uint8Array,
  challenge: Uint8Array,
  signature: Uint8Array,
  named: Hash | undefined,
): boolean {
  const hashes = [...new Set([...(named === undefined ? [] : [named]), ...Object.values(ecdsaHashes).reverse()])]
  return (['compact', 'der'] as const).some((format) =>
    hashes.some((hash) => {
      try {
        return ecdsa(curve, nobleHash[hash]).verify(signature, digest(hash, challenge), key, {
          prehash: false,
          lowS: false,
          format,
        })
      } catch {
        return false
      }
    }),
  )
}

function parseKey(spki: Uint8Array): SubjectPublicKeyInfo | undefined {
  try {
    return AsnConvert.parse(spki, SubjectPublicKeyInfo)
  } catch {
    return undefined
  }
}

/** The hash that DG14 names; undefined when it names none. */
function ecdsaHash(dg14: Uint8Array | undefined): Hash | undefined {
  const info = dg14 === undefined ? undefined : dg14Infos(dg14).find(({ oid }) => oid === activeAuthenticationOid)
  const algorithm = info?.rest[1] === undefined ? undefined : oidText(info.rest[1].value)
  return algorithm?.startsWith(plainEcdsa) === true ? ecdsaHashes[algorithm.slice(plainEcdsa.length)] : undefined
}

/**
 * ISO 9796-2 scheme 1 with partial recovery: 6A, recovered part, hash over it and the challenge, then BC (SHA-1) or
 * hash number and CC.
 */
export function isIso9796(key: KeyObject, signature: Uint8Array, challenge: Uint8Array): boolean {
  const opened = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  const recovered = ((opened.at(-1) ?? 0) & 0x0f) === 0x0c ? opened : complement(key, opened)
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

/** A signer may give the smaller of s and n - s (ISO 9796-2 §B.6): what is recovered is then the rest to the modulus. */
function complement(key: KeyObject, opened: Uint8Array): Uint8Array {
  const modulus = numberOf(new Uint8Array(Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url')))
  return fixedBytes(modulus - numberOf(opened), opened.length)
}
