import { describe, expect, test } from 'vitest'
import { lookAt } from './lookAt.ts'
import type { Raster } from './pages.ts'

/** A page of A4 at 75 dpi, its tones by place in millimetres. */
const page = (toneAt: (x: number, y: number) => number): Raster => {
  const [width, height, mm] = [620, 877, 75 / 25.4]
  const data = new Uint8Array(width * height).map((_, at) => toneAt((at % width) / mm, Math.floor(at / width) / mm))
  return { data, width, height, dpi: 75 }
}
const chess = (side: number) => page((x, y) => ((Math.floor(x / side) + Math.floor(y / side)) % 2 === 0 ? 0 : 255))
const rows = (count: number, side: number) =>
  page((x, y) => {
    const at = Math.floor((x - 14) / 34)
    const square = x - 14 - at * 34 < side && at >= 0 && at < count
    return square && ((y > 12 && y < 12 + side) || (y > 273 && y < 273 + side)) ? 20 : 250
  })

describe('the mark of a separator', () => {
  test('is twelve squares of its size', () => {
    expect(lookAt(rows(6, 12)).marked).toBe(true)
  })
  test.each<[string, Raster]>([
    ['smaller squares', rows(6, 8)],
    ['too few squares', rows(3, 12)],
    ['a chessboard of its squares', chess(12)],
    ['the grid of a test chart', chess(10)],
    ['a black page', page(() => 0)],
    ['a white page', page(() => 255)],
    ['bars', page((x) => (Math.floor(x / 12) % 2 === 0 ? 0 : 255))],
  ])('is not %s', (_what, raster) => {
    expect(lookAt(raster).marked).toBe(false)
  })
})

test('a black page and a pattern are no blank pages; a white one and a grey one are', () => {
  const blank = [page(() => 20), chess(10), page(() => 255), page(() => 180)].map((one) => lookAt(one).blank)
  expect(blank).toEqual([false, false, true, true])
})
