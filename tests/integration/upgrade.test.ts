import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { moveFilesOut } from '#electron/worker/files/moveOut.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { changedFiles, changedPapers, openOld, readManifest, storeOf } from '#tests/builders/upgrade.ts'
import { paperTrail, sheetsOf } from '#tests/builders/worker.ts'

const fixture = join(import.meta.dirname, '..', 'fixtures', 'register-0.1.0')
const manifest = readManifest(fixture)
const none = { ...paperTrail('/dev/null'), list: () => Promise.resolve({ ok: true as const, value: [] }) }

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
  cpSync(fixture, folder.path, { recursive: true })
})
afterEach(() => {
  folder.remove()
})

test('a register of 0.1.0 opens: every paper has its bytes and its seal, the journal verifies', async () => {
  const worker = await openOld(folder.path, none)
  expect(Object.keys(manifest.papers).length).toBeGreaterThan(15)
  expect(await changedPapers(worker, manifest)).toEqual([])
  const verdict = valueOf(await worker.ask('journal.verify', {}))
  expect(verdict.links).toBeGreaterThanOrEqual(manifest.head.seq)
  await worker.close()
})

test('its files have the bytes that were attached, inside the register and moved out of it', async () => {
  const before = storeOf(folder.path)
  expect(Object.keys(manifest.files).length).toBeGreaterThan(3)
  expect(changedFiles(before, manifest)).toEqual([])
  const inside = before.db.get<{ n: number }>('SELECT count(*) AS n FROM staged_files')?.n ?? 0
  expect(inside).toBeGreaterThan(Object.keys(manifest.files).length)
  expect(valueOf(await moveFilesOut(before, new AbortController().signal))).toBe(inside)
  expect(before.db.get('SELECT count(*) AS n FROM staged_files')).toEqual({ n: 0 })
  expect(changedFiles(before, manifest)).toEqual([])
  before.close()
  const worker = await openOld(folder.path, none)
  expect(await changedPapers(worker, manifest)).toEqual([])
  await worker.close()
})

test('the next deposit takes the next number, and the paper that waited comes out', async () => {
  const worker = await openOld(folder.path, paperTrail(join(folder.path, 'paper.txt')))
  const sheet = (await sheetsOf(worker))[0] ?? expect.fail('no sheet')
  const citizen = valueOf(
    await worker.ask('identity.type', {
      identity: { familyName: 'SPÉCIMEN', givenNames: 'Après' },
      reason: 'noCard',
    }),
  )
  const pieces = sheet.pieces.map(({ code }) => ({ code, state: 'received' as const }))
  const draft = { procedure: sheet.code, procedureVersion: sheet.version, pieces }
  const commandId = '01a22823-0000-7000-8000-000000000001'
  const deposit = valueOf(await worker.ask('receipt.issue', { commandId, identityId: citizen.identityId, draft }))
  expect(deposit.number).toBe(`2026/RAB03-G2/${String((manifest.counts['requests'] ?? 0) + 1).padStart(6, '0')}`)
  await expect
    .poll(async () => valueOf(await worker.ask('print.list', {})).jobs.map(({ state }) => state))
    .not.toContain('blocked')
  await expect
    .poll(async () => new Set(valueOf(await worker.ask('print.list', {})).jobs.map(({ state }) => state)))
    .toEqual(new Set(['printed']))
  await worker.close()
})

test('a file that is missing costs its own sentence, and nothing else', async () => {
  const store = storeOf(folder.path)
  valueOf(await moveFilesOut(store, new AbortController().signal))
  store.close()
  rmSync(join(folder.path, 'files'), { recursive: true })
  expect(existsSync(join(folder.path, 'files'))).toBe(false)
  const worker = await openOld(folder.path, none)
  const [id] = Object.keys(manifest.papers)
  expect(await worker.ask('receipt.pdf', { receiptId: id as never })).toMatchObject({
    ok: false,
    fault: { code: 'file.missing' },
  })
  expect(valueOf(await worker.ask('journal.verify', {})).links).toBeGreaterThanOrEqual(manifest.head.seq)
  await worker.close()
})
