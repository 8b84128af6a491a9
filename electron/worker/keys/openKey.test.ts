import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { keyState, openKey } from './openKey.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

/** Turns each byte over: enough to see that what is kept went through it. */
const keystore: Keystore = {
  wrap: (key) => Promise.resolve(ok(key.map((byte) => byte ^ 0xff))),
  unwrap: (blob) => Promise.resolve(ok(blob.map((byte) => byte ^ 0xff))),
}
const passphrase = 'un chat noir sur le toit'
const text = (): string => readFileSync(join(folder.path, 'key.json'), 'utf8')

test('a passphrase makes a key once and gives the same one back', async () => {
  expect(keyState(folder.path)).toEqual(ok('absent'))
  const made = valueOf(await openKey(folder.path, { passphrase }))
  expect(made.byteLength).toBe(32)
  expect(keyState(folder.path)).toEqual(ok('passphrase'))
  expect(Buffer.from(valueOf(await openKey(folder.path, { passphrase })))).toEqual(Buffer.from(made))
  expect(JSON.parse(text())).toMatchObject({
    wrap: 'passphrase',
    kdf: { name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 4 },
  })
})

test('the key is never in clear, and only its owner may read the file', async () => {
  const made = Buffer.from(valueOf(await openKey(folder.path, { passphrase })))
  expect(text()).not.toContain(made.toString('base64').slice(0, 20))
  expect(text()).not.toContain(made.toString('hex').slice(0, 20))
  expect(statSync(join(folder.path, 'key.json')).mode & 0o077).toBe(0)
})

test('two forms of the same letters are one passphrase', async () => {
  const made = valueOf(await openKey(folder.path, { passphrase: 'été à Salé' }))
  expect(Buffer.from(valueOf(await openKey(folder.path, { passphrase: 'été à Salé'.normalize('NFD') })))).toEqual(
    Buffer.from(made),
  )
})

test('a wrong passphrase, none, or a changed file gives no key', async () => {
  await openKey(folder.path, { passphrase })
  expect(await openKey(folder.path, { passphrase: `${passphrase}.` })).toMatchObject({
    ok: false,
    fault: { code: 'register.badPassphrase' },
  })
  expect(await openKey(folder.path, {})).toMatchObject({ ok: false, fault: { code: 'register.locked' } })
  writeFileSync(join(folder.path, 'key.json'), text().replace(/"tag": "../, '"tag": "AA'))
  expect(await openKey(folder.path, { passphrase })).toMatchObject({
    ok: false,
    fault: { code: 'register.badPassphrase' },
  })
  writeFileSync(join(folder.path, 'key.json'), '{}')
  expect(await openKey(folder.path, { passphrase })).toMatchObject({ ok: false, fault: { code: 'register.corrupt' } })
})

test('the keystore wraps where there is one, and is needed again', async () => {
  const made = valueOf(await openKey(folder.path, { keystore, passphrase }))
  expect(keyState(folder.path)).toEqual(ok('keystore'))
  expect(Buffer.from(valueOf(await openKey(folder.path, { keystore })))).toEqual(Buffer.from(made))
  expect(await openKey(folder.path, { passphrase })).toMatchObject({
    ok: false,
    fault: { code: 'register.noKeystore' },
  })
})

test('nothing is made without any means, and a register without its key is not given a new one', async () => {
  expect(await openKey(folder.path, {})).toMatchObject({ ok: false, fault: { code: 'register.locked' } })
  for (const short of ['', '1234567'])
    expect(await openKey(folder.path, { passphrase: short })).toMatchObject({
      fault: { code: 'register.badPassphrase' },
    })
  expect(keyState(folder.path)).toEqual(ok('absent'))
  openTestStore(folder.path).close()
  expect(await openKey(folder.path, { passphrase })).toMatchObject({ ok: false, fault: { code: 'register.corrupt' } })
  rmSync(join(folder.path, 'register.db'))
  expect((await openKey(folder.path, { passphrase })).ok).toBe(true)
})
