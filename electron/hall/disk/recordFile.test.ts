import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import type { DiskRecord } from '../node/record.ts'
import { openRecordFile } from './recordFile.ts'

let folder: ReturnType<typeof temporaryFolder>
let path: string
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'hall.log')
})
afterEach(() => {
  folder.remove()
})

const promises = (...epochs: number[]): DiskRecord[] =>
  epochs.map((epoch) => ({ t: 'promise', epoch, to: 'station-1' }))
async function write(records: readonly DiskRecord[]): Promise<void> {
  const file = valueOf(await openRecordFile(path, testKey))
  for (const record of records) await file.append([record])
  await file.close()
}
async function read(): Promise<readonly DiskRecord[]> {
  const file = valueOf(await openRecordFile(path, testKey))
  await file.close()
  return file.records
}

test('what was synced is read again, is its owner’s, and says nothing to who has not the key', async () => {
  await write(promises(1, 2))
  await write(promises(3))
  expect(await read()).toEqual(promises(1, 2, 3))
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path).includes('station-1')).toBe(false)
  expect(await openRecordFile(path, new Uint8Array(32))).toMatchObject({ ok: false, fault: { code: 'hall.damaged' } })
})

test('an end that a power cut tore off is taken off, at every length, and what follows is good', async () => {
  await write(promises(1))
  const whole = statSync(path).size
  await write(promises(2))
  const both = readFileSync(path)
  for (let length = whole; length < both.length; length += 1) {
    writeFileSync(path, both.subarray(0, length))
    expect(await read()).toEqual(promises(1))
    await write(promises(7))
    expect(await read()).toEqual(promises(1, 7))
    truncateSync(path, whole)
  }
})

test('an end whose length came and whose bytes did not is a torn one', async () => {
  await write(promises(1))
  const good = readFileSync(path)
  writeFileSync(path, Buffer.concat([good, Buffer.alloc(4096)]))
  expect(await read()).toEqual(promises(1))
})

test('a bent frame before the end is damage, and nothing is taken off', async () => {
  await write(promises(1, 2, 3))
  const bytes = readFileSync(path)
  bytes[10] = (bytes[10] ?? 0) ^ 1
  writeFileSync(path, bytes)
  expect(await openRecordFile(path, testKey)).toMatchObject({ ok: false, fault: { code: 'hall.damaged' } })
  expect(readFileSync(path)).toEqual(bytes)
})

test('a frame that stands where it was not written is not read', async () => {
  await write(promises(1))
  const one = statSync(path).size
  await write(promises(2))
  const two = statSync(path).size
  await write(promises(3))
  const bytes = readFileSync(path)
  writeFileSync(path, Buffer.concat([bytes.subarray(0, one), bytes.subarray(two)]))
  const opened = await openRecordFile(path, testKey)
  expect(opened.ok ? opened.value.records : opened.fault.code).toEqual(promises(1))
})
