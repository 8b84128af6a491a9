import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { faultSwitches } from '#tests/platform/faults.ts'

const ready = z.object({ url: z.string(), database: z.string() })

/** The reference platform as a process of its own, which can be killed and started again on the same port. */
export interface PlatformProcess {
  readonly url: string
  faults(switches: z.input<typeof faultSwitches>): Promise<void>
  /** `kill -9`, then a new process that misbehaves the same way. */
  killAndRestart(): Promise<void>
  stop(): Promise<void>
}

export async function startPlatformProcess(databaseUrl: string, data?: string): Promise<PlatformProcess> {
  let switches: z.input<typeof faultSwitches> = {}
  const start = async (port: string): Promise<{ child: ChildProcess; url: string }> => {
    const child = spawn(
      process.execPath,
      [
        join(import.meta.dirname, '..', 'platform', 'index.ts'),
        '--faults',
        '--port',
        port,
        ...(data === undefined ? [] : ['--data', data]),
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, DATABASE_URL: databaseUrl },
      },
    )
    for await (const line of createInterface({ input: child.stdout }))
      return { child, url: ready.parse(JSON.parse(line)).url }
    throw new Error('the platform did not start')
  }
  let running = await start('0')
  const apply = async (): Promise<void> => {
    await fetch(`${running.url}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(switches),
    })
  }
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const ended = once(running.child, 'exit')
    running.child.kill(signal)
    await ended
  }
  return {
    url: running.url,
    faults: async (wanted) => {
      switches = wanted
      await apply()
    },
    killAndRestart: async () => {
      await end('SIGKILL')
      running = await start(new URL(running.url).port)
      await apply()
    },
    stop: () => end('SIGTERM'),
  }
}
