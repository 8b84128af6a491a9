import type { Sha256 } from '#shared/ids.ts'
import { eventOf, hashOf, type Entry } from './entry.ts'

/** The entries of a station, chained by their hashes from the hash of its roster on. Sequence numbers begin at 1. */
export class HallLog {
  readonly #entries: Entry[] = []
  readonly #genesis: Sha256

  constructor(genesis: Sha256) {
    this.#genesis = genesis
  }

  get last(): number {
    return this.#entries.length
  }

  get lastEpoch(): number {
    return this.#entries.at(-1)?.epoch ?? 0
  }

  at(seq: number): Entry | undefined {
    return this.#entries[seq - 1]
  }

  /** The hash of an entry, of the roster for 0; nothing beyond the end. */
  hashAt(seq: number): Sha256 | undefined {
    if (seq === 0) return this.#genesis
    const one = this.at(seq)
    return one === undefined ? undefined : hashOf(one)
  }

  /** Up to `most` entries after a sequence number. */
  after(seq: number, most: number): readonly Entry[] {
    return this.#entries.slice(seq, seq + most)
  }

  /** Puts an entry at the end; false when it does not follow what is there. */
  append(one: Entry): boolean {
    if (one.seq !== this.last + 1 || one.prev !== this.hashAt(this.last)) return false
    this.#entries.push(one)
    return true
  }

  /** Takes everything after a sequence number off, and gives it back. */
  cutAfter(seq: number): readonly Entry[] {
    return this.#entries.splice(seq)
  }

  /** Whether this version knows what every entry means. */
  get isUnderstood(): boolean {
    return this.#entries.every((one) => eventOf(one) !== undefined)
  }

  /** What the next entry has to name as its predecessor. */
  get head(): Sha256 {
    return this.hashAt(this.last) ?? this.#genesis
  }
}
