import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acts } from '#shared/contract/acts.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { drivers } from '#tests/faults/acts.ts'
import { damageAndWork, damages } from '#tests/faults/damage.ts'
import { failingDisk, noFailing, noMounting } from '#tests/faults/disk.ts'
import { damageFilesAndWork, fileDamages, registerWithFiles } from '#tests/faults/fileDamage.ts'
import { fullWhileWriting } from '#tests/faults/fullDisk.ts'
import { nothingHeard, workAndKill, type HeardAct } from '#tests/faults/kill.ts'
import { storms } from '#tests/faults/storms.ts'

let folder: ReturnType<typeof temporaryFolder>
const said = nothingHeard()
let withFiles: readonly HeardAct[]
const at = (name: string): string => join(folder.path, name)
beforeAll(async () => {
  folder = temporaryFolder()
  mkdirSync(at('base'))
  await workAndKill(at('base'), said, { least: 2 })
  cpSync(at('base'), at('older'), { recursive: true })
  await workAndKill(at('base'), said, { least: 5 })
  withFiles = await registerWithFiles(at('files'))
}, 300_000)
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

test.each(Object.keys(fileDamages))(
  '%s: noticed by its name, nothing else lost, back with the backup',
  async (damage) => {
    expect(await damageFilesAndWork(at('files'), at('trial'), damage, withFiles)).toEqual([])
  },
)

test('a disk that gets full in the middle of a file: refused in words, nothing half, taken with room', async ({
  skip,
}) => {
  const why = noMounting(folder.path)
  if (why !== undefined) skip(why)
  expect((await fullWhileWriting(folder.path)).failed).toEqual([])
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
  'killed again and again at several windows while the platform is killed too: each act once on both sides, each file whole',
  { timeout: 240_000 },
  async () => {
    const { failed, came, more = [] } = await storms({ folder: folder.path, kills: 8, lanes: 1, seed: 20_261_129 })
    expect(failed).toEqual([])
    expect(came).toMatch(/^[1-9]/)
    // Acts with files were among them, papers came out, and a process died in the middle of a file.
    expect(more.join('\n')).toMatch(
      /files named by acts [1-9]\d*, by papers [1-9]\d*, all whole; on the platform [1-9]/,
    )
    expect(more.join('\n')).toMatch(/killed at a chosen place: .*file/)
    // Letters and tickets were among them.
    expect(more.join('\n')).toMatch(/heard: .*mail\.arrival/)
    expect(more.join('\n')).toMatch(/tickets of the hall [1-9]/)
  },
)
