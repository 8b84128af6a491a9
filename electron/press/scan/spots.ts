import type { Raster } from './pages.ts'

/** Pixels that touch each other, with the box around them. */
export interface Spot {
  count: number
  left: number
  right: number
  top: number
  bottom: number
}

/**
 * The spots of a picture, in one pass over runs of rows: pixels that touch by a side or a corner belong together.
 * @param isInk whether a tone (0 is black) belongs to a spot
 */
export function spotsOf({ data, width, height }: Raster, isInk: (tone: number) => boolean): readonly Spot[] {
  const ink = Uint8Array.from({ length: 256 }, (_, tone) => (isInk(tone) ? 1 : 0))
  const spots: Spot[] = []
  const parent: number[] = []
  const rootOf = (one: number): number => {
    let root = one
    for (let up = parent[root] ?? root; up !== root; up = parent[root] ?? root) root = up
    // What was walked leads straight there from now on.
    for (let at = one; at !== root;) {
      const next = parent[at] ?? root
      parent[at] = root
      at = next
    }
    return root
  }
  let before: Run[] = []
  for (let y = 0; y < height; y += 1) {
    const runs: Run[] = []
    let above = 0
    for (let x = 0; x < width; x += 1) {
      if (ink[data[y * width + x] ?? 255] !== 1) continue
      const left = x
      while (x + 1 < width && ink[data[y * width + x + 1] ?? 255] === 1) x += 1
      const id = spots.push({ count: x - left + 1, left, right: x, top: y, bottom: y }) - 1
      parent.push(id)
      runs.push({ left, right: x, id })
      while ((before[above]?.right ?? Infinity) < left - 1) above += 1
      for (let at = above; (before[at]?.left ?? Infinity) <= x + 1; at += 1)
        join(rootOf(id), rootOf(before[at]?.id ?? id))
    }
    before = runs
  }
  function join(one: number, other: number): void {
    if (one === other) return
    const [into, from] = [spots[other], spots[one]]
    if (into === undefined || from === undefined) return
    parent[one] = other
    into.count += from.count
    into.left = Math.min(into.left, from.left)
    into.right = Math.max(into.right, from.right)
    into.top = Math.min(into.top, from.top)
    into.bottom = Math.max(into.bottom, from.bottom)
  }
  return spots.filter((_, id) => parent[id] === id)
}

interface Run {
  readonly left: number
  readonly right: number
  readonly id: number
}
