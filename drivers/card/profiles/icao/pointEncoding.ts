import { pow } from '@noble/curves/abstract/modular.js'
import type { Curve } from './curves.ts'

/**
 * The point that a field element is encoded to (Doc 9303-11 §4.4.3.3.2, "point encoding"); undefined on curves whose
 * prime is not
 * 3 modulo 4 (P-224), for which the standard gives none.
 */
export function encodeToPoint(curve: Curve, field: bigint): { readonly x: bigint; readonly y: bigint } | undefined {
  const p = curve.Fp.ORDER
  const { a, b } = curve.CURVE()
  if (p % 4n !== 3n) return undefined
  const mod = (value: bigint): bigint => ((value % p) + p) % p
  const inverse = (value: bigint): bigint => pow(mod(value), p - 2n, p)
  const alpha = mod(-field * field)
  const x2 = mod(-b * inverse(a) * (1n + inverse(alpha + alpha * alpha)))
  const x3 = mod(alpha * x2)
  const h2 = mod(x2 * x2 * x2 + a * x2 + b)
  const root = pow(h2, p - 1n - (p + 1n) / 4n, p)
  return mod(root * root * h2) === 1n
    ? { x: x2, y: mod(root * h2) }
    : { x: x3, y: mod(root * mod(field * field * field * h2)) }
}
