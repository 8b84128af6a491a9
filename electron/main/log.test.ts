import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { crashOf } from '#shared/crash.ts'
import { openLog } from './log.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-log-'))
})
afterEach(() => {
  chmodSync(dataDir, 0o700)
  rmSync(dataDir, { recursive: true, force: true })
})
const now = () => new Date('2026-11-29T09:00:00.000Z')
const file = () => join(dataDir, 'logs', 'guichet.log')

test('each line bears the time and who wrote it; a crash says its class and its places, never its message', () => {
  const echoed: string[] = []
  const log = openLog({ dataDir, now, echo: (line) => echoed.push(line) })
  log.write('worker', `receipt.issue: ${crashOf(new TypeError('ELFASSI Nadia'))}`)
  const written = readFileSync(file(), 'utf8')
  expect(written).toMatch(/^2026-11-29T09:00:00\.000Z worker {3}receipt\.issue: TypeError\n/)
  expect(written).toMatch(/worker {7}at .*log\.test\.ts:\d+/)
  expect(written).not.toMatch(/ELFASSI|Nadia/)
  expect(`${echoed.join('\n')}\n`).toBe(written)
  expect(statSync(file()).mode & 0o077).toBe(0)
})

test('a full file is set aside and few are kept', () => {
  const log = openLog({ dataDir, now, limits: { bytes: 300, kept: 2 } })
  for (let at = 0; at < 40; at += 1) log.write('main', `entry ${String(at)}`)
  expect(readdirSync(join(dataDir, 'logs')).sort()).toEqual(['guichet.log', 'guichet.log.1', 'guichet.log.2'])
  for (const name of readdirSync(join(dataDir, 'logs')))
    expect(statSync(join(dataDir, 'logs', name)).size).toBeLessThanOrEqual(300)
  const all = ['guichet.log.2', 'guichet.log.1', 'guichet.log'].map((name) =>
    readFileSync(join(dataDir, 'logs', name), 'utf8'),
  )
  const numbers = [...all.join('').matchAll(/entry (\d+)/g)].map(([, number]) => Number(number))
  expect(numbers.at(-1)).toBe(39)
  expect(numbers).toEqual(numbers.map((_, index) => 40 - numbers.length + index))
})

test('a log of the start before goes on, and rotates by its whole size', () => {
  openLog({ dataDir, now }).write('main', 'before')
  writeFileSync(file(), 'x'.repeat(300))
  openLog({ dataDir, now, limits: { bytes: 300, kept: 2 } }).write('main', 'after')
  expect(readFileSync(`${file()}.1`, 'utf8')).toHaveLength(300)
  expect(readFileSync(file(), 'utf8')).toContain('after')
})

test('what a process writes is taken line by line, however it is cut; a line without an end too', async () => {
  const log = openLog({ dataDir, now })
  const stream = new PassThrough()
  log.follow('devices', stream)
  stream.write('cards: Type')
  stream.write('Error\nreaders: devices.down\nlast')
  stream.end()
  await new Promise((resolve) => stream.once('close', resolve))
  expect(readFileSync(file(), 'utf8').match(/devices {2}.*/g)).toEqual([
    'devices  cards: TypeError',
    'devices  readers: devices.down',
    'devices  last',
  ])
})

test('a log that cannot be written stops nothing, and begins once it can', () => {
  writeFileSync(join(dataDir, 'logs'), 'in the way')
  const echoed: string[] = []
  const log = openLog({ dataDir, now, echo: (line) => echoed.push(line) })
  log.write('main', 'lost')
  rmSync(join(dataDir, 'logs'))
  log.write('main', 'kept')
  expect(echoed).toHaveLength(2)
  expect(existsSync(file())).toBe(true)
  expect(readFileSync(file(), 'utf8')).not.toContain('lost')
})

test('a hundred crashes in a row, in letters of several bytes, stay within five megabytes', () => {
  const log = openLog({ dataDir, now })
  const crash = crashOf(new TypeError('x'))
  const deep = Array.from({ length: 400 }, (_, at) => `    at قراءة${String(at)} (worker.js:${String(at)}:1)`).join(
    '\n',
  )
  for (let at = 0; at < 100; at += 1) for (let host = 0; host < 3; host += 1) log.write('worker', `${crash}\n${deep}`)
  const sizes = readdirSync(join(dataDir, 'logs')).map((name) => statSync(join(dataDir, 'logs', name)).size)
  expect(sizes.length).toBe(5)
  expect(sizes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(5_000_000)
})

test('a folder that can never be made holds nobody up', { timeout: 5_000 }, () => {
  openLog({ dataDir: '/proc/guichet', now }).write('main', 'said')
})
