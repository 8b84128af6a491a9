import { expect, test } from 'vitest'
import { misfitOf } from './misfit.ts'
import { Line, type LaidPage } from './pdfmake.ts'

interface Where {
  readonly x: number
  readonly y: number
  readonly width: number
}
/** Lines of 10 points each on one page. */
function pageOf(...places: readonly Where[]): LaidPage {
  const font = { widthOfString: () => 0 }
  return {
    items: places.map(({ x, y, width }, serial) => {
      const line = new Line(80)
      line.addInline({ text: 'x', width, height: 10, x: 0, leadingCut: 0, trailingCut: 0, font, fontSize: 8 })
      return { type: 'line', item: Object.assign(line, { x, y, serial }) }
    }),
  }
}
const on = (page: LaidPage, wanted: Partial<Parameters<typeof misfitOf>[1]> = {}) =>
  misfitOf([page], { width: 100, height: 100, lines: page.items.length, pages: 1, ...wanted })

test('lines beside and under each other have their place, to the edge of the page', () => {
  expect(on(pageOf({ x: 0, y: 0, width: 50 }, { x: 50, y: 0, width: 50 }, { x: 20, y: 10, width: 80 }))).toBeUndefined()
  expect(on(pageOf({ x: 0, y: 90, width: 80 }))).toBeUndefined()
})

test.each([
  ['beyond the right edge', { x: 60, y: 0, width: 50 }, 'page 1: outside'],
  ['beyond the left edge', { x: -5, y: 0, width: 50 }, 'page 1: outside'],
  ['below the page', { x: 0, y: 95, width: 50 }, 'page 1: outside'],
  ['wider than its column', { x: 0, y: 0, width: 81 }, 'page 1: wider than its column'],
])('%s', (_what, where, said) => {
  expect(on(pageOf(where))).toBe(said)
})

test('one over another, one that stands nowhere, and a page too many', () => {
  expect(on(pageOf({ x: 0, y: 0, width: 50 }, { x: 40, y: 5, width: 50 }))).toBe('page 1: one over another')
  expect(on(pageOf({ x: 0, y: 0, width: 50 }), { lines: 3 })).toBe('2 lines on no page')
  expect(on(pageOf({ x: 0, y: 0, width: 50 }), { pages: 2 })).toBe('1 pages')
})
