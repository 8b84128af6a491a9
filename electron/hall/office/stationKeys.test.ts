import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { hallHere } from '#tests/builders/hallHost.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { makeDemonstration } from './demonstration.ts'
import { stationFile } from './makeOffice.ts'
import { readStation } from './readStation.ts'
import { readKeys, wrapKeys } from './stationKeys.ts'

/** A keystore that turns each byte over: enough to see that what is kept went through it. */
const turning = (mask: number): Keystore => ({
  wrap: async (key) => ok(key.map((byte) => byte ^ mask)),
  unwrap: async (blob) => ok(blob.map((byte) => byte ^ mask)),
})
const keystore = turning(0xff)
const refusing: Keystore = {
  wrap: async () => err(faultOf('register.otherKeystore', 'refused')),
  unwrap: async () => err(faultOf('register.otherKeystore', 'refused')),
}

let folder: ReturnType<typeof temporaryFolder>
beforeEach(async () => {
  folder = temporaryFolder()
  valueOf(await makeDemonstration(folder.path))
})
afterEach(() => {
  folder.remove()
})
const at = (name: string): string => join(folder.path, name)
const text = (name: string): string => readFileSync(at(name), 'utf8')
const inClear = [stationFile.key, stationFile.personKey]
const lying = (): string[] => [...inClear, stationFile.wrappedKeys].filter((name) => existsSync(at(name)))

test('wrapped keys are those from before, nothing lies in clear any more, and only their keystore opens them', async () => {
  const before = { key: text(stationFile.key), personKey: text(stationFile.personKey) }
  const station = valueOf(await readStation(folder.path))
  valueOf(await wrapKeys(folder.path, keystore))
  expect(lying()).toEqual([stationFile.wrappedKeys])
  expect(statSync(at(stationFile.wrappedKeys)).mode & 0o077).toBe(0)
  for (const name of readdirSync(at('hall'), { encoding: 'utf8' }))
    for (const secret of [before.key.split('\n')[1] ?? '', before.personKey])
      expect(text(join('hall', name)), name).not.toContain(secret)
  expect(await readKeys(folder.path, keystore)).toEqual(ok(before))
  const again = valueOf(await readStation(folder.path, keystore))
  expect([again.logKey, again.personKey]).toEqual([station.logKey, station.personKey])
  expect(await readStation(folder.path)).toMatchObject({ fault: { code: 'hall.keystore' } })
  expect(await readStation(folder.path, refusing)).toMatchObject({ fault: { code: 'hall.keystore' } })
  expect(await readStation(folder.path, turning(0x55))).toMatchObject({ fault: { code: 'hall.roster' } })
})

test.each([[inClear], [[stationFile.key]], [[stationFile.personKey]], [[]]])(
  'the power goes while %j still lies in clear: the next start has the keys, and ends what was begun',
  async (left) => {
    const before = { key: text(stationFile.key), personKey: text(stationFile.personKey) }
    valueOf(await wrapKeys(folder.path, keystore))
    writeFileSync(at(`${stationFile.wrappedKeys}.new`), '{"version":1,"wr')
    for (const name of left) writeFileSync(at(name), name === stationFile.key ? before.key : before.personKey)
    expect(await readKeys(folder.path, keystore)).toEqual(ok(before))
    valueOf(await wrapKeys(folder.path, keystore))
    expect(lying()).toEqual([stationFile.wrappedKeys])
    expect(await readKeys(folder.path, keystore)).toEqual(ok(before))
  },
)

test('what cannot be wrapped, opened again or written stays in clear', async () => {
  const before = inClear.map(text)
  const forgetful: Keystore = { ...keystore, unwrap: (blob) => refusing.unwrap(blob) }
  const wrong: Keystore = { ...keystore, unwrap: (blob) => turning(1).unwrap(blob) }
  for (const broken of [refusing, forgetful, wrong])
    expect(await wrapKeys(folder.path, broken)).toMatchObject({ fault: { code: 'hall.keystore' } })
  mkdirSync(at(`${stationFile.wrappedKeys}.new`))
  expect(await wrapKeys(folder.path, keystore)).toMatchObject({ fault: { code: 'hall.disk' } })
  expect(inClear.map(text)).toEqual(before)
  expect(lying()).toEqual(inClear)
})

test('a key that is put back goes over the wrapped one; both do where their keystore was lost', async () => {
  const personKey = text(stationFile.personKey)
  valueOf(await wrapKeys(folder.path, keystore))
  writeFileSync(at(stationFile.key), 'another')
  expect(await readKeys(folder.path, keystore)).toEqual(ok({ key: 'another', personKey }))
  const other = temporaryFolder()
  try {
    valueOf(await makeDemonstration(other.path))
    for (const name of [...inClear, stationFile.roster, stationFile.officeKey])
      writeFileSync(at(name), readFileSync(join(other.path, name)))
    const theirs = valueOf(await readStation(other.path))
    expect(valueOf(await readStation(folder.path)).logKey).toEqual(theirs.logKey)
    const fresh = turning(0x0f)
    valueOf(await wrapKeys(folder.path, fresh))
    expect(valueOf(await readStation(folder.path, fresh)).logKey).toEqual(theirs.logKey)
  } finally {
    other.remove()
  }
})

test('a damaged file is told, a demonstration makes no second office key beside it', async () => {
  valueOf(await wrapKeys(folder.path, keystore))
  valueOf(await makeDemonstration(folder.path))
  expect(lying()).toEqual([stationFile.wrappedKeys])
  writeFileSync(at(stationFile.wrappedKeys), '{}')
  expect(await readStation(folder.path, keystore)).toMatchObject({ fault: { code: 'hall.roster' } })
  rmSync(at(stationFile.wrappedKeys))
  expect(await readStation(folder.path, keystore)).toMatchObject({ fault: { code: 'hall.roster' } })
})

test('the hall of a counter wraps them at its start, runs with them at the next, and says without keystore why not', async () => {
  const first = hallHere(folder.path, true, keystore)
  await vi.waitFor(() => {
    expect(lying()).toEqual([stationFile.wrappedKeys])
    expect(first.hall.facts()?.hall.open).toBe(true)
  }, 10_000)
  await first.close()
  const second = hallHere(folder.path, true, keystore)
  await vi.waitFor(() => {
    expect(second.hall.facts()?.hall.open).toBe(true)
  }, 10_000)
  await second.close()
  const third = hallHere(folder.path, true)
  await vi.waitFor(() => {
    expect(third.hall.facts()?.hall.trouble).toBe('hall.keystore')
  }, 10_000)
  await third.close()
})
