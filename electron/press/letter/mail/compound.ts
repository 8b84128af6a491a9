/** Sector numbers from here on are marks, not places: end of chain, free, of the table itself ([MS-CFB] 2.1). */
const firstMark = 0xfffffffa
const [endOfChain, free] = [0xfffffffe, 0xffffffff]
/** Offsets in the header, and how many sectors of the table it names itself ([MS-CFB] 2.2). */
const header = {
  shift: 30,
  tableCount: 44,
  directory: 48,
  cutoff: 56,
  miniTable: 60,
  difat: 68,
  difatCount: 72,
  firstTable: 76,
  tables: 109,
} as const
/** Of one entry of the directory ([MS-CFB] 2.6.1). */
const entry = { size: 128, type: 66, left: 68, right: 72, child: 76, start: 116, length: 120 } as const
const [stream, root] = [2, 5]

/**
 * Whether a compound file ([MS-CFB]) can be walked to its end: no chain of sectors and no branch of its directory comes
 * back to where it was, no two share a sector, and nothing is longer than the file. Readers of the format follow chains
 * without counting, also past the end of the file as long as the table goes on: one that runs in a circle holds them for
 * ever.
 */
export function isSoundCompound(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 512) return false
  const at = (offset: number): number => view.getUint32(offset, true)
  const shift = view.getUint16(header.shift, true)
  if (shift !== 9 && shift !== 12) return false
  const size = 1 << shift
  const words = size / 4
  const sectors = Math.ceil(bytes.byteLength / size) - 1
  const word: Word = (sector, index) => {
    const offset = (sector + 1) * size + index * 4
    return offset + 4 <= bytes.byteLength ? at(offset) : undefined
  }
  const tables = tableSectors(at, word, { sectors, words })
  if (tables === undefined) return false
  const [chained, minis] = [new Set<number>(), new Set<number>()]
  const chain = chainsOf(tables, word, words)
  const directory = chain(at(header.directory), chained)
  const miniTable = chain(at(header.miniTable), chained)
  if (directory === undefined || miniTable === undefined) return false
  const miniChain = chainsOf(miniTable, word, words)
  const entries = directory
    .flatMap((sector) =>
      Array.from({ length: size / entry.size }, (_, index) => (sector + 1) * size + index * entry.size),
    )
    .filter((offset) => offset + entry.size <= bytes.byteLength)
  if (bytes[(entries[0] ?? 0) + entry.type] !== root) return false
  for (const offset of entries) {
    const [type, start, length] = [bytes[offset + entry.type], at(offset + entry.start), at(offset + entry.length)]
    if (length > bytes.byteLength) return false
    if (type !== root && (type !== stream || length === 0)) continue
    const small = type === stream && length < at(header.cutoff)
    if ((small ? miniChain(start, minis) : chain(start, chained)) === undefined) return false
  }
  return isTree(at, entries)
}

/** A number in a sector; none past the end of the file, where readers see what they like. */
type Word = (sector: number, index: number) => number | undefined

/** The sectors that hold the table of chains: those of the header, then those that a chain of its own names. */
function tableSectors(
  at: (offset: number) => number,
  word: Word,
  { sectors, words }: { readonly sectors: number; readonly words: number },
): readonly number[] | undefined {
  const count = at(header.tableCount)
  if (count > sectors || at(header.difatCount) > sectors) return undefined
  const named = Array.from({ length: Math.min(count, header.tables) }, (_, index) => at(header.firstTable + index * 4))
  const seen = new Set<number>()
  for (let sector = at(header.difat); sector < firstMark && named.length < count;) {
    if (seen.has(sector) || sector >= sectors) return undefined
    seen.add(sector)
    for (let index = 0; index < words - 1 && named.length < count; index += 1)
      named.push(word(sector, index) ?? firstMark)
    sector = word(sector, words - 1) ?? sectors
  }
  return named.every((sector) => sector < sectors) ? named : undefined
}

/** Walks chains over a table: the places in their order, or nothing where one is none, or was met before. */
const chainsOf =
  (tables: readonly number[], word: Word, words: number) =>
  (start: number, used: Set<number>): readonly number[] | undefined => {
    const chain: number[] = []
    for (let place: number | undefined = start; place !== endOfChain && place !== free;) {
      if (place >= tables.length * words || used.has(place)) return undefined
      used.add(place)
      chain.push(place)
      place = word(tables[Math.floor(place / words)] ?? firstMark, place % words)
      if (place === undefined) return undefined
    }
    return chain
  }

/** Whether the directory is a tree: each of its entries hangs in one place. */
function isTree(at: (offset: number) => number, entries: readonly number[]): boolean {
  const met = new Set<number>()
  const left = [0]
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    const offset = entries[id]
    if (offset === undefined) continue
    if (met.has(id)) return false
    met.add(id)
    for (const branch of [entry.left, entry.right, entry.child]) {
      const next = at(offset + branch)
      if (next < firstMark) left.push(next)
    }
  }
  return true
}
