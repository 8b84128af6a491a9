import { pow } from '@noble/curves/abstract/modular.js'
import { fixedBytes, numberOf } from './bytes.ts'
import { coordinateLength, pointBytes, readPoint, standardCurve, type Curve } from './curves.ts'
import { modpGroup, type ModpGroup } from './modpGroups.ts'
import { encodeToPoint } from './pointEncoding.ts'

/** A group in which chip and terminal agree on a secret. Its elements are public keys as the protocol carries them. */
export interface Group {
  readonly agreement: 'DH' | 'ECDH'
  readonly order: bigint
  /** The prime of the field below. */
  readonly prime: bigint
  readonly generator: Uint8Array
  /** The tag of a public key inside an authentication token (Doc 9303-11 §9.4). */
  readonly keyTag: 0x84 | 0x86
  /** Whether these bytes are a public key: an element of the group, of its order, and not the neutral one. */
  isKey(key: Uint8Array): boolean
  times(key: Uint8Array, scalar: bigint): Uint8Array
  plus(one: Uint8Array, other: Uint8Array): Uint8Array
  /** The shared secret that an agreed element stands for; its length is fixed, leading zeros kept. */
  secretOf(key: Uint8Array): Uint8Array
  /**
   * The element that a field element is mapped to (integrated mapping); undefined where the group has no such mapping.
   */
  fromField(field: bigint): Uint8Array | undefined
}

/** The group of a standardised domain parameter number (Doc 9303-11 §9.5.1, table 6); undefined for unknown ones. */
export function standardGroup(parameterId: number): Group | undefined {
  const modp = modpGroup(parameterId)
  if (modp !== undefined) return modular(modp)
  const curve = standardCurve(parameterId)
  return curve === undefined ? undefined : elliptic(curve)
}

/** Points of an elliptic curve, uncompressed. */
function elliptic(curve: Curve): Group {
  const generator = pointBytes(curve.BASE)
  // The base point carries tables that make it five times faster.
  const pointOf = (key: Uint8Array) => (Buffer.compare(key, generator) === 0 ? curve.BASE : curve.fromBytes(key))
  return {
    agreement: 'ECDH',
    order: curve.Fn.ORDER,
    prime: curve.Fp.ORDER,
    generator,
    keyTag: 0x86,
    isKey: (key) => readPoint(curve, key) !== undefined,
    times: (key, scalar) => pointBytes(pointOf(key).multiply(scalar)),
    plus: (one, other) => pointBytes(pointOf(one).add(pointOf(other))),
    secretOf: (key) => fixedBytes(pointOf(key).toAffine().x, coordinateLength(curve)),
    fromField(field) {
      const point = encodeToPoint(curve, field)
      return point === undefined ? undefined : pointBytes(curve.fromAffine(point))
    },
  }
}

/** Numbers modulo a prime, as long as the prime. */
function modular({ p, g, q }: ModpGroup): Group {
  const length = Math.ceil(p.toString(16).length / 2)
  const encode = (value: bigint): Uint8Array => fixedBytes(value, length)
  return {
    agreement: 'DH',
    order: q,
    prime: p,
    generator: encode(g),
    keyTag: 0x84,
    isKey(key) {
      const value = numberOf(key)
      return key.length <= length && value > 1n && value < p - 1n && pow(value, q, p) === 1n
    },
    times: (key, scalar) => encode(pow(numberOf(key), scalar, p)),
    plus: (one, other) => encode((numberOf(one) * numberOf(other)) % p),
    secretOf: (key) => encode(numberOf(key)),
    fromField: (field) => encode(pow(field, (p - 1n) / q, p)),
  }
}

/**
 * Generic mapping (Doc 9303-11 §4.4.3.3.1): the nonce moves the generator to s·G + H, where H is the first agreed
 * element.
 */
export function genericMapping(group: Group, nonce: Uint8Array, agreed: Uint8Array): Uint8Array {
  const scalar = numberOf(nonce) % group.order
  return scalar === 0n ? agreed : group.plus(group.times(group.generator, scalar), agreed)
}
