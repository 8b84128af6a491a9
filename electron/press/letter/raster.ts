/** A grey picture, one byte a pixel, 0 is black. */
export interface Grey {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

export type Quarter = 0 | 90 | 180 | 270

/** Turned clockwise by quarters: no pixel is lost or changed. */
export function turned({ width, height, data }: Grey, quarter: Quarter): Grey {
  if (quarter === 0) return { width, height, data }
  const out = new Uint8Array(data.length)
  const last = data.length - 1
  if (quarter === 180) {
    for (let at = 0; at <= last; at += 1) out[last - at] = data[at] ?? 255
    return { width, height, data: out }
  }
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const to = quarter === 90 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y
      out[to] = data[y * width + x] ?? 255
    }
  return { width: height, height: width, data: out }
}

/** Turned clockwise about its middle, in degrees, white where nothing was; each pixel of the four that it lies between. */
export function tilted({ width, height, data }: Grey, degrees: number): Grey {
  const out = new Uint8Array(data.length).fill(255)
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const fx = cx + (x - cx) * cos + (y - cy) * sin
      const fy = cy - (x - cx) * sin + (y - cy) * cos
      const [ix, iy] = [Math.floor(fx), Math.floor(fy)]
      if (ix < 0 || iy < 0 || ix >= width - 1 || iy >= height - 1) continue
      const [dx, dy, at] = [fx - ix, fy - iy, iy * width + ix]
      const above = (data[at] ?? 255) * (1 - dx) + (data[at + 1] ?? 255) * dx
      const below = (data[at + width] ?? 255) * (1 - dx) + (data[at + width + 1] ?? 255) * dx
      out[y * width + x] = above * (1 - dy) + below * dy
    }
  }
  return { width, height, data: out }
}

/** A PGM (netpbm), which Leptonica reads. */
export function pgmOf({ width, height, data }: Grey): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${String(width)} ${String(height)}\n255\n`)
  const pgm = new Uint8Array(head.length + data.length)
  pgm.set(head)
  pgm.set(data, head.length)
  return pgm
}

/** Ink of a page on a coarse grid, each point once. */
interface Ink {
  readonly xs: Float64Array
  readonly ys: Float64Array
  readonly width: number
  readonly height: number
}

/** What is looked at to find how lines run has about so many points in its longer side. */
const coarse = 1100

function inkOf({ width, height, data }: Grey): Ink {
  const step = Math.max(1, Math.round(Math.max(width, height) / coarse))
  const limit = darkness(data)
  const [xs, ys]: [number[], number[]] = [[], []]
  // The edge of a scan may be black: a strip of it says nothing of lines.
  const margin = Math.round(Math.max(width, height) * 0.01)
  for (let y = margin; y < height - margin; y += step)
    for (let x = margin; x < width - margin; x += step)
      if ((data[y * width + x] ?? 255) < limit) {
        xs.push(x / step)
        ys.push(y / step)
      }
  return { xs: Float64Array.from(xs), ys: Float64Array.from(ys), width: width / step, height: height / step }
}

/** The grey between ink and paper (Otsu 1979), also for faint ink. */
function darkness(data: Uint8Array): number {
  const counts = new Float64Array(256)
  for (let at = 0; at < data.length; at += 7) counts[data[at] ?? 255] = (counts[data[at] ?? 255] ?? 0) + 1
  const total = counts.reduce((sum, count) => sum + count, 0)
  const all = counts.reduce((sum, count, grey) => sum + count * grey, 0)
  let [best, limit, below, sum] = [0, 128, 0, 0]
  for (let grey = 0; grey < 256; grey += 1) {
    below += counts[grey] ?? 0
    sum += (counts[grey] ?? 0) * grey
    if (below === 0 || below === total) continue
    const gap = sum / below - (all - sum) / (total - below)
    const between = below * (total - below) * gap * gap
    if (between > best) [best, limit] = [between, grey + 1]
  }
  return limit
}

/** How sharply ink falls into rows when they run at an angle, in degrees: the squares of what each row holds. */
function sharpness({ xs, ys, width, height }: Ink, degrees: number, across: boolean): number {
  const slope = Math.tan((degrees * Math.PI) / 180)
  const [along, over, size] = across ? [ys, xs, width] : [xs, ys, height]
  const offset = Math.ceil((across ? height : width) * Math.abs(slope)) + 2
  const rows = new Float64Array(Math.ceil(size) + 2 * offset)
  for (let at = 0; at < xs.length; at += 1) {
    const row = Math.round((over[at] ?? 0) - (along[at] ?? 0) * slope) + offset
    rows[row] = (rows[row] ?? 0) + 1
  }
  let sum = 0
  for (let row = 1; row < rows.length; row += 1) sum += ((rows[row] ?? 0) - (rows[row - 1] ?? 0)) ** 2
  return sum
}

/** Lines run at most so steeply on a page that lay badly in its feeder, in degrees. */
const steepest = 10

/** How the lines of a page run. */
export interface Lie {
  /** Clockwise, in degrees, within ten: what has to be taken back. */
  readonly skew: number
  /** Lines run from top to bottom: the page lies on its side. */
  readonly sideways: boolean
}

/** How the lines of a page run, by the profile of its ink: for text of any script. */
export function lieOf(picture: Grey): Lie {
  const ink = inkOf(picture)
  if (ink.xs.length < 200) return { skew: 0, sideways: false }
  const best = (across: boolean): { readonly angle: number; readonly score: number } => {
    let [angle, score] = [0, sharpness(ink, 0, across) * 1.02]
    const look = (from: number, to: number, step: number): void => {
      for (let at = from; at <= to + 1e-9; at += step) {
        const found = sharpness(ink, at, across)
        if (found > score) [angle, score] = [at, found]
      }
    }
    look(-steepest, steepest, 0.5)
    look(angle - 0.5, angle + 0.5, 0.1)
    return { angle, score }
  }
  const [upright, side] = [best(false), best(true)]
  const sideways = side.score > upright.score * 1.25
  return { skew: Math.round((sideways ? -side.angle : upright.angle) * 10) / 10, sideways }
}
