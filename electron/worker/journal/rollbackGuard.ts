import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { ReadHandle } from '../store/handle.ts'
import { journalHashAt } from './rows/journalRows.ts'
import { currentSeries } from '../store/quarantine.ts'

/**
 * How far the journal had come, kept outside the register: a lost write-ahead log, one flipped bit in it, or a restored
 * copy takes the register silently back, and numbers would be given twice, tries and accesses forgotten. Two files are
 * written in turn, so that a torn write leaves the other; each is authenticated with a key of the register and names the
 * journal that it belongs to.
 */
export interface RollbackGuard {
  /**
   * Remembers a link that was committed. A mark that cannot be written stays where it was, and so do the marks of an old
   * copy: they know more than it does.
   */
  readonly raise: (link: { readonly seq: number; readonly hash: string }) => void
  /**
   * Forgets the marks of a journal that was closed: both are written anew. Fault: register.readOnly, when one cannot
   * be.
   */
  restart(link: { readonly seq: number; readonly hash: string }): Result<void>
  /**
   * A link that was written and is not there any more: an old copy of the register. `series` is the newest one in which
   * numbers were given by then:
   * a copy from before it would otherwise open it a second time.
   */
  readonly lost: { readonly seq: number; readonly hash: string; readonly series: number } | undefined
}

const mark = z.strictObject({
  seq: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  series: z.int().positive().default(1),
  /** The hash of the first link: which journal this is. Marks of before do not say. */
  of: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
})
type Mark = z.infer<typeof mark>
const slots = ['high-water.a', 'high-water.b'] as const
/** Longer than any mark: what an older, longer one left behind is overwritten. */
const slotLength = 320

/** What authenticates the files beside a register that say how far something had come. */
export const markSecret = (key: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, new Uint8Array(), 'guichet high water', 32))

/**
 * Compares the register with its marks; `lost` says when a link that was written is not there any more. A mark of
 * another register has another key, one of another journal under the same key names another first link: neither is
 * believed. Where a register was made just now every mark under its key counts, since the one before it is gone.
 * @param key the raw key of the register
 */
export function openRollbackGuard(dataDir: string, key: Uint8Array, db: ReadHandle, made = false): RollbackGuard {
  const secret = markSecret(key)
  // The first series is not named: marks of before there were others stay good.
  const macOf = ({ seq, hash, series, of }: Omit<Mark, 'mac'>): Buffer =>
    createHmac('sha256', secret)
      .update([seq, hash, ...(series === 1 ? [] : [series]), ...(of === undefined ? [] : ['of', of])].join(' '))
      .digest()
  let first = journalHashAt(db, 1)
  const ours = ({ of }: Mark): boolean => made || of === undefined || first === undefined || of === first
  const marks = slots.map((slot) => {
    const found = readMark(join(dataDir, slot))
    return found !== undefined && timingSafeEqual(Buffer.from(found.mac, 'hex'), macOf(found)) && ours(found)
      ? found
      : undefined
  })
  const missing = marks.filter((one) => one !== undefined && journalHashAt(db, one.seq) !== one.hash)
  const lost = missing.sort((one, other) => (other?.seq ?? 0) - (one?.seq ?? 0))[0]
  // The older mark is the one to overwrite.
  let next = (marks[0]?.seq ?? 0) <= (marks[1]?.seq ?? 0) ? 0 : 1
  let behind = lost !== undefined
  const write = (slot: number, { seq, hash }: { readonly seq: number; readonly hash: string }): boolean => {
    first ??= journalHashAt(db, 1)
    const said = { seq, hash, series: currentSeries(db), ...(first === undefined ? {} : { of: first }) }
    const text = JSON.stringify({ ...said, mac: macOf(said).toString('hex') })
    return writeMark(join(dataDir, slots[slot] ?? slots[0]), text)
  }
  return {
    lost:
      lost === undefined
        ? undefined
        : { seq: lost.seq, hash: lost.hash, series: Math.max(...marks.map((one) => one?.series ?? 1)) },
    raise(link) {
      if (!behind && write(next, link)) next = 1 - next
    },
    restart(link) {
      behind = false
      const both = slots.every((_, slot) => write(slot, link))
      return both ? ok(undefined) : err(faultOf('register.readOnly', 'high-water mark'))
    },
  }
}

const readMark = (path: string): Mark | undefined => {
  try {
    return mark.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
}

/**
 * Writes such a file whole, onto the disk. Over the one that is there, which keeps its place and length: the disk has
 * one block to write and no list of blocks, also where it is full. False when that cannot be done.
 */
export const writeMark = (path: string, text: string): boolean => {
  try {
    const file = openForMark(path)
    try {
      // Whatever else lay there: a mark with a rest of it behind is none.
      if (fstatSync(file).size > slotLength) ftruncateSync(file, slotLength)
      writeSync(file, text.padEnd(slotLength), 0)
      fdatasyncSync(file)
      return true
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}

const openForMark = (path: string): number => {
  try {
    return openSync(path, 'r+')
  } catch {
    return openSync(path, 'w', 0o600)
  }
}
