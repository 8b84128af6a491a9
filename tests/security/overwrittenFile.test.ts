import { chmodSync, linkSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { prepareOut } from '#electron/worker/files/target.ts'
import { writeOut } from '#electron/worker/files/writeOut.ts'
import { writeWhole } from '#electron/worker/keys/wholeFile.ts'
import { backupFolder } from '#electron/worker/upkeep/backups.ts'
import { mirrorCopies } from '#electron/worker/upkeep/secondCopies.ts'
import { ok } from '#shared/result.ts'
import { main } from '../../electron/cli/main.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'

// What is tried: in a folder that others write in too, to have the program write over a file of the victim by a link that
// waits, or write its paper into a file that the attacker holds open.

vi.setConfig({ testTimeout: 60_000 })

let folder: ReturnType<typeof temporaryFolder>
const at = (...names: readonly string[]): string => join(folder.path, ...names)
beforeEach(() => {
  folder = temporaryFolder()
  mkdirSync(at('shared'))
  writeFileSync(at('victim'), 'what the victim has')
})
afterEach(() => {
  folder.remove()
})
const bytes = Buffer.from('paper')
const pieces = function* () {
  yield new Uint8Array(bytes)
  return ok(undefined)
}
const guichet = async (...words: readonly string[]): Promise<number> =>
  main(words, {
    env: { GUICHET_DATA: at('data'), PATH: process.env['PATH'], CUPS_SERVER: '127.0.0.1:9' },
    signal: new AbortController().signal,
    stdin: process.stdin,
    out: () => undefined,
    err: () => undefined,
  })

/** Each way in which the program writes outside its own folder: the name in the shared folder, and what writes it. */
const ways: Readonly<Record<string, readonly [name: string, write: (path: string) => unknown]>> = {
  'an export': ['acts.age', async (path) => valueOf(await writeOut(path, pieces(), new AbortController().signal))],
  'a receipt': ['r.pdf', (path) => valueOf(valueOf(prepareOut(at('shared'))).write(path, bytes))],
  'a key file': ['key.json', (path) => valueOf(writeWhole(path, bytes))],
  'a second copy': [
    'register-2026-11-21T09-00-00Z.db',
    async (path) => {
      mkdirSync(backupFolder(at('data')), { recursive: true })
      writeFileSync(join(backupFolder(at('data')), 'register-2026-11-21T09-00-00Z.db'), bytes, { mode: 0o600 })
      expect(valueOf(await mirrorCopies(at('data'), at('shared')))).toBe(1)
      return path
    },
  ],
  '`guichet support`': ['support.tar.gz', async (path) => expect(await guichet('support', '--out', path)).toBe(0)],
  '`guichet provision`': [
    'settings.json',
    async () => {
      writeFileSync(at('given.json'), '{ "training": false }')
      expect(await guichet('provision', at('given.json'), '--into', at('shared'))).toBe(0)
    },
  ],
}

describe.runIf(process.platform !== 'win32').each(Object.entries(ways))('%s', (_, [name, write]) => {
  test('writes over nothing that a waiting link names', async () => {
    for (const ending of ['new', 'part']) symlinkSync(at('victim'), at('shared', `${name}.${ending}`))
    await write(at('shared', name))
    expect(readFileSync(at('victim'), 'utf8')).toBe('what the victim has')
    expect(lstatSync(at('shared', name)).isFile()).toBe(true)
    expect(statSync(at('shared', name)).size).toBeGreaterThan(0)
  })

  test('goes into no file that somebody else made', async () => {
    const waiting = ['new', 'part'].map((ending) => at('shared', `${name}.${ending}`))
    for (const path of waiting) {
      writeFileSync(path, '')
      chmodSync(path, 0o666)
    }
    const theirs = waiting.map((path) => statSync(path).ino)
    // Held, as the attacker does: otherwise its number is given again.
    for (const [index, path] of waiting.entries()) linkSync(path, at(`held-${String(index)}`))
    await write(at('shared', name))
    expect(theirs).not.toContain(statSync(at('shared', name)).ino)
    expect(statSync(at('shared', name)).mode & 0o022).toBe(0)
  })
})
