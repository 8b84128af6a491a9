import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Press } from '#shared/ports/press.ts'
import { openRemotePress } from '#electron/worker/papers/remotePress.ts'
import { resources } from './worker.ts'

type Life = 'work' | 'hold' | 'hang'

/** The press in another process, started afresh whenever it ended, as the program does. */
export function pressProcess(options: { readonly lives: readonly [Life, ...Life[]]; readonly paperMs: number }): {
  readonly press: Press
  /** How often it was started, and how many pages were begun. */
  readonly seen: { starts: number; pages: number }
  /** Ends the process that runs now, in the middle of whatever it does. */
  readonly kill: () => void
  readonly close: () => void
} {
  const seen = { starts: 0, pages: 0 }
  let child: ChildProcess | undefined
  let closed = false
  const start = (): void => {
    if (child !== undefined || closed) return
    const life = options.lives[Math.min(seen.starts, options.lives.length - 1)]
    seen.starts += 1
    const started = fork(join(import.meta.dirname, 'pressChild.ts'), [resources], {
      serialization: 'advanced',
      env: { ...process.env, PRESS_LIFE: life },
      // Vitest has its own: the child is plain Node.
      execArgv: [],
    })
    child = started
    started.on('message', (message: { kind?: string }) => {
      if (message.kind === 'laying') seen.pages += 1
    })
    started.once('exit', () => {
      child = undefined
      remote.detach()
      start()
    })
    remote.attach({
      post: (message) => {
        started.send(message as object)
      },
      onMessage: (listener) => {
        started.on('message', listener)
      },
    })
  }
  const kill = (): void => {
    child?.kill('SIGKILL')
  }
  const remote = openRemotePress(
    (word) => {
      if (word === 'needed') start()
      else kill()
    },
    { paperMs: options.paperMs, nearMs: 0 },
  )
  return {
    press: remote.press,
    seen,
    kill,
    close: () => {
      closed = true
      kill()
    },
  }
}
