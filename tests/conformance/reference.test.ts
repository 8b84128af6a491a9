import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'
import { createKit, type Kit } from './client.ts'
import { rules } from './rules.ts'

describe.each([
  { pglite: false, engine: /^PostgreSQL / },
  { pglite: true, engine: /^PGlite/ },
])('on $engine', ({ pglite, engine }) => {
  let platform: RunningPlatform
  let kit: Kit
  beforeAll(async () => {
    platform = await startPlatform({ pglite, operator: 'operator of the kit', log: () => undefined })
    kit = createKit(platform.url, { code: 'demo', operator: 'operator of the kit' })
  })
  afterAll(() => platform.close())

  test('the engine is the one that is meant', () => {
    expect(platform.database).toMatch(engine)
  })
  test.each(rules.map((rule) => [rule.id, rule] as const))('%s', async (_, rule) => {
    await rule.run(kit)
  })
})
