import { createHash } from 'node:crypto'

/**
 * RFC 9162 §2.1 word for word, by recursion over the whole list: slow, and nothing to get wrong. Leaves are leaf
 * hashes.
 */
export function naiveRoot(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves
  if (only === undefined) return createHash('sha256').digest()
  if (leaves.length === 1) return only
  const k = split(leaves.length)
  return createHash('sha256')
    .update(Uint8Array.of(1))
    .update(naiveRoot(leaves.slice(0, k)))
    .update(naiveRoot(leaves.slice(k)))
    .digest()
}

/** PATH(m, D_n), §2.1.3.1. */
export function naiveInclusion(leaves: readonly Buffer[], m: number): Buffer[] {
  if (leaves.length === 1) return []
  const k = split(leaves.length)
  return m < k
    ? [...naiveInclusion(leaves.slice(0, k), m), naiveRoot(leaves.slice(k))]
    : [...naiveInclusion(leaves.slice(k), m - k), naiveRoot(leaves.slice(0, k))]
}

/** PROOF(m, D_n), §2.1.4.1. */
export const naiveConsistency = (leaves: readonly Buffer[], m: number): Buffer[] => subproof(leaves, m, true)

function subproof(leaves: readonly Buffer[], m: number, whole: boolean): Buffer[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)]
  const k = split(leaves.length)
  return m <= k
    ? [...subproof(leaves.slice(0, k), m, whole), naiveRoot(leaves.slice(k))]
    : [...subproof(leaves.slice(k), m - k, false), naiveRoot(leaves.slice(0, k))]
}

/** The largest power of two below n. */
const split = (n: number): number => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}
