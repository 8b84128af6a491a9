import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crashOf } from './crash.ts'
import { logFile, logLine } from './log.ts'

test('codes and places stay as they are', () => {
  for (const line of [
    'background backup: SqliteError SQLITE_FULL',
    'the worker ended with 1; restart in 250 ms',
    'readers: devices.down',
    'receipt.issue: TypeError',
  ])
    expect(logLine(line)).toBe(line)
})

test('a frame of a stack keeps its place and loses the folders, which bear names', () => {
  expect(logLine('    at careFor (/home/nadia.elfassi/guichet/out/main/worker.js:12:34)')).toBe(
    '    at careFor (worker.js:12:34)',
  )
  expect(logLine('    at file:///home/nadia/app.asar/out/main/index.js:1:2')).toBe('    at index.js:1:2')
  expect(logLine(String.raw`    at x (C:\Users\Nadia\out\worker.js:3:4)`)).toBe('    at x (worker.js:3:4)')
  for (const line of crashOf(new TypeError('ELFASSI')).split('\n')) expect(logLine(line)).not.toContain('/')
})

test('what is quoted, long figures and addresses are masked', () => {
  expect(logLine('Unexpected token "ELFASSI" in \'Nadia\' 85073003328 nadia@example.org')).toBe(
    'Unexpected token "*" in "*" * *',
  )
})

test('nothing that is quoted comes through, whatever it is; a line is one line and short', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).map((text) => `ZZMARK${text.replaceAll('"', '')}`),
      (quoted) => {
        const line = logLine(`SyntaxError: "${quoted}" is not valid JSON`)
        expect(line).not.toContain('ZZMARK')
        expect(line).not.toMatch(/[\n\r]/)
        expect(line.length).toBeLessThanOrEqual(240)
      },
    ),
  )
})

test('the file lies in the data folder', () => {
  expect(logFile('/var/lib/guichet')).toBe('/var/lib/guichet/logs/guichet.log')
})
