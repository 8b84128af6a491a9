/** Random choices that come again with the same seed and case. */
export interface Draw {
  /** An integer from 0 to `n` (excluded). */
  below(n: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  bytes(length: number): Uint8Array<ArrayBuffer>
}

/** The choices of one case (sfc32 of Chris Doty-Humphrey's PractRand, seeded by two numbers). */
export function createDraw(seed: number, at: number): Draw {
  let [a, b, c, d] = [seed | 0, at | 0, Math.floor(at / 2 ** 32) ^ 0x9e3779b9, 1]
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let warm = 0; warm < 12; warm += 1) next()
  const below = (n: number): number => Math.floor(next() * n)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[below(list.length)] as T // inside the list by construction
    },
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  }
}
