import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acts } from '#shared/contract/acts.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { drivers } from '#tests/faults/acts.ts'
import { damageAndWork, damages } from '#tests/faults/damage.ts'
import { failingDisk, noFailing } from '#tests/faults/disk.ts'
import { nothingHeard, workAndKill } from '#tests/faults/kill.ts'
import { storms } from '#tests/faults/storms.ts'

let folder: ReturnType<typeof temporaryFolder>
const said = nothingHeard()
const at = (name: string): string => join(folder.path, name)
beforeAll(async () => {
  folder = temporaryFolder()
  mkdirSync(at('base'))
  await workAndKill(at('base'), said, { least: 2 })
  cpSync(at('base'), at('older'), { recursive: true })
  await workAndKill(at('base'), said, { least: 5 })
})
afterAll(() => {
  folder.remove()
})

/** A smoke of `npm run faults`. */
test.each(Object.keys(damages))('%s: no number is given twice and no act is lost in silence', async (damage) => {
  for (let trial = 0; trial < 3; trial += 1) {
    expect(['whole', 'quarantined', 'refused', 'noticed']).toContain(
      await damageAndWork(at('base'), at('older'), at('trial'), damage, said.acts),
    )
  }
})

test('every kind of act that the platform knows is among those that are killed', () => {
  expect(Object.keys(drivers)).toEqual(
    expect.arrayContaining(Object.values(acts).map(({ type }) => type.replace(/^ma\.guichet\.(.*)\.v\d+$/, '$1'))),
  )
})

test(
  'a disk that fails under a counter at work: refused in words, and taken again afterwards',
  { timeout: 120_000 },
  async ({ skip }) => {
    const why = noFailing(folder.path)
    if (why !== undefined) skip(why)
    expect((await failingDisk(folder.path, 1)).failed).toEqual([])
  },
)

test(
  'killed again and again while the platform is killed too: each act once on both sides',
  { timeout: 240_000 },
  async () => {
    const { failed, came } = await storms({ folder: folder.path, kills: 8, lanes: 1, seed: 20_261_121 })
    expect(failed).toEqual([])
    expect(came).toMatch(/^[1-9]/)
  },
)
