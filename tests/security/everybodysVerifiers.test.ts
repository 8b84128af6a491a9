import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openOfficeFeeds, type OfficeFeeds } from '#tests/builders/officeFeeds.ts'
import { resources } from '#tests/builders/worker.ts'
import { readSeeds, type Published } from '#tests/platform/feed.ts'

// What is tried: to guess every password of the country from the verifiers that one stolen counter was given.

vi.setConfig({ hookTimeout: 60_000 })

const seeds = readSeeds(resources)
const accounts = seeds.filter(({ kind }) => kind === 'account')
const anAccount = (offices?: readonly string[]): Published => {
  const [found] = accounts
  if (found === undefined) throw new Error('no demonstration account')
  return { ...found, offices }
}

let feeds: OfficeFeeds
beforeAll(async () => {
  feeds = await openOfficeFeeds()
})
afterAll(() => feeds.close())

test('a counter is given the verifiers of its own office and no other', async () => {
  await feeds.publish(seeds)
  const [here, elsewhere] = await Promise.all([feeds.read('RAB03'), feeds.read('TNG09')])
  expect(here.rows.filter((one) => one.includes('account'))).toHaveLength(accounts.length)
  expect(here.text).toContain('argon2id')
  expect(elsewhere.rows.length).toBeGreaterThan(0)
  expect(elsewhere.rows.filter((one) => one.includes('account'))).toEqual([])
  expect(elsewhere.text).not.toContain('argon2id')
})

test('an account goes to the counters of its offices only; one that leaves an office, or all of them, ends there', async () => {
  const name = `account ${anAccount().key}`
  const all = async (): Promise<readonly (readonly string[])[]> =>
    Promise.all(['RAB03', 'CAS01', 'TNG09'].map(async (office) => (await feeds.read(office)).rows))
  await feeds.publish([])
  const { cursor } = await feeds.read('TNG09')
  const since = async (office: string): Promise<readonly string[]> =>
    (await feeds.read(office, cursor)).rows.filter((one) => one.endsWith(name))
  await feeds.publish([anAccount(['RAB03', 'CAS01'])])
  expect(await Promise.all(['RAB03', 'CAS01', 'TNG09'].map(since))).toEqual([[`+${name}`], [`+${name}`], []])
  const before = (await feeds.read('CAS01')).cursor
  await feeds.publish([anAccount(['RAB03'])])
  expect((await feeds.read('CAS01', before)).rows).toEqual([`-${name}`])
  expect((await feeds.read('RAB03', before)).rows).toEqual([])
  await feeds.publish([anAccount()])
  expect((await all()).map((rows) => rows.filter((one) => one.endsWith(name)))).toEqual([
    [`+${name}`],
    [`+${name}`],
    [`+${name}`],
  ])
})
