import type { MessagePortMain } from 'electron'

/** What we use of a utility process. */
export interface Child {
  postMessage(message: unknown, ports?: MessagePortMain[]): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'exit', listener: (code: number) => void): unknown
  kill(): boolean
}

export interface Supervised {
  run(): void
  running(): boolean
  /**
   * Says something to the process that runs now; lost while none does, since the next one is told all it needs at
   * start.
   */
  post(message: unknown, ports?: MessagePortMain[]): void
  /** Ends the process that runs now, as a crash would: it is started again. */
  restart(): void
  /** Asks by `message`, where there is one, then ends the process after `graceMs`; it is not started again. */
  stop(message?: unknown, graceMs?: number): Promise<void>
}

export interface Supervision {
  start: () => Child
  /** A process runs and listens: also after each restart. */
  onUp: () => void
  onMessage: (message: unknown) => void
  onDown: (code: number, restartInMs: number) => void
  now: () => number
}

const firstDelayMs = 250
const longestDelayMs = 30_000
/** A process that lived this long was well: the next crash is a first one again. */
const healthyMs = 60_000

/** The pause before the restart after the nth crash in a row, in milliseconds: doubling from 250 ms up to 30 s. */
export const restartDelayMs = (crashes: number): number => Math.min(firstDelayMs * 2 ** (crashes - 1), longestDelayMs)

/** Keeps one utility process alive from `run` until it is stopped. */
export function supervise({ start, onUp, onMessage, onDown, now }: Supervision): Supervised {
  let child: Child | undefined
  let crashes = 0
  let restart: NodeJS.Timeout | undefined
  let stopped: (() => void) | undefined

  const run = (): void => {
    const bornAt = now()
    const started = start()
    child = started
    started.on('message', onMessage)
    started.once('exit', (code) => {
      child = undefined
      if (stopped) {
        stopped()
        return
      }
      crashes = now() - bornAt >= healthyMs ? 1 : crashes + 1
      const delay = restartDelayMs(crashes)
      restart = setTimeout(run, delay)
      onDown(code, delay)
    })
    onUp()
  }

  return {
    run,
    running: () => child !== undefined,
    post: (message, ports) => {
      child?.postMessage(message, ports)
    },
    restart: () => {
      child?.kill()
    },
    stop: (message, graceMs = 0) =>
      new Promise((resolve) => {
        clearTimeout(restart)
        if (!child) {
          resolve()
          return
        }
        const last = child
        const force = setTimeout(() => {
          last.kill()
        }, graceMs)
        stopped = () => {
          clearTimeout(force)
          resolve()
        }
        if (message !== undefined) last.postMessage(message)
      }),
  }
}
