import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyOfSheet, sheetOf } from '#shared/domain/recoverySheet.ts'
import { ok } from '#shared/result.ts'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { openKey } from './openKey.ts'
import { makeRecoveryKey, recoverKey, recoveryFile, rewrapKey, wrapForRecovery, wrappedFor } from './recovery.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

test('the office’s key gives the register’s key back, and no other does', async () => {
  const [office, stranger] = [await makeRecoveryKey(), await makeRecoveryKey()]
  expect(await recoverKey(folder.path, office.identity)).toMatchObject({ fault: { code: 'recovery.none' } })
  expect(await wrapForRecovery(folder.path, testKey, office.recipient)).toEqual(ok(true))
  expect(await wrapForRecovery(folder.path, testKey, office.recipient)).toEqual(ok(false))
  const file = `# specimen\n# public key: ${office.recipient}\n${office.identity}\n`
  expect(Buffer.from(valueOf(await recoverKey(folder.path, file)))).toEqual(Buffer.from(testKey))
  for (const wrong of [stranger.identity, '', 'AGE-SECRET-KEY-1QQQQ'])
    expect(await recoverKey(folder.path, wrong)).toMatchObject({ fault: { code: 'recovery.wrongKey' } })
  const text = readFileSync(recoveryFile(folder.path), 'latin1')
  expect(text).not.toContain(Buffer.from(testKey).toString('base64').slice(0, 20))
  expect(statSync(recoveryFile(folder.path)).mode & 0o077).toBe(0)
})

test('the key that was typed from paper is the one of the file', async () => {
  const { identity, recipient } = await makeRecoveryKey()
  await wrapForRecovery(folder.path, testKey, recipient)
  const typed = valueOf(keyOfSheet(sheetOf(identity).join('-').toLowerCase()))
  expect(Buffer.from(valueOf(await recoverKey(folder.path, typed)))).toEqual(Buffer.from(testKey))
})

test('another register’s key, or another office’s, is wrapped anew; what is no public key is said', async () => {
  const office = await makeRecoveryKey()
  await wrapForRecovery(folder.path, testKey, office.recipient)
  const other = new Uint8Array(32).fill(7)
  expect(await wrapForRecovery(folder.path, other, office.recipient)).toEqual(ok(true))
  expect(Buffer.from(valueOf(await recoverKey(folder.path, office.identity)))).toEqual(Buffer.from(other))
  expect(await wrapForRecovery(folder.path, other, `age1${'q'.repeat(58)}`)).toMatchObject({
    fault: { code: 'recovery.wrongKey' },
  })
  expect(valueOf(wrappedFor(folder.path))?.recipient).toBe(office.recipient)
  writeFileSync(recoveryFile(folder.path), '{')
  expect(await recoverKey(folder.path, office.identity)).toMatchObject({ fault: { code: 'register.corrupt' } })
})

test('a register whose keystore is lost opens by a passphrase again, and the old file stays', async () => {
  const lost = { wrap: () => Promise.resolve(ok(new Uint8Array(8))), unwrap: () => Promise.resolve(ok(testKey)) }
  const key = valueOf(await openKey(folder.path, { keystore: lost }))
  await rewrapKey(folder.path, key, 'une phrase de passe', new Date('2026-11-30T09:00:00Z'))
  expect(Buffer.from(valueOf(await openKey(folder.path, { passphrase: 'une phrase de passe' })))).toEqual(
    Buffer.from(key),
  )
  expect(readdirSync(folder.path).filter((name) => name.startsWith('key.json.'))).toEqual([
    'key.json.2026-11-30T09-00-00',
  ])
  expect(existsSync(join(folder.path, 'key.json'))).toBe(true)
})
