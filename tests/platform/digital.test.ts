import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { letterRegistered, type LetterRegistered } from '#shared/contract/features/mail/acts.ts'
import { filePart } from '#shared/contract/platform.ts'
import { digitalItem, type DigitalItem } from '#shared/domain/mail/digitalItem.ts'
import { openDatabase, type Database } from './database.ts'
import { exchange, noteRegistered, partOf } from './digital.ts'
import type { DigitalOffice, DigitalReceipt } from './digitalOffice.ts'
import { changesAfter, publish } from './feed.ts'
import { createTables } from './schema.ts'

let database: Database
/** What is handed in, and what the office was told; a file that it does not have cannot be had. */
let handedIn: DigitalItem[] | undefined
let files: Map<string, Uint8Array>
let told: DigitalReceipt[]
let hears: boolean
const office: DigitalOffice = {
  waiting: async () => handedIn,
  file: async (_, sha256) => files.get(sha256),
  acknowledge: async (receipt) => {
    told.push(receipt)
    return hears
  },
}
beforeAll(async () => {
  database = await openDatabase({ pglite: true, log: () => undefined })
  await createTables(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  for (const table of ['reference', 'digital_item', 'digital_file']) await database.query(`DELETE FROM ${table}`)
  ;[handedIn, files, told, hears] = [[], new Map(), [], true]
})

const anItem = (number: string, over: object = {}): DigitalItem =>
  digitalItem.parse({
    id: v7(),
    office: 'RAB03',
    number,
    on: '2026-11-20',
    sender: { name: 'Association Atlas (spécimen)' },
    subject: 'Occupation du domaine public',
    files: [],
    ...over,
  })
const inFeed = async (code = 'RAB03') =>
  (await changesAfter(database, code, 0)).changes.map((one) => {
    const { key, deleted } = one as { readonly key: string; readonly deleted: boolean }
    return [key, deleted]
  })
const anArrival = (number: string, digitalNumber: string): LetterRegistered =>
  letterRegistered.parse({
    letterId: v7(),
    number,
    agent: 'BO-007',
    register: 'arrival',
    receivedOn: '2026-11-20',
    letter: {
      register: 'arrival',
      receivedOn: '2026-11-20',
      mode: 'digital',
      digitalNumber,
      sender: { name: 'a' },
      subject: 'b',
      kind: 'letter',
    },
    content: 'a'.repeat(64),
    attachments: [],
  })

test('an item stands in the feed of its office until it is withdrawn, beside what is published by other ways', async () => {
  const [ours, theirs] = [anItem('BOD-1'), anItem('BOD-1', { office: 'CAS01' })]
  handedIn = [ours, theirs]
  expect(await exchange(database, office)).toEqual({ waiting: 2, acknowledged: 0 })
  await publish(database, [])
  expect(await inFeed()).toEqual([[ours.id, false]])
  expect(await inFeed('CAS01')).toEqual([[theirs.id, false]])
  // An office that cannot be asked withdrew nothing.
  handedIn = undefined
  expect(await exchange(database, office)).toEqual({ waiting: 2, acknowledged: 0 })
  handedIn = [theirs]
  await exchange(database, office)
  expect(await inFeed()).toEqual([[ours.id, true]])
  expect(await inFeed('CAS01')).toEqual([[theirs.id, false]])
})

test('its files are there before it is, and go out in parts to its office only', async () => {
  const bytes = new Uint8Array(filePart + 5).map((_, at) => at % 251)
  const file = { sha256: 'ab'.repeat(32), name: 'a.pdf', size: bytes.byteLength }
  const item = anItem('BOD-1', { files: [file] })
  handedIn = [item]
  expect((await exchange(database, office)).waiting).toBe(0)
  files.set(file.sha256, bytes)
  expect((await exchange(database, office)).waiting).toBe(1)
  const part = async (code: string, from: number) => {
    const [sha256] = item.files.map((one) => one.sha256)
    const text = sha256 && (await partOf(database, code, { id: item.id, sha256, from }))
    return text === undefined ? undefined : Buffer.from(text, 'base64')
  }
  expect(await part('RAB03', 0)).toEqual(Buffer.from(bytes.subarray(0, filePart)))
  expect(await part('RAB03', filePart)).toEqual(Buffer.from(bytes.subarray(filePart)))
  expect((await part('RAB03', filePart + 5))?.byteLength).toBe(0)
  expect(await part('CAS01', 0)).toBeUndefined()
})

test('the first line that bears its number is acknowledged, until it was heard; a second line tells nobody anything', async () => {
  const item = anItem('BOD-1')
  handedIn = [item]
  await exchange(database, office)
  const [first, second] = ['2026/RAB03-G2/A-000001', '2026/RAB03-G3/A-000001'] as const
  await noteRegistered(database, 'CAS01-G1', anArrival('2026/CAS01-G1/A-000001', 'BOD-1'))
  await noteRegistered(database, 'RAB03-G2', { ...anArrival(first, 'BOD-1'), register: 'departure' })
  expect(await exchange(database, office)).toEqual({ waiting: 1, acknowledged: 0 })
  await noteRegistered(database, 'RAB03-G2', anArrival(first, 'BOD-1'))
  await noteRegistered(database, 'RAB03-G3', anArrival(second, 'BOD-1'))
  hears = false
  expect(await exchange(database, office)).toEqual({ waiting: 0, acknowledged: 0 })
  hears = true
  expect((await exchange(database, office)).acknowledged).toBe(1)
  expect((await exchange(database, office)).acknowledged).toBe(0)
  const receipt = { id: item.id, office: 'RAB03', number: first, on: '2026-11-20' }
  expect(told).toEqual([receipt, receipt])
  expect(await inFeed()).toEqual([[item.id, true]])
})
