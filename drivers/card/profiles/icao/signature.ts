import { constants, createPublicKey, verify } from 'node:crypto'
import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { id_ecPublicKey, ECParameters } from '@peculiar/asn1-ecc'
import { id_RSASSA_PSS } from '@peculiar/asn1-rsa'
import { AsnConvert } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { numberOf } from './bytes.ts'
import { standardCurve, type Curve } from './curves.ts'
import { digest, hashNamed, nobleHash } from './hashes.ts'
import { isPss } from './pss.ts'

// Named curves by OID (SEC 2, RFC 5639) as the parameter numbers of Doc 9303-11, table 6.
const curveNumbers: Readonly<Record<string, number>> = {
  '1.2.840.10045.3.1.1': 8,
  '1.3.36.3.3.2.8.1.1.3': 9,
  '1.3.132.0.33': 10,
  '1.3.36.3.3.2.8.1.1.5': 11,
  '1.2.840.10045.3.1.7': 12,
  '1.3.36.3.3.2.8.1.1.7': 13,
  '1.3.36.3.3.2.8.1.1.9': 14,
  '1.3.132.0.34': 15,
  '1.3.36.3.3.2.8.1.1.11': 16,
  '1.3.36.3.3.2.8.1.1.13': 17,
  '1.3.132.0.35': 18,
}

/**
 * The curve of a public key. Explicit parameters, common in passports, must spell one of the standard curves to the
 * last
 * number: a curve of the signer's own choosing proves nothing.
 */
function curveOf(parameters: ArrayBuffer): Curve | undefined {
  const parsed = AsnConvert.parse(parameters, ECParameters)
  if (parsed.namedCurve !== undefined) return standardCurve(curveNumbers[parsed.namedCurve] ?? -1)
  const spelled = parsed.specifiedCurve
  if (spelled === undefined) return undefined
  const base = new Uint8Array(spelled.base.buffer)
  const order = numberOf(new Uint8Array(spelled.order))
  const [a, b] = [spelled.curve.a, spelled.curve.b].map((element) => numberOf(new Uint8Array(element)))
  return Object.values(curveNumbers)
    .flatMap((number) => standardCurve(number) ?? [])
    .find((curve) => {
      const { a: ownA, b: ownB } = curve.CURVE()
      return (
        curve.Fn.ORDER === order &&
        ownA === a &&
        ownB === b &&
        Buffer.compare(curve.BASE.toBytes(base[0] !== 4), base) === 0
      )
    })
}

// standardizedDomainParameters of BSI TR-03110-3 §A.2.1.1: the number of table 6 in place of a curve.
const standardizedParameters = '0.4.0.127.0.7.1.2'

/** The curve of a subject's public key; undefined when it is not elliptic or on a curve of its own. */
export function curveOfKey({ algorithm: { algorithm, parameters } }: SubjectPublicKeyInfo): Curve | undefined {
  if (parameters === undefined || parameters === null) return undefined
  if (algorithm === standardizedParameters) return standardCurve(new Uint8Array(parameters).at(-1) ?? -1)
  return algorithm === id_ecPublicKey ? curveOf(parameters) : undefined
}

const rsaEncryption = '1.2.840.113549.1.1.1'

export interface Signed {
  readonly key: SubjectPublicKeyInfo
  readonly algorithm: AlgorithmIdentifier
  /** The digest named beside the signature, for algorithms that do not name one. */
  readonly digestAlgorithm?: string
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

/** Whether signatures under this kind of key can be verified at all. */
export const isKnownKey = ({ algorithm: { algorithm } }: SubjectPublicKeyInfo): boolean =>
  [id_ecPublicKey, rsaEncryption, id_RSASSA_PSS].includes(algorithm)

/**
 * Whether a signature verifies: RSA (PKCS#1 v1.5 and PSS) and ECDSA on every standard curve, under OpenSSL and
 * BoringSSL alike.
 */
export function isSignedBy(signed: Signed): boolean {
  try {
    return signed.key.algorithm.algorithm === id_ecPublicKey ? isEcdsa(signed) : isRsa(signed)
  } catch {
    return false
  }
}

function isEcdsa({ key, algorithm, digestAlgorithm, data, signature }: Signed): boolean {
  const curve = curveOfKey(key)
  const hash = hashNamed(algorithm.algorithm) ?? hashNamed(digestAlgorithm ?? '')
  if (curve === undefined || hash === undefined) return false
  // lowS is a rule of block chains: half of all document signatures have a high one.
  return ecdsa(curve, nobleHash[hash]).verify(signature, digest(hash, data), new Uint8Array(key.subjectPublicKey), {
    prehash: false,
    lowS: false,
    format: 'der',
  })
}

function isRsa({ key, algorithm, digestAlgorithm, data, signature }: Signed): boolean {
  // BoringSSL does not know keys that are named after PSS; the key itself is the same.
  const plain = new SubjectPublicKeyInfo({
    algorithm: new AlgorithmIdentifier({ algorithm: rsaEncryption, parameters: null }),
    subjectPublicKey: key.subjectPublicKey,
  })
  const publicKey = createPublicKey({ key: Buffer.from(AsnConvert.serialize(plain)), format: 'der', type: 'spki' })
  if (algorithm.algorithm === id_RSASSA_PSS) return isPss(publicKey, algorithm.parameters, data, signature)
  const hash = hashNamed(algorithm.algorithm) ?? hashNamed(digestAlgorithm ?? '')
  return hash !== undefined && verify(hash, data, { key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature)
}
