import { spawn } from 'node:child_process'

/** How one run of a program ended. `missing`: it is not installed. */
export type Ended =
  | { readonly kind: 'exit'; readonly code: number; readonly out: Buffer; readonly err: string }
  | { readonly kind: 'missing' | 'timeout' | 'tooLong' | 'cancelled' }

export interface Limits {
  /** For the whole run; where somebody listens to what it says, between two words. */
  readonly ms: number
  readonly bytes: number
  readonly signal?: AbortSignal | undefined
  /** Hears what it says as it comes. */
  readonly onOut?: ((chunk: Buffer) => void) | undefined
}

/** A scanner is left in a sane state when scanimage may end by itself; after this it is killed, in milliseconds. */
const grace = 3_000

/** What is ours to know is not handed on: the passphrase of the register may be among it. */
const withoutOurs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GUICHET_')))

/**
 * Runs a program with an argument array (no shell), its answer bounded in time and size. Its messages are English.
 * Never throws; what it says on standard error is cut at 4 kB.
 */
export function runBounded(
  command: string,
  args: readonly string[],
  limits: Limits,
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  return new Promise((resolve) => {
    if (limits.signal?.aborted === true) {
      resolve({ kind: 'cancelled' })
      return
    }
    const child = spawn(command, args, { env: { ...withoutOurs(env), LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    let size = 0
    let err = ''
    let stoppedFor: 'timeout' | 'tooLong' | 'cancelled' | undefined
    let hard: NodeJS.Timeout | undefined
    const stop = (why: 'timeout' | 'tooLong' | 'cancelled'): void => {
      if (stoppedFor !== undefined) return
      stoppedFor = why
      child.kill('SIGTERM')
      hard = setTimeout(() => {
        child.kill('SIGKILL')
      }, grace)
    }
    const cancel = (): void => {
      stop('cancelled')
    }
    const timer = setTimeout(() => {
      stop('timeout')
    }, limits.ms)
    limits.signal?.addEventListener('abort', cancel, { once: true })
    const end = (ended: Ended): void => {
      clearTimeout(timer)
      clearTimeout(hard)
      limits.signal?.removeEventListener('abort', cancel)
      resolve(ended)
    }
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limits.bytes) stop('tooLong')
      else out.push(chunk)
      if (limits.onOut === undefined) return
      timer.refresh()
      limits.onOut(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err = (err + chunk.toString('utf8')).slice(0, 4096)
    })
    child.once('error', () => {
      end({ kind: 'missing' })
    })
    child.once('close', (code) => {
      end(
        stoppedFor !== undefined
          ? { kind: stoppedFor }
          : { kind: 'exit', code: code ?? -1, out: Buffer.concat(out), err },
      )
    })
  })
}
