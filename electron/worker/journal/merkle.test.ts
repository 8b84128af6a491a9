import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { naiveConsistency, naiveInclusion, naiveRoot } from '#tests/builders/naiveTree.ts'
import { emptyRoot, leafHash, provesConsistency, provesInclusion, rootOf } from './merkle.ts'

const leaves = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, at) =>
    leafHash({ counterid: 'RAB03-G2', seq: at + 1, id: String(at), sha256: 'f' }),
  )
const headOf = (count: number) => ({ size: count, root: naiveRoot(leaves(count)).toString('hex') })
const size = fc.integer({ min: 1, max: 140 })

test('an empty log has the hash of nothing (RFC 9162 §2.1.1)', () => {
  expect(emptyRoot.toString('hex')).toBe(createHash('sha256').digest('hex'))
  expect(rootOf([])).toEqual({ size: 0, root: emptyRoot.toString('hex') })
})

test('the root that grows leaf by leaf is that of the tree built at once', () => {
  for (let count = 1; count <= 140; count += 1) expect(rootOf(leaves(count))).toEqual(headOf(count))
})

test('every path of the naive tree proves its leaf, and no other leaf, place or size', () => {
  fc.assert(
    fc.property(size, fc.nat(), (count, pick) => {
      const index = pick % count
      const path = naiveInclusion(leaves(count), index).map((one) => one.toString('hex'))
      const leaf = leaves(count)[index] ?? emptyRoot
      expect(provesInclusion(leaf, index, headOf(count), path)).toBe(true)
      expect(provesInclusion(emptyRoot, index, headOf(count), path)).toBe(false)
      expect(provesInclusion(leaf, index, { ...headOf(count), root: emptyRoot.toString('hex') }, path)).toBe(false)
      expect(provesInclusion(leaf, index, headOf(count), [...path, emptyRoot.toString('hex')])).toBe(false)
      if (count > 1) expect(provesInclusion(leaf, (index + 1) % count, headOf(count), path)).toBe(false)
    }),
  )
})

test('a log that only grew proves it; one that was changed anywhere cannot', () => {
  fc.assert(
    fc.property(size, size, fc.nat(), (one, other, pick) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)]
      const path = naiveConsistency(leaves(second), first).map((node) => node.toString('hex'))
      expect(provesConsistency(headOf(first), headOf(second), path)).toBe(true)
      const changed = leaves(second)
      changed[pick % first] = emptyRoot
      const forged = { size: second, root: naiveRoot(changed).toString('hex') }
      expect(
        provesConsistency(
          headOf(first),
          forged,
          naiveConsistency(changed, first).map((node) => node.toString('hex')),
        ),
      ).toBe(false)
    }),
  )
})
