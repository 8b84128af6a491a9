import { afterAll, beforeAll, expect, test } from 'vitest'
import { mostEntries } from '#shared/contract/features/catalogue/calls.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
beforeAll(async () => {
  folder = temporaryFolder()
  worker = await signedIn(startWorker(folder.path, devicesWith(paperTrail(`${folder.path}/paper.txt`))))
})
afterAll(async () => {
  await worker.close()
  folder.remove()
})

test('what is found by its words is one whole sheet by its code, of that version and of none', async () => {
  const { entries } = valueOf(await worker.ask('catalogue.search', { words: 'résidence', limit: 5 }))
  const [entry] = entries
  const { code, version } = entry ?? expect.fail('nothing found')
  const sheet = valueOf(await worker.ask('catalogue.sheet', { code }))
  expect(sheet).toMatchObject({ code, version, title: entry?.title })
  expect(sheet.pieces.length).toBeGreaterThan(0)
  expect(valueOf(await worker.ask('catalogue.sheet', { code, version }))).toEqual(sheet)
})

test('a sheet or a version that is not offered is no sheet, and says so', async () => {
  const unknown = { ok: false, fault: { code: 'procedure.unknown' } }
  expect(await worker.ask('catalogue.sheet', { code: 'NOWHERE' })).toMatchObject(unknown)
  const [entry] = valueOf(await worker.ask('catalogue.search', { words: '', limit: 1 })).entries
  expect(await worker.ask('catalogue.sheet', { code: entry?.code ?? '', version: '1999.1' })).toMatchObject(unknown)
})

test('nobody gets the whole catalogue at once', async () => {
  expect(await worker.ask('catalogue.search', { words: '', limit: mostEntries + 1 })).toMatchObject({
    fault: { code: 'call.invalid' },
  })
  const { entries, total } = valueOf(await worker.ask('catalogue.search', { words: '', limit: 2 }))
  expect(entries).toHaveLength(2)
  expect(total).toBeGreaterThan(2)
})
