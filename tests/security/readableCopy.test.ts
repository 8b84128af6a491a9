import { chmodSync, copyFileSync, linkSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { makeBackup, restoreBackup } from '#electron/worker/upkeep/backups.ts'
import { openTestStore, temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'

// What is tried: to read the register, or to write in it, because the copy that was put back was open to everybody.

let folder: ReturnType<typeof temporaryFolder>
const at = (name: string): string => join(folder.path, name)
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

test.runIf(process.platform !== 'win32')(
  'a copy from a stick, open to everybody, becomes a register of its owner alone',
  async () => {
    const store = openTestStore(folder.path)
    const backup = valueOf(
      await makeBackup(store, folder.path, new Date('2026-11-21T09:00:00Z'), { free: 1e12, reserve: 0 }),
    )
    store.close()
    const stick = temporaryFolder()
    const copy = join(stick.path, 'copy.db')
    copyFileSync(backup.file, copy)
    chmodSync(copy, 0o666)
    // A file of somebody else waits under the name that the copy has on its way, and he holds it.
    writeFileSync(at('register.db.restored'), '')
    chmodSync(at('register.db.restored'), 0o666)
    linkSync(at('register.db.restored'), join(stick.path, 'held'))
    const options = { file: registerFile(folder.path), key: testKey, now: '2026-11-21T12:00:00.000Z' }
    valueOf(restoreBackup(copy, options, new Date('2026-11-21T12:00:00Z')))
    const restored = openTestStore(folder.path)
    const registers = readdirSync(folder.path).filter((name) => name.startsWith('register.db'))
    expect(registers).toContain('register.db')
    for (const name of registers) expect([name, statSync(at(name)).mode & 0o077]).toEqual([name, 0])
    restored.close()
    expect(readFileSync(join(stick.path, 'held')).byteLength).toBe(0)
    stick.remove()
  },
)
