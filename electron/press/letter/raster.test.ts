import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { lieOf, tilted, turned } from './raster.ts'

/** A page of lines of words, as ink: letters of no order. */
function page(width = 800, height = 1000) {
  const data = new Uint8Array(width * height).fill(255)
  for (let row = 100; row < height - 100; row += 30)
    for (let x = 90 + (Math.imul(row, 40_503) & 31); x < width - 90; x += 5 + (row % 4)) {
      const odd = Math.imul(x * 31 + row * 977, 2_654_435_761) >>> 28
      if (odd > 3) for (let y = row; y < row + 11; y += 1) data.fill(0, y * width + x, y * width + x + 3)
    }
  return { width, height, data }
}

test.each([-8, -3.4, -0.6, 0, 0.6, 2.3, 7.5])('lines that run at %d degrees are found to', (angle) => {
  const { skew, sideways } = lieOf(tilted(page(), angle))
  expect(Math.abs(skew - angle)).toBeLessThanOrEqual(0.2)
  expect(sideways).toBe(false)
})

it('a page on its side is known', () => {
  expect(lieOf(turned(page(), 90)).sideways).toBe(true)
  expect(lieOf(turned(page(), 270)).sideways).toBe(true)
  expect(lieOf(turned(page(), 180)).sideways).toBe(false)
})

it('a page without ink lies straight', () => {
  expect(lieOf({ width: 300, height: 400, data: new Uint8Array(120_000).fill(255) })).toEqual({
    skew: 0,
    sideways: false,
  })
})

it('four quarters are the page again, pixel by pixel', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.infiniteStream(fc.nat(255)),
      (width, height, greys) => {
        const picture = {
          width,
          height,
          data: Uint8Array.from({ length: width * height }, () => greys.next().value as number),
        }
        expect(turned(turned(picture, 90), 270)).toEqual(picture)
        expect(turned(turned(picture, 180), 180)).toEqual(picture)
        expect(turned(turned(picture, 90), 90)).toEqual(turned(picture, 180))
      },
    ),
  )
})
