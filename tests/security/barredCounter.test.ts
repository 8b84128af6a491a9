import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aCounter, anIdentity } from '#tests/builders/commands.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { codeTries, enrol, makeCode } from '#tests/platform/enrol.ts'
import { createTables } from '#tests/platform/schema.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase({ log: () => undefined })
  await createTables(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  for (const table of ['wrong_code', 'one_time_code', 'device']) await database.query(`DELETE FROM ${table}`)
})
const counterId = aCounter()
const ask = (publicKey: ReturnType<typeof anIdentity>['publicKey'], code: string) =>
  enrol(database, undefined, { counterId, code, publicKey })

test('a key that brought ten wrong codes is not heard any more, not even with the right one', async () => {
  const { publicKey } = anIdentity()
  const { code } = await makeCode(database, counterId, 60)
  for (let at = 0; at < codeTries.ofKey; at += 1)
    expect(await ask(publicKey, `WRONG-${String(at)}`)).toBe('code-refused')
  expect(await ask(publicKey, code)).toBe('codes-exhausted')
  expect(await ask(anIdentity().publicKey, code)).toMatchObject({ state: 'pending' })
})

test('strangers with keys of their own do not bar a counter: the right code gets through, and what they send is not kept without end', async () => {
  const { code } = await makeCode(database, counterId, 60)
  const heard: unknown[] = []
  for (let at = 0; at < codeTries.ofCounter + 5; at += 1)
    heard.push(await ask(anIdentity().publicKey, `WRONG-${String(at)}`))
  expect(heard.map((one) => one === 'codes-exhausted').indexOf(true)).toBe(codeTries.ofCounter)
  expect(await database.query('SELECT 1 AS there FROM wrong_code')).toHaveLength(codeTries.ofCounter)
  expect(await ask(anIdentity().publicKey, code)).toMatchObject({ state: 'pending' })
})
