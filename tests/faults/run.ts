import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { temporaryFolder } from '#tests/builders/register.ts'
import { clockJumps } from './clock.ts'
import { damageAndWork, damages, type Came } from './damage.ts'
import { failingDisk, fullDisk, noFailing, noMounting } from './disk.ts'
import { fileDamage, fileDamages, registerWithFiles } from './fileDamage.ts'
import { fullWhileWriting } from './fullDisk.ts'
import { nothingHeard, workAndKill } from './kill.ts'
import type { Outcome } from './outcome.ts'
import { storms } from './storms.ts'

// `npm run faults [-- damage clock disk storm --kills 1000 --trials 50 --lanes 2 --seed 1 --minutes 60]`: what a counter goes
// through, and what came of it.
// Exit code 1 when anything was lost.
const text = (value: string) => ({ type: 'string', default: value }) as const
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: text('1000'),
    trials: text('50'),
    lanes: text('2'),
    minutes: text('Infinity'),
    seed: text(String(Math.floor(Math.random() * 2 ** 31))),
  },
})
const [kills, trials, lanes, seed] = [
  Number(values.kills),
  Number(values.trials),
  Number(values.lanes),
  Number(values.seed),
]
const folder = temporaryFolder()
const tell = (what: string, { count, came, failed, more = [] }: Outcome): void => {
  if (failed.length > 0) process.exitCode = 1
  console.log(
    `${failed.length === 0 ? 'ok  ' : 'FAIL'} ${what.padEnd(18)}${String(count).padStart(6)}  ${[came, ...failed].join('; ')}`,
  )
  for (const line of more) console.log(`     ${line}`)
}

const damaged = async (): Promise<void> => {
  const [base, older] = [join(folder.path, 'base'), join(folder.path, 'older')]
  mkdirSync(base)
  const said = nothingHeard()
  await workAndKill(base, said, { least: 3 })
  cpSync(base, older, { recursive: true })
  await workAndKill(base, said, { least: 12 })
  for (const damage of Object.keys(damages)) {
    const came: Partial<Record<Came, number>> = {}
    for (let trial = 0; trial < trials; trial += 1) {
      const how = await damageAndWork(base, older, join(folder.path, 'trial'), damage, said.acts)
      came[how] = (came[how] ?? 0) + 1
    }
    const failed = (['REUSED', 'LOST'] as const).flatMap((how) =>
      came[how] === undefined ? [] : [`${String(came[how])} ${how}`],
    )
    tell(damage, {
      count: trials,
      came: Object.entries(came)
        .map(([how, count]) => `${String(count)} ${how}`)
        .join(', '),
      failed,
    })
  }
  const files = join(folder.path, 'files-base')
  const kept = await registerWithFiles(files)
  for (const damage of Object.keys(fileDamages))
    tell(damage, await fileDamage(files, join(folder.path, 'trial'), damage, kept, Math.ceil(trials / 5)))
}

const disks = async (): Promise<void> => {
  const [noFull, noFail] = [noMounting(folder.path), noFailing(folder.path)]
  if (noFull === undefined) {
    tell('full disk', await fullDisk(folder.path))
    tell('full in a file', await fullWhileWriting(folder.path))
  } else console.log(`--   full disk               not run: ${noFull}`)
  if (noFail === undefined) tell('failing disk', await failingDisk(folder.path, Math.ceil(trials / 5)))
  else console.log(`--   failing disk            not run: ${noFail}`)
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  damage: damaged,
  clock: async () => {
    tell('clock jumps', await clockJumps(folder.path, trials))
  },
  disk: disks,
  storm: async () => {
    tell(
      'kill -9 in a storm',
      await storms({
        folder: folder.path,
        kills,
        lanes,
        seed,
        minutes: Number(values.minutes),
        onEnd: (line) => {
          console.error(line)
        },
      }),
    )
  },
}

try {
  const began = performance.now()
  console.log(`seed ${String(seed)}`)
  for (const [name, part] of Object.entries(parts))
    if (positionals.length === 0 || positionals.includes(name)) await part()
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`)
} finally {
  // What failed is kept for whoever looks into it.
  if (process.exitCode === 1) console.log(`kept: ${folder.path}`)
  else folder.remove()
}
process.exit()
