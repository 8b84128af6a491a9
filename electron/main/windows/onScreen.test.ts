import { expect, test } from 'vitest'
import { onScreen } from './onScreen.ts'

const usual = { width: 1440, height: 900, minWidth: 1024, minHeight: 640 }

test.each([
  ['a large screen', { width: 1920, height: 1040 }, usual],
  ['1024 × 600', { width: 1024, height: 600 }, { width: 1024, height: 600, minWidth: 1024, minHeight: 600 }],
  ['1366 × 768 at 150 %', { width: 911, height: 512 }, { width: 911, height: 512, minWidth: 911, minHeight: 512 }],
])('on %s the window is whole', (_screen, room, size) => {
  expect(onScreen(usual, room)).toEqual(size)
})
