import { execFile } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { officeFile, platformJwsType, type OfficeFile } from '#shared/contract/officeFile.ts'
import { account } from '#shared/contract/platform.ts'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import { officeSeed } from '#shared/domain/office.ts'
import { aCounter, anIdentity } from '#tests/builders/commands.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { createKit, type Kit } from '#tests/conformance/client.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { makeOfficeFile, NoOffice } from '#tests/platform/officeFile.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { openSecrets, type Secrets } from '#tests/platform/secrets.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'

const seed = (name: string): unknown => JSON.parse(readFileSync(join(resources, 'seed', name), 'utf8'))
const { enrolmentCode: _, ...office } = officeSeed.parse(seed('office.json'))
const accounts = z.array(account).parse(seed('accounts.json'))
const folder = temporaryFolder()
let postgres: Postgres
let platform: RunningPlatform
let database: Database
let secrets: Secrets
let kit: Kit
beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatform({
    databaseUrl: postgres.url,
    openCode: '',
    operator: 'operator',
    log: () => undefined,
  })
  database = await openDatabase({ url: postgres.url, log: () => undefined })
  secrets = await openSecrets(database)
  kit = createKit(platform.url, { operator: 'operator' })
})
afterAll(async () => {
  await database.close()
  await platform.close()
  await postgres.stop()
  folder.remove()
})

/** What a file says, its signature verified by the key in it whose fingerprint was handed over apart. */
async function opened(file: Uint8Array, fingerprint: string): Promise<OfficeFile> {
  const jws = new TextDecoder().decode(file)
  const { kid = '' } = decodeProtectedHeader(jws)
  expect(fingerprintOf(kid)).toBe(fingerprint)
  const claimed = officeFile.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')))
  const key = claimed.platform.keys.find((one) => one.kid === kid)
  const { protectedHeader } = await compactVerify(jws, await importJWK(key?.publicKey ?? {}, 'ES256'))
  expect(protectedHeader).toEqual({ alg: 'ES256', kid, typ: platformJwsType.office })
  return claimed
}
const program = (name: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, '..', 'platform', name), ...args], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: postgres.url },
  })

test('the file of a counter holds its office, its platform, who may sign in, and a code that enrols it once', async () => {
  const { file, fingerprint } = await platform.officeFile(aCounter('CAS01-G7'))
  expect(fingerprint).toBe(platform.fingerprint)
  expect(fingerprint).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
  const content = await opened(file, fingerprint)
  expect(content).toMatchObject({
    version: 1,
    office: { ...office, code: 'CAS01', counter: 'G7' },
    platform: { address: platform.url, keys: [...secrets.keys()] },
    accounts,
  })
  const [identity, other] = [anIdentity(aCounter('CAS01-G7')), anIdentity(aCounter('CAS01-G7'))]
  expect(await kit.enrol(identity, content.code ?? '')).toMatchObject({ status: 200, body: { state: 'pending' } })
  expect(await kit.enrol(other, content.code ?? '')).toMatchObject({ status: 403, body: { code: 'code-used' } })
})

test('a counter that is enrolled already gets no code; that a code was made is on the page of the operator', async () => {
  const wanted = { counter: aCounter(), office, accounts, address: 'https://platform.example' }
  const parts = { database, secrets }
  const { file, fingerprint } = await makeOfficeFile(parts, wanted)
  expect(await opened(file, fingerprint)).not.toHaveProperty('code')
  const made = await makeOfficeFile(parts, { ...wanted, codeSeconds: 60 })
  expect(Date.parse(made.expiresAt ?? '') - Date.now()).toBeLessThan(61_000)
  const page = await (
    await fetch(`${platform.url}/operations`, { headers: { authorization: 'Bearer operator' } })
  ).text()
  expect(page).toContain('Code made')
  expect(page).not.toContain((await opened(made.file, made.fingerprint)).code)
})

test('none is made for another office, in clear, without an administrator, or with a code for longer than a week', async () => {
  const wanted = { counter: aCounter(), office, accounts, address: 'https://platform.example', codeSeconds: 60 }
  const codes = async (): Promise<number> => (await database.query('SELECT 1 AS there FROM one_time_code')).length
  const before = await codes()
  for (const wrong of [
    { counter: aCounter('CAS01-G2') },
    { address: 'http://platform.example' },
    { accounts: accounts.filter((one) => !one.roles.includes('administrator')) },
    { accounts: [] },
    { codeSeconds: 700_000 },
    { codeSeconds: Number.NaN },
  ])
    await expect(makeOfficeFile({ database, secrets }, { ...wanted, ...wrong })).rejects.toBeInstanceOf(NoOffice)
  expect(await codes()).toBe(before)
})

test('as programs: a new key, and a file under it whose fingerprint alone is printed', async () => {
  const { fingerprint: before } = platform
  const rotated = (await program('rotate.ts')).stdout.trim()
  expect(rotated).not.toBe(before)
  const [out, seedFile, kept] = ['office.jws', 'office.json', 'accounts.json'].map((name) => join(folder.path, name))
  if (out === undefined || seedFile === undefined || kept === undefined) throw new Error('unreachable')
  writeFileSync(seedFile, JSON.stringify(office))
  writeFileSync(
    kept,
    JSON.stringify(accounts.map((one) => (one.login === 'agent' ? { ...one, offices: ['CAS01'] } : one))),
  )
  const args = ['--counter', 'RAB03-G5', '--accounts', kept, '--address', 'https://platform.example', '--out', out]
  const { stdout } = await program('office.ts', ...args, '--office', seedFile, '--minutes', '5')
  expect(stdout).toBe(`${rotated}\n`)
  expect(statSync(out).mode & 0o077).toBe(0)
  const content = await opened(new Uint8Array(readFileSync(out)), rotated)
  expect(content.office).toMatchObject({ code: 'RAB03', counter: 'G5' })
  expect(content.accounts.map((one) => one.login).sort()).toEqual(
    accounts
      .map((one) => one.login)
      .filter((login) => login !== 'agent')
      .sort(),
  )
  expect(content.platform.keys).toHaveLength(2)
  expect(content.code).toBeDefined()
  const enrolled = await program('office.ts', ...args, '--office', seedFile, '--enrolled')
  expect(await opened(new Uint8Array(readFileSync(out)), enrolled.stdout.trim())).not.toHaveProperty('code')
  // The demonstration's own seed holds a code that everybody knows.
  const demo = program('office.ts', ...args, '--office', join(resources, 'seed', 'office.json'))
  await expect(demo).rejects.toMatchObject({ code: 1 })
  await expect(program('office.ts', '--counter', 'RAB03-G5')).rejects.toMatchObject({ code: 2 })
})
