import { expect, test } from 'vitest'
import { refusedSwitches } from '#electron/main/debugging.ts'

// What is tried: to drive the window of a released program, and so to ask as whoever is signed in.

test('a released program starts with no switch by which another one drives its window', () => {
  const given = new Set(['remote-debugging-port', 'inspect', 'lang', 'window'])
  expect(refusedSwitches(true, (name) => given.has(name))).toEqual(['remote-debugging-port', 'inspect'])
  expect(refusedSwitches(false, (name) => given.has(name))).toEqual([])
})
