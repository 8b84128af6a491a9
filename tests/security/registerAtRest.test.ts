import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKey, registerFile } from '#electron/worker/keys/openKey.ts'
import { listBackups, makeBackup } from '#electron/worker/upkeep/backups.ts'
import { openStore } from '#electron/worker/store/open.ts'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

test('a thief with the disk has a wrapped key, and random bytes', { timeout: 30_000 }, async () => {
  const key = valueOf(await openKey(folder.path, { passphrase: 'une phrase de passe' }))
  const wrapped = readFileSync(join(folder.path, 'key.json'), 'utf8')
  expect(wrapped).not.toContain(Buffer.from(key).toString('base64'))
  expect(wrapped).not.toContain(Buffer.from(key).toString('hex'))
  expect(await openKey(folder.path, { passphrase: 'une autre phrase' })).toMatchObject({
    ok: false,
    fault: { code: 'register.badPassphrase' },
  })
  const store = valueOf(openStore({ file: registerFile(folder.path), key, now: '2026-11-21T09:00:00.000Z' }))
  valueOf(await makeBackup(store, folder.path, new Date('2026-11-21T09:00:00Z'), { free: 1e12, reserve: 0 }))
  store.close()
  for (const file of [registerFile(folder.path), ...listBackups(folder.path).map((one) => one.file)]) {
    expect(statSync(file).mode & 0o077).toBe(0)
    // Encrypted bytes do not compress and have no pattern: each value about as often as the others.
    const counts = new Array<number>(256).fill(0)
    const bytes = readFileSync(file)
    for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1
    expect(Math.max(...counts) / (bytes.length / 256)).toBeLessThan(1.5)
    expect(openStore({ file, key: testKey, now: '2026-11-21T09:00:00.000Z' })).toMatchObject({
      ok: false,
      fault: { code: 'register.corrupt' },
    })
  }
})
