import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makePlaces } from './places.ts'

const port = 7100
const home = { name: 'station-2', host: '192.0.2.2', port }
const at = (n: number) => ({ host: `192.0.2.${String(n)}`, port })

test('a place is news once, and the newest is tried first', () => {
  const places = makePlaces([home])
  expect(places.learn('station-2', at(20))).toBe(true)
  expect(places.learn('station-2', at(21))).toBe(true)
  expect(places.learn('station-2', at(20))).toBe(false)
  expect(places.of('station-2')).toEqual([at(20), at(21)])
})

test('the address of the roster and stations of no roster are nothing to learn', () => {
  const places = makePlaces([home])
  expect(places.learn('station-2', at(2))).toBe(false)
  expect(places.learn('station-9', at(20))).toBe(false)
  expect([places.of('station-2'), places.of('station-9')]).toEqual([[], []])
})

test('however many there are, three are remembered, each once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 })), (all) => {
      const places = makePlaces([home])
      for (const n of all) places.learn('station-2', at(n))
      const newest = [...new Set(all.filter((n) => n !== 2).reverse())].slice(0, 3)
      expect(places.of('station-2')).toEqual(newest.map(at))
    }),
  )
})
