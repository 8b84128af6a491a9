import { expect, test } from 'vitest'
import { hunt } from '#tests/fuzz/hunt.ts'
import { targets } from '#tests/fuzz/targets.ts'

/** A smoke of `npm run fuzz`: a fixed seed, some hundred cases of each target. */
test.each(Object.keys(targets))('%s: some hundred cases break nothing, and some are lawful', async (name) => {
  const { cases = 1_000_000 } = (await targets[name]?.()) ?? {}
  const found = await hunt({ target: name, seed: 20_261_121, cases: Math.min(600, Math.ceil(cases / 100)) })
  expect(found.failed).toBeUndefined()
  expect(found.taken).toBeGreaterThan(0)
  expect(found.taken).toBeLessThan(found.cases)
})
