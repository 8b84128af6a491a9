import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { decode, encode } from 'cborg'
import { canonicalJson } from '#shared/domain/canonical.ts'
import type { ReceiptFacts, SealClaims } from '#shared/domain/receipt/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import { sha256Hex, type Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { sealForms, sealPrefix } from '#shared/domain/scan/sealText.ts'
import { fold } from '#shared/text/fold.ts'
import { fromBase45, toBase45 } from './base45.ts'
import { fromClaimMap, toClaimMap } from './claims.ts'
import type { CounterKey } from './keys.ts'

/** A seal of ours has about 350 letters; no QR code holds more than 4,296. */
const longest = 4296

/** COSE_Sign1 is tagged 18 (RFC 9052 §4.2), one byte in CBOR. */
const tag18 = 0xd2
/** Header labels (RFC 9052 §3.1) and ES256 (RFC 9053 §2.1). */
const alg = 1
const kidLabel = 4
const es256 = -7

/** SHA-256 of the canonical JSON of a receipt's facts, in hexadecimal: what the seal says of the paper. */
export const factsDigest = (facts: ReceiptFacts): Sha256 =>
  sha256Hex.parse(createHash('sha256').update(canonicalJson(facts)).digest('hex'))

/**
 * What the seal says of the citizen's name: the first 128 bits of SHA-256 over the digest of the facts and the name in
 * the letters that any spelling of it shares (`fold`), in hexadecimal. Whoever reads a name on a paper compares it; it
 * is bound to this receipt, so that two receipts of one person do not show that they are.
 */
export const nameDigest = (name: string, facts: Sha256): string =>
  createHash('sha256')
    .update(`${facts}\n${fold(name).trim().replaceAll(/\s+/gu, ' ')}`)
    .digest('hex')
    .slice(0, 32)

/** Sig_structure of RFC 9052 §4.4, without external data. */
const toBeSigned = (protectedHeader: Uint8Array, payload: Uint8Array): Uint8Array =>
  encode(['Signature1', protectedHeader, new Uint8Array(), payload])

/**
 * Signs the claims: `GU1:` and the base45 of a COSE_Sign1 (ES256) over a CWT claims set.
 * @param signer P-256 private key, and the `kid` of its entry in the key list
 */
export function signSeal(claims: SealClaims, signer: { readonly privateKey: KeyObject; readonly kid: string }): string {
  const protectedHeader = encode(
    new Map<number, unknown>([
      [alg, es256],
      [kidLabel, Uint8Array.from(Buffer.from(signer.kid, 'hex'))],
    ]),
  )
  const payload = encode(toClaimMap(claims))
  const signature = sign('sha256', toBeSigned(protectedHeader, payload), {
    key: signer.privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  const body = encode([protectedHeader, new Map(), payload, Uint8Array.from(signature)])
  return sealPrefix + toBase45(Uint8Array.from([tag18, ...body]))
}

/**
 * Verifies a seal offline. Strict, since the tag and the outer array are not signed: tag 18, four elements, empty
 * unprotected map, ES256, a known `kid`, one byte form only, nothing behind.
 * Faults: `seal.malformed`, `seal.unknownKey` (also when the key was not valid or not that counter's),
 * `seal.badSignature`.
 */
export function verifySeal(text: string, keys: readonly CounterKey[]): Result<SealClaims> {
  const forms = sealForms(text)
  if (forms.length === 0) return err(faultOf('seal.malformed', `a seal begins with ${sealPrefix}`))
  const envelopes = forms.flatMap((form) => open(form) ?? [])
  // A reading that is not the one that was signed hardly ever has the form of one; if so, the signature says.
  const verified = envelopes.map((envelope) => verifyEnvelope(envelope, keys))
  return verified.find(({ ok: signed }) => signed) ?? verified[0] ?? err(faultOf('seal.malformed'))
}

const verifyEnvelope = (envelope: Envelope, keys: readonly CounterKey[]): Result<SealClaims> => {
  const key = keys.find((one) => one.kid === envelope.kid)
  if (key === undefined) return err(faultOf('seal.unknownKey', `kid ${envelope.kid}`))
  const publicKey = createPublicKey({ key: { ...key.jwk }, format: 'jwk' })
  const signed = toBeSigned(envelope.protectedHeader, envelope.payload)
  if (!verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, envelope.signature))
    return err(faultOf('seal.badSignature'))
  const claims = fromClaimMap(strictly(envelope.payload))
  if (claims === undefined) return err(faultOf('seal.malformed', 'claims'))
  if (claims.issuer !== key.counter) return err(faultOf('seal.unknownKey', `kid ${key.kid} is not of ${claims.issuer}`))
  const at = claims.issuedAt * 1000
  const outside = at < Date.parse(key.validFrom) || (key.validUntil !== undefined && at > Date.parse(key.validUntil))
  return outside ? err(faultOf('seal.unknownKey', `kid ${key.kid} was not valid then`)) : ok(claims)
}

interface Envelope {
  readonly protectedHeader: Uint8Array
  readonly payload: Uint8Array
  readonly signature: Uint8Array
  readonly kid: string
}

function open(text: string): Envelope | undefined {
  if (!text.startsWith(sealPrefix) || text.length > longest) return undefined
  const bytes = fromBase45(text.slice(sealPrefix.length))
  if (bytes?.[0] !== tag18) return undefined
  const body = strictly(bytes.subarray(1))
  if (!Array.isArray(body) || body.length !== 4) return undefined
  const [protectedHeader, unprotected, payload, signature] = body as readonly unknown[]
  if (
    !(protectedHeader instanceof Uint8Array) ||
    !(payload instanceof Uint8Array) ||
    !(signature instanceof Uint8Array)
  )
    return undefined
  if (!(unprotected instanceof Map) || unprotected.size !== 0 || signature.length !== 64) return undefined
  const header = strictly(protectedHeader)
  if (!(header instanceof Map) || header.size !== 2 || header.get(alg) !== es256) return undefined
  const kid: unknown = header.get(kidLabel)
  if (!(kid instanceof Uint8Array)) return undefined
  return { protectedHeader, payload, signature, kid: Buffer.from(kid).toString('hex') }
}

/**
 * Decodes one CBOR item that is in the one byte form that we write (shortest, ordered, definite); otherwise nothing.
 */
function strictly(bytes: Uint8Array): unknown {
  try {
    const value: unknown = decode(bytes, {
      strict: true,
      useMaps: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
    })
    return Buffer.compare(encode(value), bytes) === 0 ? value : undefined
  } catch {
    return undefined
  }
}
