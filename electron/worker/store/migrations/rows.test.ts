import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestStore, temporaryFolder, testKey } from '#tests/builders/register.ts'
import { everyRow, registerOfShape } from '#tests/builders/shapes.ts'
import { migrationHash } from '../migrate.ts'
import { openStore } from '../open.ts'
import { migrations } from './all.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

/** The text of each released step: a register that was made with another one is refused as corrupt. */
const released: readonly string[] = [
  'bfb00364bdbe9398e5f661efee6e43bab94371feb535c0b608391c6d82b9d9cc',
  'fa0433704c11fd5f9d624564040cff1b4527a88588e1120c651e772c639cfb4b',
  '6727a9899ce05ed1774d1791c593c527a8809acf1857d0c6fa3f20025620794e',
  '31c8737e8db6d09ab3d0e58a356acf932d996d5b4b28f83ef205933f54df5b54',
  '5808a23a2c575c3306f69f11ec4ba0f99f133829bdf04f3b7f72e8653458963e',
  '1d77ad6a4886fcc583f2efd5ce974164978650e7aac29899a0f6ac883e74f4c1',
  '5d62eacc23e01bcff065227463b4a658460d682ec8e808968cfa70af340600f2',
  'edda3ebfc2605674217b3ecb0ea1037c2c60b4e0394a58abaf78f4d912c33bdc',
  'dc75e777f5afcc8af78cbdd78445eafeeb30b17fcbc9efbfd99ba4df348adc0c',
  '3a4282febb00919f72c090e502a9ea7a118041577b8e00812feafb4d436a5d7c',
  '125ca90f5dd00b03c7b26173d96f04afa3b6f515cd1bc9a46f5973df031ae3cb',
  '8167703aacd5d2fe129c65e87af4b826b643630d35f2081ccbea50761e59ab20',
  '4430296a7ba438e6ba9e22ab1779d632ef8233c4949cc97e1e76adbe3664a8eb',
  '186ce2786443669e957c933cedffa1f53ffe451041cfd9df9609a8b0b45e548a',
  'aeecfed0758b5fec1a4bd51fc7c9902a8596b91dfe42db5cced7711319988de2',
  '61efe3aaa4df4b1c917e8e2402cafb3ba183d356cc189af7804ee6e87dd95158',
  '5ea1021b40cd264dfa0074f517f048944c5dfe68cb4851d0dc47f6404193fe19',
  '98ef4ac7cf909389c5d951dde14a79120d4fa494324eee3e37c1e5a3b238eca3',
  '0342fc65f743e5fb44a0acce1b596c2a6ad362d34f254b6c39010140be7b51aa',
  'cf31185291bebff4830031430417f731579c107f961a8396dabc6a21af2d67b9',
  '293d90c282ec9c59c190b0c8f90f125ebe4851de321646ffc223f2d5b8ac6eaf',
  'c24a8f969a700f3f69d8580da41e52955ea75270855c68ade82a774b58dac5b1',
  '76d479d6b45742114e1941b54954913f63114b1fa21288e6716ca64fea4d3491',
  'f9c68f3b72a3fd8b098f6185cc7be5d303a7c37e6b2853caff4e41bfb62a04e9',
  '3a8e7d0a2538b4e170ef706c251da224347ea1744d17bf8831b0dae66e901911',
  'f250f85e29b577c76f51547fd46e6e1ad9e22135ddfd3ab125949ca18992e697',
  '87af08238364b24315e5ca040118e1b4c207f109e4a17899a0af971df45ec489',
  '357e05e6cc5a5b5d72965e137a7f915504d254b82192d00fae1dd8afb677c17a',
  'a6b3e4e2e1a0fd8da0f16f881cbb1ff4c757f20cdd05b65892b608fb4bdc4e24',
  'dceff8f6e5e98068b434f64d5a2baece44eb78f7ecbea5aadfef14eba6b40068',
  '1ee200259264c538582c15cbe5bf4e791feb69115abd2d26eee50cb7a6d84953',
  'a3d0ad5dbd33924601bf5d759c5bc5ef379df9125c2e43914dad78ec0dc19a97',
]

test('a released step never changes: its hash is the one that registers carry', () => {
  expect(migrations.slice(0, released.length).map(migrationHash)).toEqual(released)
})

test('every step is pinned', () => {
  expect(released).toHaveLength(migrations.length)
})

/** Tables, or columns of a table, that a step takes away or fills anew on purpose; its own test says what became of them. */
const changedOnPurpose: Readonly<Record<number, readonly string[]>> = {
  8: ['settings', 'parked_changes'],
  13: ['outbox.envelope'],
  15: ['attachments.bytes'],
  16: [
    'receipts',
    'reissues.facts',
    'reissues.seal',
    'reissues.pdf',
    'reissues.pdf_sha256',
    'closings.pdf',
    'closings.pdf_sha256',
    'print_jobs',
    'closing_jobs',
    'settings',
    'files',
    'staged_files',
  ],
  18: ['identities.name_key'],
  21: ['identities.name_key'],
}

const later = migrations.slice(1)
describe.each(later)('step $version, $name, over rows of the shape before it', ({ version }) => {
  test('keeps every row that it does not change on purpose', () => {
    const before = registerOfShape(folder.path, version - 1)
    const rows = everyRow(before.db)
    expect(rows.get('requests')).toHaveLength(3)
    before.close()
    const after = openTestStore(folder.path, { migrations: migrations.slice(0, version) })
    const now = everyRow(after.db)
    const left = changedOnPurpose[version] ?? []
    for (const [table, were] of rows) {
      if (table === 'migrations' || left.includes(table)) continue
      const columns = Object.keys(were[0] ?? {}).filter((column) => !left.includes(`${table}.${column}`))
      const kept = (now.get(table) ?? []).map((row) =>
        Object.fromEntries(columns.map((column) => [column, row[column]])),
      )
      const wanted = were.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])))
      expect({ table, rows: kept }).toEqual({ table, rows: wanted })
    }
    expect(after.db.all('PRAGMA foreign_key_check')).toEqual([])
    after.close()
  })

  test('cut off before its end, leaves the shape before it whole, and is done at the next start', () => {
    const before = registerOfShape(folder.path, version - 1)
    const rows = everyRow(before.db)
    before.close()
    const step = migrations[version - 1]
    const cut = migrations
      .slice(0, version)
      .map((one) => (one === step ? { ...one, sql: `${one.sql}\n;CREATE TABLE nonsense (` } : one))
    const open = (steps: typeof migrations) =>
      openStore({
        file: `${folder.path}/register.db`,
        key: testKey,
        now: '2026-11-21T09:00:00.000Z',
        migrations: steps,
      })
    expect(() => open(cut)).toThrow()
    const again = openTestStore(folder.path, { migrations: migrations.slice(0, version - 1) })
    expect(everyRow(again.db)).toEqual(rows)
    again.close()
    const done = openTestStore(folder.path, { migrations: migrations.slice(0, version) })
    expect(done.facts().shape).toBe(version)
    done.close()
  })
})

test('repairs: one of them names an act and stands for ever', () => {
  const store = registerOfShape(folder.path, 2)
  for (const change of [`UPDATE repairs SET reason = 'x'`, 'DELETE FROM repairs'])
    expect(() => store.tx((db) => ({ ok: true, value: db.run(change) }))).toThrow(/never changes|nothing is dropped/)
  store.close()
})

test('uploads: the files of earlier acts are still to be brought', () => {
  const store = registerOfShape(folder.path, 3)
  expect(store.db.all('SELECT seq, url, stored_at FROM uploads')).toEqual([{ seq: 2, url: null, stored_at: null }])
  store.close()
})

test('retention: a receipt never changes before its request is wiped, and is emptied after', () => {
  const store = registerOfShape(folder.path, 4)
  const run = (sql: string): unknown => store.tx((db) => ({ ok: true, value: db.run(sql) }))
  expect(() => run(`UPDATE receipts SET facts = '{}', seal = '' WHERE id = 'r1'`)).toThrow('a receipt never changes')
  run(`UPDATE requests SET wiped_at = '2027-01-01T00:00:00Z' WHERE id = 'q1'`)
  run(`UPDATE receipts SET facts = '{}', seal = '', pdf = NULL, pdf_sha256 = NULL WHERE id = 'r1'`)
  expect(store.db.get(`SELECT seal, pdf FROM receipts WHERE id = 'r1'`)).toEqual({ seal: '', pdf: null })
  store.close()
})

test('agents’ cards: accounts of before need none', () => {
  const store = registerOfShape(folder.path, 5)
  expect(store.db.all('SELECT DISTINCT card_required, ended_at, account_key FROM accounts')).toEqual([
    { card_required: 0, ended_at: null, account_key: null },
  ])
  store.close()
})

test('closings: a day has one of each ordinal, and none is dropped', () => {
  const store = registerOfShape(folder.path, 6)
  const run = (sql: string): unknown => store.tx((db) => ({ ok: true, value: db.run(sql) }))
  expect(() => run('DELETE FROM closings')).toThrow('nothing is dropped')
  expect(() => run('UPDATE closings SET pdf = NULL, pdf_sha256 = NULL')).toThrow('paper is made once')
  expect(() => run(`UPDATE closings SET day = '2026-11-22'`)).toThrow('a closing never changes')
  store.close()
})

test('signatures of citizens and of cards: nobody signed before', () => {
  const store = registerOfShape(folder.path, 10)
  expect(store.db.all('SELECT DISTINCT signature FROM identities')).toEqual([{ signature: null }])
  expect(store.db.all('SELECT pin_key_mark FROM account_cards')).toEqual([])
  store.close()
})

test('held counts: what is past its term is found by the new indexes', () => {
  const store = registerOfShape(folder.path, 12)
  const indexes = store.db.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'index'`)
  expect(indexes.map(({ name }) => name)).toEqual(expect.arrayContaining(['outbox_answered', 'requests_kept']))
  store.close()
})

test('country signers: none are believed before an administrator adds one, each once', () => {
  const store = registerOfShape(folder.path, 14)
  const add = (): unknown =>
    store.tx((db) => ({
      ok: true,
      value: db.run(
        `INSERT INTO country_signers VALUES ('${'a'.repeat(64)}', 'MA', 's', 'f', 'u', x'00', 'f', 'n', 'a')`,
      ),
    }))
  expect(store.db.all('SELECT * FROM country_signers')).toEqual([])
  add()
  expect(add).toThrow(/UNIQUE/)
  store.close()
})

test('acts: what was asked is kept once and may only end; a series belongs to a counter; a number leads to its act', () => {
  const store = registerOfShape(folder.path, 17)
  const run = (sql: string): unknown => store.tx((db) => ({ ok: true, value: db.run(sql) }))
  expect(store.db.all('SELECT DISTINCT asked FROM outbox')).toEqual([{ asked: null }])
  expect(() => run(`UPDATE outbox SET asked = '${'a'.repeat(64)}'`)).toThrow('an act on its way never changes')
  run('UPDATE outbox SET asked = NULL')
  expect(store.db.all(`SELECT count(*) AS n FROM series WHERE counter IS NULL`)).toEqual([{ n: 0 }])
  expect(
    store.db.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id FROM outbox WHERE number = 'x' ORDER BY seq LIMIT 1`,
    )[0]?.detail,
  ).toContain('outbox_number')
  store.close()
})

test('reminders: nobody was reminded before, and what is written never changes', () => {
  const store = registerOfShape(folder.path, 28)
  const run = (sql: string): unknown => store.tx((db) => ({ ok: true, value: db.run(sql) }))
  expect(store.db.all('SELECT * FROM reminders')).toEqual([])
  run(`INSERT INTO reminders SELECT 'r', id, 1, 'URB', 'BO-007', '2026-11-21T09:00:00.000Z', 1 FROM outbox LIMIT 1`)
  expect(() => run(`UPDATE reminders SET service = 'RH'`)).toThrow('a reminder never changes')
  expect(() => run('DELETE FROM reminders')).toThrow('nothing is dropped')
  store.close()
})

test('acknowledgements: no departure had one before, and each has one for good', () => {
  const store = registerOfShape(folder.path, 30)
  const run = (sql: string): unknown => store.tx((db) => ({ ok: true, value: db.run(sql) }))
  expect(store.db.all('SELECT * FROM letter_acknowledgements')).toEqual([])
  run(aDeparture)
  const acknowledge = `INSERT INTO letter_acknowledgements SELECT command_id || '', id, '2026-11-23', agent, 't', day, 1 FROM letters`
  run(acknowledge)
  expect(() => run(acknowledge)).toThrow('UNIQUE')
  expect(() => run(`UPDATE letter_acknowledgements SET signed_on = '2026-11-24'`)).toThrow('never changes')
  expect(() => run('DELETE FROM letter_acknowledgements')).toThrow('nothing is dropped')
  store.close()
})

const aDeparture = `INSERT INTO letters (id, command_id, register, number, day, registered_at, late, level, body, content,
    sender_key, reference_key, subject_key, agent, journal_seq)
  SELECT 'l', id, 'departure', 'n', '2026-11-21', 't', 0, 0, '{}', '${'a'.repeat(64)}', '', '', '', 'BO-007', 1
  FROM outbox LIMIT 1`

test('scans added later: no letter had one before, and what is written never changes', () => {
  const store = registerOfShape(folder.path, 29)
  const run = (sql: string): unknown => store.tx((db) => ({ ok: true, value: db.run(sql) }))
  expect(store.db.all('SELECT * FROM letter_additions')).toEqual([])
  run(aDeparture)
  run(`INSERT INTO letter_additions SELECT command_id, id, 'a', 'n', 'm', agent, 't', day, 1 FROM letters`)
  expect(() => run(`UPDATE letter_additions SET sha256 = 'b'`)).toThrow('a scan that was added never changes')
  expect(() => run('DELETE FROM letter_additions')).toThrow('nothing is dropped')
  store.close()
})

test('archive: no letter was listed, held or destroyed before, and nothing goes without two persons', () => {
  const store = registerOfShape(folder.path, 31)
  const run = (sql: string): unknown => store.tx((db) => ({ ok: true, value: db.run(sql) }))
  run(`INSERT INTO letters (id, command_id, register, number, day, registered_at, late, level, body, content, sender_key,
      reference_key, subject_key, agent, journal_seq)
    SELECT 'l', id, 'departure', 'n', '2026-11-21', 't', 0, 0, '{}', '${'a'.repeat(64)}', '', '', '', 'BO-007', 1
    FROM outbox LIMIT 1`)
  expect(store.db.all('SELECT class, list_id, destroyed FROM letters')).toEqual([
    { class: null, list_id: null, destroyed: 0 },
  ])
  run(`INSERT INTO archive_lists SELECT 'v', command_id, 'elimination', 1, content, 'BO-007', 't', 1 FROM letters`)
  run(`INSERT INTO archive_letters VALUES ('v', 1, 'l', 'C1', '[]', '${'b'.repeat(64)}')`)
  run(`UPDATE letters SET list_id = 'v'`)
  const decide = (what: string, agent: string) =>
    run(`INSERT INTO archive_decisions SELECT command_id, 'v', '${what}', 'r', 'd', '${agent}', 't', 1 FROM letters`)
  expect(() => run(`UPDATE letters SET destroyed = 1, body = '[]'`)).toThrow('a line never changes')
  expect(() => decide('destroyed', 'BO-007')).toThrow('nobody approved it')
  decide('approved', 'BO-007')
  expect(() => decide('destroyed', 'BO-007')).toThrow('nobody approved it')
  for (const table of ['archive_lists', 'archive_letters', 'archive_decisions'])
    expect(() => run(`DELETE FROM ${table}`)).toThrow('nothing is dropped')
  store.close()
})

test('digital items: none waited before; one that waits may go, one that became a line is remembered without its words', () => {
  const store = registerOfShape(folder.path, 32)
  const run = (sql: string): unknown => store.tx((db) => ({ ok: true, value: db.run(sql) }))
  expect(store.db.all('SELECT * FROM digital_items')).toEqual([])
  run(aDeparture)
  const insert = (id: string) =>
    run(`INSERT INTO digital_items (id, number, handed_in, level, body) VALUES ('${id}', 'n', 'd', 0, '{}')`)
  insert('withdrawn')
  run('DELETE FROM digital_items')
  insert('registered')
  expect(() => run(`UPDATE digital_items SET letter_id = 'l'`)).toThrow('CHECK')
  run(`UPDATE digital_items SET letter_id = 'l', body = NULL`)
  expect(() => run('DELETE FROM digital_items')).toThrow('what was registered is remembered')
  store.close()
})
