/** Sector numbers from here on are marks, not places: end of chain, free, of the table itself ([MS-CFB] 2.1). */
const firstMark = 0xfffffffa
const none = 0xffffffff
/** Offsets in the header ([MS-CFB] 2.2). */
const header = { shift: 30, directory: 48, cutoff: 56, miniTable: 60, difat: 68, firstTables: 76, tables: 109 } as const
/** Of one entry of the directory ([MS-CFB] 2.6.1). */
const entry = { size: 128, type: 66, left: 68, right: 72, child: 76, start: 116, length: 120 } as const
const isStream = 2

/**
 * Whether a compound file ([MS-CFB]) can be walked to its end: no chain of sectors and no branch of its directory comes
 * back to where it was, and no two share a sector. Readers of the format follow chains without counting: one that runs
 * in a circle would hold them for ever.
 */
export function isSoundCompound(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 512) return false
  const shift = view.getUint16(header.shift, true)
  if (shift !== 9 && shift !== 12) return false
  const size = 1 << shift
  const sectors = Math.ceil(bytes.byteLength / size) - 1
  /** A number in a sector; past the end of the file there is none. */
  const word = (sector: number, index: number): number => {
    const at = (sector + 1) * size + index * 4
    return at + 4 <= bytes.byteLength ? view.getUint32(at, true) : none
  }
  const tables = tableSectors(view, word, { sectors, words: size / 4 })
  if (tables === undefined) return false
  const after = (sector: number): number =>
    word(tables[Math.floor(sector / (size / 4))] ?? sectors, sector % (size / 4))
  const used = new Set<number>()
  const directory = chainOf(view.getUint32(header.directory, true), after, sectors, used)
  const miniTable = chainOf(view.getUint32(header.miniTable, true), after, sectors, used)
  if (directory === undefined || miniTable === undefined) return false
  const minis = miniTable.length * (size / 4)
  const miniAfter = (mini: number): number =>
    word(miniTable[Math.floor(mini / (size / 4))] ?? sectors, mini % (size / 4))
  const usedMinis = new Set<number>()
  const cutoff = view.getUint32(header.cutoff, true)
  const entries = directory
    .flatMap((sector) =>
      Array.from({ length: size / entry.size }, (_, index) => (sector + 1) * size + index * entry.size),
    )
    .filter((at) => at + entry.size <= bytes.byteLength)
  for (const at of entries) {
    const [type, start, length] = [
      bytes[at + entry.type],
      view.getUint32(at + entry.start, true),
      view.getUint32(at + entry.length, true),
    ]
    if (type === undefined || type === 0 || length === 0) continue
    const chain =
      type === isStream && length < cutoff
        ? chainOf(start, miniAfter, minis, usedMinis)
        : chainOf(start, after, sectors, used)
    if (chain === undefined) return false
  }
  return isTree(view, entries)
}

type Word = (sector: number, index: number) => number

/** The sectors that hold the table of chains: those of the header, then those that a chain of its own names. */
function tableSectors(
  view: DataView,
  word: Word,
  { sectors, words }: { readonly sectors: number; readonly words: number },
): readonly number[] | undefined {
  const named = Array.from({ length: header.tables }, (_, index) =>
    view.getUint32(header.firstTables + index * 4, true),
  )
  const seen = new Set<number>()
  for (let at = view.getUint32(header.difat, true); at < sectors; at = word(at, words - 1)) {
    if (seen.has(at)) return undefined
    seen.add(at)
    for (let index = 0; index < words - 1; index += 1) named.push(word(at, index))
  }
  return named.filter((sector) => sector < firstMark)
}

/** The places of a chain in their order; nothing where it meets one that was met before. */
function chainOf(
  start: number,
  after: (place: number) => number,
  places: number,
  used: Set<number>,
): readonly number[] | undefined {
  const chain: number[] = []
  for (let at = start; at < places; at = after(at)) {
    if (used.has(at)) return undefined
    used.add(at)
    chain.push(at)
  }
  return chain
}

/** Whether the directory is a tree: each of its entries hangs in one place. */
function isTree(view: DataView, entries: readonly number[]): boolean {
  const met = new Set<number>()
  const left = [0]
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    const at = entries[id]
    if (at === undefined) continue
    if (met.has(id)) return false
    met.add(id)
    for (const branch of [entry.left, entry.right, entry.child]) {
      const next = view.getUint32(at + branch, true)
      if (next < firstMark) left.push(next)
    }
  }
  return true
}
