import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '#tests/builders/register.ts'
import { makeFolder, syncFolder, writeWhole } from './wholeFile.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})
const failing = (code: string) => (): void => {
  throw Object.assign(new Error(code), { code })
}

test.runIf(process.platform !== 'win32')('a folder that knows no sync is no failure; a disk that fails is', () => {
  for (const code of ['EINVAL', 'ENOTSUP', 'ENOSYS'])
    expect(() => {
      syncFolder(folder.path, failing(code))
    }).not.toThrow()
  expect(() => {
    syncFolder(folder.path, failing('EIO'))
  }).toThrow('EIO')
})

test('folders are made with those above them, for their owner', () => {
  const path = join(folder.path, 'a', 'b', 'c')
  makeFolder(path)
  makeFolder(path)
  expect(statSync(path).mode & 0o077).toBe(0)
})

test.runIf(process.platform === 'linux')('where the system never makes one it ends', () => {
  expect(() => {
    makeFolder('/proc/nope/a/b')
  }).toThrow('ENOENT')
  expect(writeWhole('/proc/nope/a', 'x')).toMatchObject({ fault: { code: 'register.readOnly' } })
})

test('what could not be written leaves nothing behind', () => {
  mkdirSync(join(folder.path, 'taken'))
  writeFileSync(join(folder.path, 'taken', 'file'), '')
  expect(writeWhole(join(folder.path, 'taken'), 'secret').ok).toBe(false)
  expect(readdirSync(folder.path)).toEqual(['taken'])
})
