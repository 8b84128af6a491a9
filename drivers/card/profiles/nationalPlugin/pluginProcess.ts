import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import {
  fromPlugin,
  pluginLimits,
  type FromPlugin,
  type PluginEntry,
  type ToPlugin,
} from '#shared/ports/nationalCard.ts'

/** A running plug-in. */
export interface PluginProcess {
  say(message: ToPlugin): void
  /**
   * The next message; undefined once it is gone: it ended, said what is none, said too much, or said nothing in time.
   */
  next(withinMs: number): Promise<FromPlugin | undefined>
  /** Ends it at once, whatever it does. */
  readonly kill: () => void
}

/**
 * Starts a plug-in with nothing of ours: no environment but what programs need to run, its own folder, its errors
 * unread. What it
 * says is bounded in length and parsed before anything looks at it.
 */
export function startPlugin({ file, arguments: args }: PluginEntry): PluginProcess {
  const { PATH, SystemRoot, LANG } = process.env
  const [program, given] = boundedMemory(file, args)
  const child = spawn(program, given, {
    cwd: dirname(file),
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
    env: {
      ...(PATH !== undefined && { PATH }),
      ...(SystemRoot !== undefined && { SystemRoot }),
      ...(LANG !== undefined && { LANG }),
    },
  })
  const heard: FromPlugin[] = []
  let waiting: ((message: FromPlugin | undefined) => void) | undefined
  let gone = false
  let rest = ''
  let total = 0
  const kill = (): void => {
    gone = true
    child.kill('SIGKILL')
    waiting?.(undefined)
  }
  const hear = (line: string): void => {
    const parsed = fromPlugin.safeParse(jsonOf(line))
    if (!parsed.success) {
      kill()
      return
    }
    if (waiting === undefined) heard.push(parsed.data)
    else waiting(parsed.data)
  }
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    if (gone) return
    total += text.length
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    // Lines that nobody asked for pile up: a plug-in says one thing and waits.
    if (total > pluginLimits.total || rest.length > pluginLimits.line || heard.length + lines.length > 4) {
      kill()
      return
    }
    for (const line of lines) if (!gone) hear(line)
  })
  // A file that is no program, and a pipe that nobody reads any more.
  for (const stream of [child, child.stdin, child.stdout]) stream.on('error', kill)
  child.once('close', kill)

  return {
    say(message) {
      if (!gone) child.stdin.write(`${JSON.stringify(message)}\n`)
    },
    next(withinMs) {
      const first = heard.shift()
      if (first !== undefined || gone) return Promise.resolve(first)
      return new Promise((resolve) => {
        const timer = setTimeout(kill, withinMs)
        waiting = (message) => {
          clearTimeout(timer)
          waiting = undefined
          resolve(message)
        }
      })
    },
    kill,
  }
}

/**
 * Linux bounds what the program may allocate (RLIMIT_DATA, which the shell of POSIX sets and hands on; address space
 * that is only
 * reserved does not count). Elsewhere it starts as it is: an administrator's job object bounds it on Windows.
 */
const boundedMemory = (file: string, args: readonly string[]): readonly [string, readonly string[]] =>
  process.platform === 'linux'
    ? ['/bin/sh', ['-c', `ulimit -d ${String(pluginLimits.memoryKb)} && exec "$0" "$@"`, file, ...args]]
    : [file, args]

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
