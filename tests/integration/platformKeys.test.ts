import { generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { platformJwsType } from '#shared/contract/officeFile.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { readKeys, rotateKey } from '#tests/platform/keys.ts'
import { createTables } from '#tests/platform/schema.ts'
import { openSecrets } from '#tests/platform/secrets.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase({ log: () => undefined })
  await createTables(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  for (const table of ['platform_secret', 'platform_key']) await database.query(`DELETE FROM ${table}`)
})
const kids = async (): Promise<readonly string[]> => (await readKeys(database)).published.map((one) => one.kid)

test('nodes that start at once sign by one key', async () => {
  const [one, two] = await Promise.all([openSecrets(database), openSecrets(database)])
  expect(one.keys()).toEqual(two.keys())
  expect(one.keys()).toHaveLength(1)
})

test('the only key of an older database is the first of the chain', async () => {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const since = new Date('2026-01-02T03:04:05.000Z')
  await database.query(`INSERT INTO platform_secret (name, value, made_at) VALUES ('head-key', $1, $2)`, [
    JSON.stringify(jwk),
    since,
  ])
  const { published } = await readKeys(database)
  expect(published).toMatchObject([{ kid: await calculateJwkThumbprint(jwk), since: since.toISOString() }])
  await rotateKey(database)
  expect((await kids())[1]).toBe(published[0]?.kid)
})

test('a new key is vouched for by the one before, signs from then on, and the private half of the old one is nowhere', async () => {
  const secrets = await openSecrets(database)
  const [first] = secrets.keys()
  const { kid } = await rotateKey(database)
  const { kid: third, published } = await rotateKey(database)
  expect(published.map((one) => one.kid)).toEqual([third, kid, first?.kid])
  const { protectedHeader, payload } = await compactVerify(
    published[0]?.vouched ?? '',
    await importJWK(published[1]?.publicKey ?? {}, 'ES256'),
  )
  expect(protectedHeader).toEqual({ alg: 'ES256', kid, typ: platformJwsType.key })
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
    kid: third,
    publicKey: published[0]?.publicKey,
    since: published[0]?.since,
  })
  expect(published[2]).not.toHaveProperty('vouched')
  const kept = z
    .array(z.object({ key: z.string() }))
    .parse(await database.query('SELECT key FROM platform_key ORDER BY ordinal'))
  expect(kept.map(({ key }) => key.includes('"d"'))).toEqual([false, false, true])
  expect(await database.query(`SELECT 1 AS there FROM platform_secret WHERE name = 'head-key'`)).toEqual([])
  // A node that runs follows within a second.
  await expect
    .poll(async () => {
      await secrets.follow()
      return secrets.keys()[0]?.kid
    })
    .toBe(third)
  const signed = secrets.signText(platformJwsType.answers, { a: 1 })
  expect(
    (await compactVerify(signed, await importJWK(published[0]?.publicKey ?? {}, 'ES256'))).protectedHeader,
  ).toEqual({
    alg: 'ES256',
    kid: third,
    typ: platformJwsType.answers,
  })
})

test('of two rotations at once one makes the key, and the chain holds', async () => {
  await readKeys(database)
  const done = await Promise.allSettled([1, 2].map(() => database.transaction(rotateKey)))
  expect((await kids()).length).toBe(1 + done.filter((one) => one.status === 'fulfilled').length)
})
