import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Display {
  /** Whether a person can see it. */
  readonly real: boolean
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** The screen of this session, or a virtual one (Xvfb) where there is none. */
export async function openDisplay(env: NodeJS.ProcessEnv = process.env): Promise<Display> {
  if (env['DISPLAY'] || env['WAYLAND_DISPLAY'] || process.platform !== 'linux') return { real: true, env: {}, close: async () => {} }
  // Xvfb picks a free number by itself and writes it to the descriptor it is given, once it listens.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const failed = once(server, 'exit').then(() => { throw new Error('Xvfb did not start') })
  const numbers = server.stdio[3]
  if (!numbers) throw new Error('Xvfb has no display descriptor')
  const [number] = (await Promise.race([once(numbers, 'data'), failed])) as [Buffer]
  failed.catch(() => {})
  return {
    real: false,
    env: { DISPLAY: `:${number.toString('utf8').trim()}` },
    close: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return
      const gone = once(server, 'exit')
      server.kill()
      await gone
    },
  }
}
