import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '#shared/result.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { prepareOut, targetFault } from './target.ts'
import { writeOut } from './writeOut.ts'

let folder: ReturnType<typeof temporaryFolder>
const at = (name: string): string => join(folder.path, name)
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})
const bytes = Buffer.from('paper')

describe('what is no place for a file stays what it is, and is told', () => {
  test.runIf(process.platform !== 'win32').each<[string, (path: string) => void]>([
    ['a folder', (path) => mkdirSync(path)],
    ['a link', (path) => symlinkSync(at('elsewhere'), path)],
    ['no regular file', (path) => execFileSync('mkfifo', [path])],
  ])('%s', async (what, make) => {
    const path = at('target')
    make(path)
    const before = lstatSync(path).mode
    expect(targetFault(path)).toMatchObject({
      code: 'file.unwritable',
      detail: expect.stringContaining(what) as string,
    })
    expect(valueOf(prepareOut(folder.path)).write(path, bytes)).toMatchObject({ fault: { code: 'file.unwritable' } })
    const pieces = [new Uint8Array(bytes)][Symbol.iterator]() as Iterator<Uint8Array, Result<number>>
    expect(await writeOut(path, pieces, new AbortController().signal)).toMatchObject({
      fault: { code: 'file.unwritable' },
    })
    expect(lstatSync(path).mode).toBe(before)
    expect(readdirSync(folder.path)).toEqual(['target'])
    expect(existsSync(at('elsewhere'))).toBe(false)
  })

  test('a name that the system refuses', () => {
    expect(targetFault(at('n'.repeat(300)))).toMatchObject({ code: 'file.unwritable', detail: 'ENAMETOOLONG' })
  })
})

test('a file is written whole, for its owner alone, also under the longest name that there is', () => {
  const path = at('n'.repeat(255))
  expect(targetFault(path)).toBeUndefined()
  const place = valueOf(prepareOut(folder.path))
  expect(place.write(path, bytes).ok).toBe(true)
  expect(place.write(path, Buffer.from('again')).ok).toBe(true)
  expect(readFileSync(path, 'utf8')).toBe('again')
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(readdirSync(folder.path)).toHaveLength(1)
})

test('a folder that alone is missing is made; what cannot be made is told at once', () => {
  expect(prepareOut(at('new')).ok).toBe(true)
  expect(readdirSync(at('new'))).toEqual([])
  expect(prepareOut(at('not/there'))).toMatchObject({ fault: { code: 'file.unwritable', detail: 'ENOENT' } })
  writeFileSync(at('file'), '')
  expect(prepareOut(at('file'))).toMatchObject({ fault: { code: 'file.unwritable', detail: 'ENOTDIR' } })
})

test.runIf(process.platform === 'linux')('a folder under /proc is told at once', () => {
  expect(prepareOut('/proc/nope/deeper')).toMatchObject({ fault: { code: 'file.unwritable' } })
})

// Whoever is root may write everywhere.
test.runIf(process.getuid?.() !== 0 && process.platform !== 'win32')(
  'a folder that may only be read is found out before',
  () => {
    chmodSync(folder.path, 0o500)
    expect(prepareOut(folder.path)).toMatchObject({ fault: { code: 'file.unwritable', detail: 'EACCES' } })
    chmodSync(folder.path, 0o700)
  },
)
