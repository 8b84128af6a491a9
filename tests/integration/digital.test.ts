import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digitalItem, type DigitalItem } from '#shared/domain/mail/digitalItem.ts'
import { filePart } from '#shared/contract/platform.ts'
import { startDigitalOffice, type SampleDigitalOffice } from '#tests/builders/digitalOffice.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { exchange } from '#tests/platform/digital.ts'
import { httpDigitalOffice } from '#tests/platform/digitalOffice.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'

// The national digital mail office, the reference platform on PostgreSQL and a register, each as it is.

let postgres: Postgres
let platform: RunningPlatform
let database: Database
let office: SampleDigitalOffice
let worker: TestWorker
const folder = temporaryFolder()
const logged: string[] = []

beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatform({ databaseUrl: postgres.url, log: () => undefined })
  database = await openDatabase({ url: postgres.url, log: () => undefined })
  office = await startDigitalOffice('sample-token')
  worker = await signedIn(
    startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), { platformUrl: platform.url }),
    'clerk',
  )
})
afterAll(async () => {
  await worker.close()
  await office.close()
  await database.close()
  await platform.close()
  await postgres.stop()
  folder.remove()
})

/** One exchange of the platform with the digital office, as its timer begins it. */
const exchanged = () =>
  exchange(
    database,
    httpDigitalOffice(office.url, 'sample-token', (line) => logged.push(line)),
  )
const drained = async () => valueOf(await worker.ask('outbox.drain', {}))
const waiting = async () => valueOf(await worker.ask('mail.digital', { limit: 100 })).items.map(({ number }) => number)
const digital = async () => valueOf(await worker.ask('mail.overview', {})).digital
const fileOf = (bytes: Uint8Array, as = bytes) => {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  office.files.set(sha256, as)
  return { sha256, name: 'lettre.pdf', size: bytes.byteLength }
}
const anItem = (number: string, over: object = {}): DigitalItem =>
  digitalItem.parse({
    id: v7(),
    office: 'RAB03',
    number,
    on: '2026-01-05',
    sender: { name: 'Association Atlas (spécimen)' },
    subject: 'Occupation du domaine public',
    files: [],
    ...over,
  })
const register = async ({ number, on, sender, subject, files }: DigitalItem) =>
  worker.ask('mail.register', {
    commandId: v7(),
    letter: {
      register: 'arrival',
      receivedOn: on,
      mode: 'digital',
      digitalNumber: number,
      sender,
      subject,
      kind: 'letter',
    },
    files: files.map(({ sha256, name }) => ({ sha256, name })),
  })

test('what was handed in comes with its files to its office, and each registered item is acknowledged once', async () => {
  const large = new Uint8Array(filePart + 12_345).map((_, at) => at % 251)
  large.set(new TextEncoder().encode('%PDF-1.7\n'))
  const [item, theirs] = [anItem('BOD-1', { files: [fileOf(large)] }), anItem('BOD-2', { office: 'CAS01' })]
  office.items = [item, theirs, { ...anItem('BOD-3'), subject: 7 }]
  expect(await exchanged()).toEqual({ waiting: 2, acknowledged: 0 })
  expect(logged).toEqual(['an item of the digital office cannot be read: subject'])
  // Nobody asked the platform yet: the counter was away.
  expect(await waiting()).toEqual([])
  await drained()
  expect(await waiting()).toEqual(['BOD-1'])
  const { letter } = valueOf(await register(item))
  const file = valueOf(await worker.ask('mail.file', { number: letter.number, sha256: item.files[0]?.sha256 ?? '' }))
  expect([file.mime, file.bytes.byteLength]).toEqual(['application/pdf', large.byteLength])
  expect(await waiting()).toEqual([])
  expect(await register(item)).toMatchObject({ fault: { code: 'letter.digitalTaken' } })
  // Before the act is at the platform nobody is told.
  expect(await exchanged()).toEqual({ waiting: 2, acknowledged: 0 })
  await drained()
  office.losesAnswers = true
  expect(await exchanged()).toEqual({ waiting: 1, acknowledged: 0 })
  office.losesAnswers = false
  expect(await exchanged()).toEqual({ waiting: 1, acknowledged: 1 })
  expect(await exchanged()).toEqual({ waiting: 1, acknowledged: 0 })
  expect([...office.receipts.values()]).toEqual([
    { id: item.id, office: 'RAB03', number: letter.number, on: '2026-01-05' },
  ])
  expect(office.told).toBe(2)
  await drained()
  expect(await waiting()).toEqual([])
})

test('a wrong file stops its own item and is asked for again; what is withdrawn goes', async () => {
  const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
  const broken = anItem('BOD-10', { files: [fileOf(bytesOf('%PDF-1.7 right'), bytesOf('%PDF-1.7 wrong'))] })
  const [fine, withdrawn] = [anItem('BOD-11'), anItem('BOD-12')]
  office.items = [broken, fine, withdrawn]
  await exchanged()
  await drained()
  expect(await waiting()).not.toContain('BOD-10')
  expect((await digital()).stopped).toBe(1)
  expect(await waiting()).toEqual(expect.arrayContaining(['BOD-11', 'BOD-12']))
  office.items = [broken, fine]
  await exchanged()
  await drained()
  expect(await waiting()).not.toContain('BOD-12')
  expect(await waiting()).toContain('BOD-11')
  // The platform started anew publishes its sheets, and nothing of these is lost.
  await (await startPlatform({ databaseUrl: postgres.url, log: () => undefined })).close()
  await drained()
  expect(await waiting()).toContain('BOD-11')
})
