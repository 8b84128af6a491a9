import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { startedAt } from '#tests/platform/processOf.ts'

const claim = z.object({ pid: z.int().positive(), started: z.string().optional() })

/**
 * Takes a file in the name of this process, so that a second start finds who is there already. What a process that is
 * gone left behind holds nobody back, nor does another one that was given its number.
 * @returns the process that has it; nothing when it is ours now, until the process ends
 */
export function claimedBy(file: string): number | undefined {
  const started = startedAt(process.pid)
  mkdirSync(dirname(file), { recursive: true })
  const text = JSON.stringify({ pid: process.pid, ...(started === undefined ? {} : { started }) })
  for (;;) {
    try {
      writeFileSync(file, text, { flag: 'wx' })
      process.once('exit', () => {
        rmSync(file, { force: true })
      })
      return undefined
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
    }
    const holder = holderOf(file)
    if (holder !== undefined) return holder
    rmSync(file, { force: true })
  }
}

const holderOf = (file: string): number | undefined => {
  try {
    const { pid, started } = claim.parse(JSON.parse(readFileSync(file, 'utf8')))
    process.kill(pid, 0)
    return started === undefined || startedAt(pid) === started ? pid : undefined
  } catch (cause) {
    // It belongs to somebody else, and lives.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM' ? 0 : undefined
  }
}
