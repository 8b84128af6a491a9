import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from './runtime.ts'

const announcement = z.object({ url: z.url() })

export interface RunningPlatform {
  readonly url: string
  close(): Promise<void>
}

/**
 * Starts the reference platform in a process of its own; it keeps its database under `dataDir`, or in `DATABASE_URL`.
 */
export async function startPlatform(dataDir: string): Promise<RunningPlatform> {
  const server = spawn(process.execPath, [join(root, 'tests/platform/index.ts'), '--port', '0', '--data', dataDir], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(server, 'exit')
  const ready = (async () => {
    for await (const line of createInterface(server.stdout))
      if (line.startsWith('{')) return announcement.parse(JSON.parse(line)).url
    throw new Error('the reference platform ended before it was ready')
  })()
  const url = await ready
  return {
    url,
    close: async () => {
      server.kill('SIGTERM')
      await gone
    },
  }
}
