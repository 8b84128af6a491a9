import { hash } from 'node:crypto'

/** What the platform's log says of one applied act: everything in it the counter knows too. */
export interface LogEntry {
  readonly counterid: string
  readonly seq: number
  readonly id: string
  readonly sha256: string
}

const leafMark = '\u0000'
const nodeMark = Uint8Array.of(1)

/** Hash of a leaf (RFC 9162 §2.1.1) over the canonical JSON of the entry: its members stand in their order. */
export const leafHash = ({ counterid, seq, id, sha256 }: LogEntry): Buffer =>
  hash('sha256', leafMark + JSON.stringify({ counterid, id, seq, sha256 }), 'buffer')
/** Hash of two subtrees (RFC 9162 §2.1.1). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([nodeMark, left, right]), 'buffer')
/** The root of a log without entries. */
export const emptyRoot = hash('sha256', '', 'buffer')

/** The root over leaves that come one by one: only the roots of complete subtrees are held. */
export function rootOf(leaves: Iterable<Buffer>): { readonly size: number; readonly root: string } {
  const complete: Buffer[] = []
  let size = 0
  for (let leaf of leaves) {
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) leaf = nodeHash(complete.pop() ?? emptyRoot, leaf)
    complete.push(leaf)
    size += 1
  }
  const root = complete.reduceRight<Buffer | undefined>(
    (right, left) => (right === undefined ? left : nodeHash(left, right)),
    undefined,
  )
  return { size, root: (root ?? emptyRoot).toString('hex') }
}

/**
 * Whether a leaf is at a place of the log that has this root (RFC 9162 §2.1.3.2). Hashes are lower-case hexadecimal.
 */
export function provesInclusion(
  leaf: Buffer,
  index: number,
  head: { readonly size: number; readonly root: string },
  path: readonly string[],
): boolean {
  if (index >= head.size) return false
  let [place, last] = [index, head.size - 1]
  let root: Uint8Array = leaf
  for (const step of path) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      root = nodeHash(Buffer.from(step, 'hex'), root)
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)]
    } else root = nodeHash(root, Buffer.from(step, 'hex'))
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && hex(root) === head.root
}

/**
 * Whether the second log begins with the first one, entry by entry (RFC 9162 §2.1.4.2). From an empty log any other
 * follows.
 */
export function provesConsistency(
  first: { readonly size: number; readonly root: string },
  second: { readonly size: number; readonly root: string },
  path: readonly string[],
): boolean {
  if (first.size > second.size) return false
  if (first.size === second.size) return first.root === second.root && path.length === 0
  if (first.size === 0) return path.length === 0
  const steps = path.map((step) => Buffer.from(step, 'hex'))
  if (isPowerOfTwo(first.size)) steps.unshift(Buffer.from(first.root, 'hex'))
  const [begin, ...rest] = steps
  if (begin === undefined) return false
  let [place, last] = [first.size - 1, second.size - 1]
  while (place % 2 === 1) [place, last] = [half(place), half(last)]
  let [old, fresh]: [Uint8Array, Uint8Array] = [begin, begin]
  for (const step of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      old = nodeHash(step, old)
      fresh = nodeHash(step, fresh)
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)]
    } else fresh = nodeHash(fresh, step)
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && hex(old) === first.root && hex(fresh) === second.root
}

// No shifts: they end at 32 bits.
const half = (value: number): number => Math.floor(value / 2)
const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value))
const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')
