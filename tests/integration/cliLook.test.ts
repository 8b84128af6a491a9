import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wrapByPassphrase } from '#electron/worker/keys/passphrase.ts'
import { migrations } from '#electron/worker/store/migrations/all.ts'
import { temporaryFolder, testKey } from '#tests/builders/register.ts'

const root = join(import.meta.dirname, '..', '..')
const passphrase = 'une phrase de passe'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(async () => {
  folder = temporaryFolder()
  cpSync(join(root, 'tests/fixtures/register-0.1.0'), folder.path, { recursive: true })
  writeFileSync(join(folder.path, 'key.json'), JSON.stringify(await wrapByPassphrase(testKey, passphrase)))
})
afterEach(() => {
  folder.remove()
})

const guichet = (args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'electron/cli/guichet.ts'), ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GUICHET_DATA: folder.path,
      GUICHET_PASSPHRASE: passphrase,
      CUPS_SERVER: '127.0.0.1:9',
    },
    encoding: 'utf8',
  })

const hashOf = (path: string): string => {
  const hash = createHash('sha256')
  for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }).sort())
    hash.update(name).update(statSync(join(path, name)).isFile() ? readFileSync(join(path, name)) : '')
  return hash.digest('hex')
}

test.each([
  ['doctor', '--json'],
  ['db', 'check'],
  ['journal', 'verify'],
  ['outbox', 'status', '--json'],
  ['correction', 'list'],
  ['reference', 'list'],
  ['trust', 'list'],
])('%s %s of a newer program changes no byte of an older register', (...args) => {
  const before = hashOf(folder.path)
  const { status, stderr } = guichet(args)
  expect([0, 1]).toContain(status)
  expect(stderr).not.toContain('internal')
  expect(hashOf(folder.path)).toBe(before)
})

test('the doctor says which shape the register has, and that it waits', () => {
  const { stdout } = guichet(['doctor'])
  expect(stdout).toMatch(new RegExp(`register .*sound.*; shape \\d+, .* brings to ${String(migrations.length)}`))
})
