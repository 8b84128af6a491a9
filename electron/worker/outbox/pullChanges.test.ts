import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { anIdentity, commands, queued } from '#tests/builders/commands.ts'
import { createMemoryOutboxStore, type MemoryOutboxStore } from '#tests/builders/memoryOutboxStore.ts'
import { createModelPlatform, type ModelPlatform } from '#tests/builders/modelPlatform.ts'
import type { DrainReport, OutboxChange } from './ports.ts'
import { openOutbox } from './pump.ts'

const sheet: unknown = JSON.parse(readFileSync('resources/procedures/permis-habiter.json', 'utf8'))
const row = (more: object) => ({ kind: 'procedure', key: 'PERMIS-HABITER', deleted: false, body: sheet, ...more })
let store: MemoryOutboxStore
let platform: ModelPlatform
let changed: OutboxChange[]

const drain = (): Promise<DrainReport> =>
  openOutbox({
    store,
    transport: platform,
    identity: anIdentity(),
    clock: { now: () => new Date(0), monotonic: () => 0 },
    random: () => 0,
    onChange: (what) => {
      changed.push(what)
    },
  }).drain()

beforeEach(() => {
  store = createMemoryOutboxStore()
  platform = createModelPlatform()
  changed = []
})

test('pages are taken in order, each with its cursor, and the next time goes on from there', async () => {
  platform.feed = [
    { changes: [row({})], cursor: 'a', more: true },
    { changes: [{ kind: 'account', key: 'agent', deleted: true }], cursor: 'b', more: false },
  ]
  expect(await drain()).toEqual({ applied: 0, duplicate: 0, rejected: 0, conflict: 0, pending: 0 })
  expect(
    store.pages.map(({ changes, cursor }) => [
      changes.map((one) => `${one.kind} ${one.key} ${String(one.deleted)}`),
      cursor,
    ]),
  ).toEqual([
    [['procedure PERMIS-HABITER false'], 'a'],
    [['account agent true'], 'b'],
  ])
  expect(changed).toContain('reference')
  await drain()
  expect(platform.asked.filter((one) => one.path.startsWith('/v1/changes')).map((one) => one.path)).toEqual([
    '/v1/changes',
    '/v1/changes?after=a',
    '/v1/changes?after=b',
  ])
})

test('an unknown kind, a newer shape and a row without a body are parked, and the others applied', async () => {
  const strange = [
    { kind: 'holiday', key: '2027', deleted: false, body: {} },
    row({ body: { ...(sheet as object), penalty: 3 } }),
    row({ body: undefined }),
    7,
    null,
  ]
  platform.feed = [{ changes: [...strange, row({})], cursor: 'a', more: false }]
  await drain()
  expect(store.pages[0]?.parked).toEqual(strange.map((one) => JSON.stringify(one)))
  expect(store.pages[0]?.changes).toHaveLength(1)
})

test('a cut between two pages keeps the first', async () => {
  platform.feed = [
    { changes: [row({})], cursor: 'a', more: true },
    { changes: [], cursor: 'b', more: false },
  ]
  let pages = 0
  platform.mishap = (question) => (question.path.startsWith('/v1/changes') && (pages += 1) === 2 ? 'garbage' : 'none')
  const report = await drain()
  expect(report.fault).toBeUndefined()
  expect(store.pages.map((page) => page.cursor)[0]).toBe('a')
})

test('a feed that does not move on does not hold up the acts', async () => {
  platform.feed = Array.from({ length: 5000 }, () => ({ changes: [], cursor: 'same', more: true }))
  store.add(commands(1).map(queued))
  expect(await drain()).toMatchObject({ applied: 1, pending: 0 })
})

test('texts of the feed are taken in one form, as those that people type', async () => {
  const body = { ...(sheet as object), source: 'De\u0301cret\u0000 2.19.409 \ufefb' }
  platform.feed = [{ changes: [row({ body })], cursor: 'a', more: false }]
  await drain()
  expect(store.pages[0]?.changes).toMatchObject([{ body: { source: 'Décret 2.19.409 لا' } }])
})
