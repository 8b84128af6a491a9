import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Display {
  /** What a program must be told to appear on it. */
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Whether there is a screen that a person can see. */
export const hasScreen = (env: NodeJS.ProcessEnv = process.env): boolean =>
  process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])

/**
 * The screen of this session, or a virtual one (Xvfb) where there is none; it ends with its last program unless it
 * `stays`.
 */
export async function openDisplay({ stays = false } = {}): Promise<Display> {
  if (hasScreen()) return { env: {}, close: async () => {} }
  // Xvfb picks a free number by itself and writes it to the descriptor it is given, once it listens.
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', ...(stays ? [] : ['-terminate'])],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const ended = once(server, 'exit')
  const numbers = server.stdio[3]
  if (!numbers) throw new Error('Xvfb has no display descriptor')
  const [number] = (await Promise.race([
    once(numbers, 'data'),
    ended.then(() => {
      throw new Error('Xvfb did not start')
    }),
  ])) as [Buffer]
  return {
    env: { DISPLAY: `:${number.toString('utf8').trim()}` },
    close: async () => {
      server.kill()
      await ended
    },
  }
}
