import type { Raster } from './pages.ts'

/** A picture of so many times less width and height, each pixel the mean of those that it stands for. */
export function shrunk({ data, width, height, dpi }: Raster, by: number): Raster {
  const [w, h] = [Math.max(1, Math.floor(width / by)), Math.max(1, Math.floor(height / by))]
  const small = new Uint8Array(w * h)
  const sums = new Uint32Array(w)
  const [across, down] = [Math.min(by, width), Math.min(by, height)]
  const count = across * down
  for (let y = 0; y < h; y += 1) {
    sums.fill(0)
    for (let row = y * by; row < y * by + down; row += 1) {
      let at = row * width
      for (let x = 0; x < w; x += 1) {
        let sum = 0
        for (const end = at + across; at < end; at += 1) sum += data[at] ?? 0
        sums[x] = (sums[x] ?? 0) + sum
      }
    }
    for (let x = 0; x < w; x += 1) small[y * w + x] = (sums[x] ?? 0) / count
  }
  return { data: small, width: w, height: h, dpi: dpi / by }
}
