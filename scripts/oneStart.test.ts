import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '#tests/builders/register.ts'
import { claimedBy } from './oneStart.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

test('a second start finds who is there; when that one has ended it may start', async () => {
  const file = join(folder.path, 'start.json')
  const script = `
    const { claimedBy } = await import(${JSON.stringify(join(import.meta.dirname, 'oneStart.ts'))})
    console.log(String(claimedBy(${JSON.stringify(file)})))
    process.stdin.once('data', () => process.exit(0))`
  const first = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [said] = (await once(first.stdout, 'data')) as [Buffer]
  expect(said.toString('utf8').trim()).toBe('undefined')
  expect(claimedBy(file)).toBe(first.pid)
  first.stdin.write('end')
  await once(first, 'exit')
  expect(existsSync(file)).toBe(false)
  expect(claimedBy(file)).toBeUndefined()
})

test.each([
  ['a process that is gone', JSON.stringify({ pid: 4_194_303, started: '1' })],
  ['another process with its number', JSON.stringify({ pid: process.pid, started: '1' })],
  ['half a file', '{"pid":'],
])('what %s left behind holds nobody back', (_what, text) => {
  const file = join(folder.path, 'start.json')
  writeFileSync(file, text)
  expect(claimedBy(file)).toBeUndefined()
})
