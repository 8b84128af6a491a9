import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { openTestStore } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker } from '#tests/builders/worker.ts'
import { depositAt } from './damage.ts'
import { whatFails } from './holds.ts'
import type { HeardAct } from './kill.ts'
import type { Outcome } from './outcome.ts'

/** A clock that jumps by days, forward and back, before each deposit of an agent; a supervisor confirms it when it is doubted. */
export async function clockJumps(folder: string, jumps: number): Promise<Outcome> {
  const data = join(folder, 'clock')
  mkdirSync(data)
  let wall = systemClock.now().getTime()
  const clock = { now: () => new Date(wall), monotonic: () => systemClock.monotonic() }
  const worker = await signedIn(startWorker(data, devicesWith(paperTrail(join(data, 'paper.txt'))), { clock }))
  const heard: HeardAct[] = []
  const failed: string[] = []
  let confirmed = 0
  for (let jump = 0; jump < jumps; jump += 1) {
    // Within the year: a clock that goes back over New Year continues the series of the year that it shows.
    wall += (Math.random() - 0.5) * 20 * 24 * 60 * 60_000
    const commandId = v7()
    let number = await depositAt(worker, commandId)
    if (number === 'clock.behind' || number === 'clock.ahead') {
      // An agent waits for a person who confirms the clock, once; then he goes on himself.
      confirmed += 1
      await signedIn(worker, 'supervisor')
      const reset = await worker.ask('clock.reset', { reason: 'wasAhead' })
      if (!reset.ok) failed.push(`clock.reset: ${reset.fault.code}`)
      await signedIn(worker, 'agent')
      number = await depositAt(worker, commandId)
    }
    if (number.includes('/')) heard.push({ kind: 'request.deposited', id: commandId, evidence: number })
    else failed.push(number)
  }
  await worker.close()
  const store = openTestStore(data)
  failed.push(...whatFails(store, heard).filter((line) => !line.includes('series')))
  if (new Set(heard.map(({ evidence }) => evidence)).size !== heard.length) failed.push('a number given twice')
  store.close()
  return {
    count: jumps,
    came: `${String(heard.length)} acts by an agent, ${String(confirmed)} confirmed clocks, one chain`,
    failed,
  }
}
