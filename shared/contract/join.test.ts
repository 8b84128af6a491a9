import { expect, test } from 'vitest'
import { calls } from './calls.ts'
import { events } from './events.ts'
import * as features from './features.ts'
import { joined } from './join.ts'

test('what features export is one table', () => {
  expect(joined({ a: { calls: { x: 1 } }, b: { calls: { y: 2, z: 3 } } }, 'calls')).toEqual({ x: 1, y: 2, z: 3 })
})

test('no name stands twice', () => {
  expect(() => joined({ a: { calls: { x: 1 } }, b: { calls: { x: 2 } } }, 'calls')).toThrow('x stands twice')
})

test('no call and no event of a feature is lost on the way', () => {
  const names = (key: 'calls' | 'events'): readonly string[] =>
    Object.values(features).flatMap((feature) => Object.keys(feature[key]))
  expect(Object.keys(calls)).toEqual(names('calls'))
  expect(Object.keys(events)).toEqual(names('events'))
  expect(names('calls').length).toBeGreaterThan(70)
})
