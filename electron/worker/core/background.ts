import { crashOf } from '#shared/crash.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Result } from '#shared/result.ts'

/** When a task runs. Times are milliseconds. */
export interface Plan {
  /** Before the first run; absent: it begins at once. */
  readonly first?: number
  /** From the end of a run to the beginning of the next; absent: it runs until it has once succeeded. */
  readonly every?: number
  /** Waits after a failure, doubled from the first to the second. */
  readonly backoff?: readonly [least: number, most: number]
}

/** A minute after the first failure, an hour after many: what fails in the background is rarely mended in seconds. */
const usualBackoff = [60_000, 60 * 60_000] as const

/** What a run of a task is given. */
export interface Run {
  /** Aborted when the task is closed. */
  readonly signal: AbortSignal
  /** For a run that does not end (a loop): it works again, so nothing is wrong any more. */
  readonly well: () => void
}

/** A run fails by throwing, or by returning a fault; `call.cancelled` is no failure. */
export type Work = (run: Run) => Promise<Result<unknown> | void> | Result<unknown> | void

/** A task that is under way. */
export interface Task {
  /** Runs now; during a run, once more after it. */
  wake(): void
  /** No further run; resolves when the one that is under way has ended. */
  close(): Promise<void>
}

/** A task whose last run failed. `since` is the UTC instant of the first failure in a row. */
export interface FailingTask {
  readonly task: string
  readonly since: Date
  readonly failures: number
  readonly fault: Fault
}

/**
 * Everything in the worker that no call waits for: loops, timers, promises, what devices tell. Whatever fails here is
 * caught, written to the log without personal data, tried again later and shown in the budget; it never ends the process.
 */
export interface Background {
  /** Runs `work` by its plan. One name may stand for several tasks: the last word of any of them is shown. */
  start(name: string, work: Work, plan?: Plan): Task
  /** A promise that nobody waits for. Its failure is told until one of the same name succeeds. */
  settle(name: string, promise: Promise<unknown>): void
  /** Runs now, what throws is caught: for listeners of devices and of timers. */
  safely(name: string, work: () => void): void
  /** Runs `work` once after so many milliseconds, caught like the rest; the returned function calls it off. */
  after(name: string, ms: number, work: () => void): () => void
  /** What does not work now, in the order in which it failed. */
  failing(): readonly FailingTask[]
  /** Closes every task. */
  close(): Promise<void>
}

interface Options {
  readonly clock: Pick<Clock, 'now'>
  /** One entry of the log: names and places, nothing of a person. */
  readonly log: (line: string) => void
  /** What is failing has changed. */
  readonly onChange?: () => void
}

/** The background of one open register. */
export function createBackground({ clock, log, onChange = () => undefined }: Options): Background {
  const failing = new Map<string, FailingTask>()
  const tasks = new Set<Task>()
  let closed = false

  const tell = (): void => {
    if (closed) return
    try {
      onChange()
    } catch (cause) {
      log(`background onChange: ${crashOf(cause)}`)
    }
  }
  const worked = (name: string): void => {
    if (failing.delete(name)) tell()
  }
  const failed = (name: string, fault: Fault, said: string): void => {
    log(`background ${name}: ${said}`)
    const before = failing.get(name)
    failing.set(name, {
      task: name,
      since: before?.since ?? clock.now(),
      failures: (before?.failures ?? 0) + 1,
      fault,
    })
    tell()
  }
  const threw = (name: string, cause: unknown): void => {
    failed(name, faultOf('internal', cause instanceof Error ? cause.name : undefined), crashOf(cause))
  }
  /** Whether the run was good. */
  const judge = (name: string, outcome: unknown): boolean => {
    const fault = faultIn(outcome)
    // What a fault says besides its code may name a file or a table; the code is enough to begin with.
    if (fault === undefined || fault.code === 'call.cancelled') worked(name)
    else failed(name, fault, fault.code)
    return fault === undefined || fault.code === 'call.cancelled'
  }

  const start = (name: string, work: Work, { first, every, backoff = usualBackoff }: Plan = {}): Task => {
    const ending = new AbortController()
    const { signal } = ending
    let running: Promise<void> | undefined
    let again = false
    let timer: NodeJS.Timeout | undefined
    let failures = 0
    const well = (): void => {
      failures = 0
      worked(name)
    }
    /** Runs once; how long to rest until the next run, nothing when there is none. */
    const once = async (): Promise<number | undefined> => {
      try {
        if (judge(name, await work({ signal, well }))) {
          failures = 0
          return every
        }
      } catch (cause) {
        threw(name, cause)
      }
      failures += 1
      const [least, most] = backoff
      return Math.min(most, least * 2 ** Math.min(failures - 1, 30))
    }
    const rest = (ms: number | undefined): void => {
      running = undefined
      if (signal.aborted) return
      if (again) begin()
      else if (ms !== undefined) timer = setTimeout(begin, ms)
    }
    const begin = (): void => {
      clearTimeout(timer)
      again = false
      running = once().then(rest)
    }
    const task: Task = {
      wake: () => {
        if (running !== undefined) again = true
        else if (!signal.aborted) begin()
      },
      close: async () => {
        ending.abort()
        clearTimeout(timer)
        tasks.delete(task)
        await running
      },
    }
    tasks.add(task)
    if (closed) ending.abort()
    else if (first === undefined) begin()
    else timer = setTimeout(begin, first)
    return task
  }

  const safely = (name: string, work: () => void): void => {
    try {
      work()
      worked(name)
    } catch (cause) {
      threw(name, cause)
    }
  }
  return {
    start,
    settle: (name, promise) => {
      promise.then(
        (outcome) => judge(name, outcome),
        (cause: unknown) => {
          threw(name, cause)
        },
      )
    },
    safely,
    after: (name, ms, work) => {
      const timer = setTimeout(() => {
        safely(name, work)
      }, ms)
      return () => {
        clearTimeout(timer)
      }
    },
    failing: () => [...failing.values()],
    close: async () => {
      closed = true
      await Promise.all([...tasks].map((task) => task.close()))
    },
  }
}

const faultIn = (outcome: unknown): Fault | undefined => {
  if (typeof outcome !== 'object' || outcome === null || !('ok' in outcome) || outcome.ok !== false) return undefined
  return 'fault' in outcome && isFault(outcome.fault) ? outcome.fault : undefined
}

const isFault = (value: unknown): value is Fault =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'

/** Waits so many milliseconds, or until the signal is aborted: early, without failing. */
export const rest = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = Number.isFinite(ms) ? setTimeout(end, ms) : undefined
    if (signal?.aborted === true) end()
    else signal?.addEventListener('abort', end)
  })
