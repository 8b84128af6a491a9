import { emptyRoot, leafHash, nodeHash, type LogEntry } from '#electron/worker/journal/merkle.ts'
import type { TreeHead } from '#shared/contract/heads.ts'
import { insert, together, type Session } from './database.ts'

/**
 * One append-only log for each counter (RFC 9162 §2.1), over its applied commands in their order. A log for each
 * counter and not
 * one for all: no sequencer that every act has to pass, one shard for each proof. The leaves are the
 * commands
 * themselves, numbered by `log_index`; only the roots of whole tiles of leaves are stored, so that a proof reads a few
 * of them
 * and the leaves of at most three tiles.
 */
const tileHeight = 8
const tile = 2 ** tileHeight

/** Leaves from `start` up to but not including `end`. */
interface Range {
  readonly start: number
  readonly end: number
}
type HashOf = (range: Range) => Buffer

/**
 * Stores the roots of the tiles, and of what stands above them, that these entries complete; they are the newest of the
 * log.
 */
export async function growLog(
  session: Session,
  counter: string,
  before: number,
  entries: readonly LogEntry[],
): Promise<void> {
  const size = before + entries.length
  const firstTile = Math.floor(before / tile)
  if (Math.floor(size / tile) === firstTile) return
  const reads = together([
    readLeaves(session, counter, { start: firstTile * tile, end: before }),
    readNodes(session, counter, rightmost(firstTile)),
  ])
  const added = entries.map(leafHash)
  const [begun, known] = await reads
  const hashes = [...begun, ...added]
  const made = new Map<string, Buffer>()
  const nodeAt = (level: number, index: number): Buffer =>
    made.get(nodeName(level, index)) ?? known.get(nodeName(level, index)) ?? emptyRoot
  for (let at = firstTile; at < Math.floor(size / tile); at += 1) {
    const from = (at - firstTile) * tile
    let [level, index, hash] = [tileHeight, at, tileRoot(hashes.slice(from, from + tile))]
    made.set(nodeName(level, index), hash)
    while (index % 2 === 1) {
      hash = nodeHash(nodeAt(level, index - 1), hash)
      ;[level, index] = [level + 1, (index - 1) / 2]
      made.set(nodeName(level, index), hash)
    }
  }
  await insert(
    session,
    'log_node (counter_id, node, hash)',
    [...made].map(([node, hash]) => [counter, node, hash.toString('hex')]),
    'ON CONFLICT DO NOTHING',
  )
}

/** The root of the log at a size that it has or had. */
export async function rootAt(session: Session, counter: string, size: number): Promise<TreeHead> {
  const whole = { start: 0, end: size }
  const hashOf = await reader(session, counter, size === 0 ? [] : [whole])
  return treeHead(size, size === 0 ? emptyRoot : hashOf(whole))
}

/** The path from a leaf to the root at a size (§2.1.3.1). */
export async function inclusionPath(session: Session, counter: string, index: number, size: number): Promise<string[]> {
  return hexOf(session, counter, inclusion(index, { start: 0, end: size }))
}

/**
 * What shows that the log of `first` entries is the beginning of that of `second` (§2.1.4.1); nothing from an empty
 * one.
 */
export async function consistencyPath(
  session: Session,
  counter: string,
  first: number,
  second: number,
): Promise<string[]> {
  return first === 0 || first === second
    ? []
    : hexOf(session, counter, consistency(first, { start: 0, end: second }, true))
}

// a digest has this form
const treeHead = (size: number, root: Buffer): TreeHead => ({ size, root: root.toString('hex') as TreeHead['root'] })
const nodeName = (level: number, index: number): string => `${String(level)}/${String(index)}`
/** The subtrees that so many whole tiles are made of: one for each bit of their number, the last of its level. */
const rightmost = (tiles: number): string[] =>
  Array.from(tiles.toString(2))
    .reverse()
    .flatMap((bit, level) => (bit === '1' ? [nodeName(tileHeight + level, Math.floor(tiles / 2 ** level) - 1)] : []))
const sizeOf = ({ start, end }: Range): number => end - start
/** The largest power of two below n. */
const split = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1)
const halves = (range: Range): [Range, Range] => {
  const middle = range.start + split(sizeOf(range))
  return [
    { start: range.start, end: middle },
    { start: middle, end: range.end },
  ]
}

const inclusion = (index: number, range: Range): Range[] => {
  if (sizeOf(range) === 1) return []
  const [left, right] = halves(range)
  return index < left.end ? [...inclusion(index, left), right] : [...inclusion(index, right), left]
}

const consistency = (first: number, range: Range, whole: boolean): Range[] => {
  if (range.start + first === range.end) return whole ? [] : [range]
  const [left, right] = halves(range)
  return range.start + first <= left.end
    ? [...consistency(first, left, whole), right]
    : [...consistency(range.start + first - right.start, right, false), left]
}

/** Whole tiles, and complete subtrees of them, are stored; anything else is built from its halves. */
const isStored = (range: Range): boolean => {
  const size = sizeOf(range)
  return size >= tile && Number.isInteger(Math.log2(size)) && range.start % size === 0
}
const storedName = (range: Range): string => nodeName(Math.log2(sizeOf(range)), range.start / sizeOf(range))
const rootOver = (range: Range, of: HashOf): Buffer => {
  if (sizeOf(range) === 1 || isStored(range)) return of(range)
  const [left, right] = halves(range)
  return nodeHash(rootOver(left, of), rootOver(right, of))
}

const tileRoot = (hashes: readonly Buffer[]): Buffer =>
  hashes.length === 1
    ? (hashes[0] ?? emptyRoot)
    : nodeHash(tileRoot(hashes.slice(0, hashes.length / 2)), tileRoot(hashes.slice(hashes.length / 2)))

/** What has to be read for a range: stored nodes, and tiles of leaves. */
const needs = (range: Range, nodes: Set<string>, tiles: Set<number>): void => {
  if (isStored(range)) nodes.add(storedName(range))
  else if (sizeOf(range) <= tile && Math.floor(range.start / tile) === Math.floor((range.end - 1) / tile))
    tiles.add(Math.floor(range.start / tile))
  else for (const half of halves(range)) needs(half, nodes, tiles)
}

async function hexOf(session: Session, counter: string, ranges: readonly Range[]): Promise<string[]> {
  const hashOf = await reader(session, counter, ranges)
  return ranges.map((range) => hashOf(range).toString('hex'))
}

async function reader(session: Session, counter: string, ranges: readonly Range[]): Promise<HashOf> {
  const nodes = new Set<string>()
  const tiles = new Set<number>()
  for (const range of ranges) needs(range, nodes, tiles)
  const stored = await readNodes(session, counter, [...nodes])
  const leaves = new Map<number, readonly Buffer[]>()
  for (const one of tiles)
    leaves.set(one, await readLeaves(session, counter, { start: one * tile, end: (one + 1) * tile }))
  const missing = (): never => {
    throw new RangeError('the log does not reach so far')
  }
  return (range) =>
    rootOver(
      range,
      (part) =>
        (isStored(part)
          ? stored.get(storedName(part))
          : leaves.get(Math.floor(part.start / tile))?.[part.start % tile]) ?? missing(),
    )
}

async function readNodes(
  session: Session,
  counter: string,
  nodes: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  if (nodes.length === 0) return new Map()
  const list = nodes.map((_, at) => `$${String(at + 2)}`).join(',')
  const rows = await session.query<{ node: string; hash: string }>(
    `SELECT node, hash FROM log_node WHERE counter_id = $1 AND node IN (${list})`,
    [counter, ...nodes],
  )
  return new Map(rows.map((row) => [row.node, Buffer.from(row.hash, 'hex')]))
}

async function readLeaves(session: Session, counter: string, { start, end }: Range): Promise<readonly Buffer[]> {
  if (start === end) return []
  const rows = await session.query<{ seq: string | number; id: string; sha256: string }>(
    'SELECT seq, id, sha256 FROM command WHERE counter_id = $1 AND log_index >= $2 AND log_index < $3 ORDER BY log_index',
    [counter, start, end],
  )
  return rows.map(({ seq, id, sha256 }) => leafHash({ counterid: counter, seq: Number(seq), id, sha256 }))
}
