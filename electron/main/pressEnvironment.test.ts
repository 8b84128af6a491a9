import { expect, test } from 'vitest'
import { pressEnvironment } from './pressEnvironment.ts'

test('of all that the program was started with the press hears what a process needs to run, and no secret', () => {
  const env = { GUICHET_PASSPHRASE: 'x', HOME: '/home/a', CUPS_SERVER: 'c', SystemRoot: 'C:\\Windows', TMPDIR: '/tmp' }
  expect(pressEnvironment(env)).toEqual({ SystemRoot: 'C:\\Windows', TMPDIR: '/tmp' })
})
