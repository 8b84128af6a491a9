import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { v7 } from 'uuid'
import { systemClock } from '#electron/worker/systemClock.ts'
import { openTestStore, temporaryFolder } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker } from '#tests/builders/worker.ts'
import { damageAndWork, damages, depositAt, type Came } from './damage.ts'
import { whatFails } from './holds.ts'
import { nothingHeard, workAndKill } from './kill.ts'

// `npm run faults [-- --kills 1000 --trials 50 --lanes 2]`: what a counter goes through, and what came of it. Exit code 1 when anything was lost.
const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' }, trials: { type: 'string', default: '50' }, lanes: { type: 'string', default: '2' } } })
const [kills, trials, lanes] = [Number(values.kills), Number(values.trials), Number(values.lanes)]
const folder = temporaryFolder()
let failures = 0
const tell = (what: string, count: number, came: string, failed: readonly string[]): void => {
  failures += failed.length
  console.log(`${failed.length === 0 ? 'ok  ' : 'FAIL'} ${what.padEnd(18)}${String(count).padStart(6)}  ${[came, ...failed].join('; ')}`)
}

/** Lanes work side by side, each on a register of its own. */
const killed = async (lane: number): Promise<{ acts: number; unheard: number; failed: readonly string[] }> => {
  const data = join(folder.path, `lane-${String(lane)}`)
  mkdirSync(data)
  const said = nothingHeard()
  for (let kill = lane; kill < kills; kill += lanes) await workAndKill(data, said)
  const store = openTestStore(data)
  const failed = whatFails(store, said.heard)
  const acts = store.db.get<{ n: number }>('SELECT count(*) AS n FROM requests')?.n ?? 0
  store.close()
  return { acts, unheard: acts - said.heard.size, failed }
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
      const how = await damageAndWork(base, older, join(folder.path, 'trial'), damage, said.heard)
      came[how] = (came[how] ?? 0) + 1
    }
    const bad = (['REUSED', 'LOST'] as const).flatMap((how) => (came[how] === undefined ? [] : [`${String(came[how])} ${how}`]))
    tell(damage, trials, Object.entries(came).map(([how, count]) => `${String(count)} ${how}`).join(', '), bad)
  }
}

const clockJumps = async (): Promise<void> => {
  const data = join(folder.path, 'clock')
  mkdirSync(data)
  let wall = systemClock.now().getTime()
  const clock = { now: () => new Date(wall), monotonic: () => systemClock.monotonic() }
  const worker = await signedIn(startWorker(data, devicesWith(paperTrail(join(data, 'paper.txt'))), { clock }), 'supervisor')
  const heard = new Map<string, string>()
  const failed: string[] = []
  for (let jump = 0; jump < trials; jump += 1) {
    // Within the year: a clock that goes back over New Year continues the series of the year that it shows.
    wall += (Math.random() - 0.5) * 20 * 24 * 60 * 60_000
    const commandId = v7()
    const number = await depositAt(worker, commandId)
    if (number.includes('/')) heard.set(commandId, number)
    else failed.push(number)
  }
  await worker.close()
  const store = openTestStore(data)
  failed.push(...whatFails(store, heard).filter((line) => !line.includes('series')))
  if (new Set(heard.values()).size !== heard.size) failed.push('a number given twice')
  store.close()
  tell('clock jumps', trials, `${String(heard.size)} acts, one chain`, failed)
}

const fullDisk = async (): Promise<void> => {
  if (process.getuid?.() !== 0) {
    console.log('--   full disk           only root may mount a disk of its own')
    return
  }
  const data = join(folder.path, 'disk')
  mkdirSync(data)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', data])
  try {
    const worker = await signedIn(startWorker(data, devicesWith(paperTrail(join(folder.path, 'paper.txt')))))
    const heard = new Map<string, string>()
    let last = ''
    for (let act = 0; act < 5_000; act += 1) {
      const file = new Uint8Array(200_000)
      crypto.getRandomValues(file.subarray(0, 60_000))
      file.set(new TextEncoder().encode('%PDF-1.7 '))
      await worker.ask('attachment.add', { name: 'a.pdf', bytes: file })
      const commandId = v7()
      last = await depositAt(worker, commandId)
      if (!last.includes('/')) break
      heard.set(commandId, last)
    }
    await worker.close()
    const store = openTestStore(data)
    const failed = [...whatFails(store, heard), ...(last === 'register.diskFull' ? [] : [`ended with ${last}`])]
    store.close()
    tell('full disk', heard.size, 'acts, then refused in words', failed)
  } finally {
    execFileSync('umount', [data])
  }
}

try {
  const began = performance.now()
  await damaged()
  await clockJumps()
  await fullDisk()
  const all = await Promise.all(Array.from({ length: lanes }, (_, lane) => killed(lane)))
  const sum = (of: 'acts' | 'unheard'): number => all.reduce((total, one) => total + one[of], 0)
  tell('kill -9', kills, `${String(sum('acts'))} acts, ${String(sum('unheard'))} committed but not heard`, all.flatMap((one) => one.failed))
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`)
} finally {
  folder.remove()
}
process.exitCode = failures === 0 ? 0 : 1
