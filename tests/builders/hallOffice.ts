import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { temporaryFolder } from './register.ts'

const guichet = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'guichet.ts')

/** What a command answered with `--json`, and its exit code. */
export interface HallSaid {
  readonly code: number | null
  readonly json: Record<string, unknown>
}

/** The code of the fault that a command answered with. */
export const faultCode = ({ json }: HallSaid): unknown => (json['fault'] as { code?: unknown } | undefined)?.code

/** An office of stations in folders and processes of their own, as `hall init` makes it. */
export interface HallOffice {
  readonly path: string
  readonly addresses: readonly string[]
  data(station: number): string
  /** Runs a command at a station: `at(2, 'ticket', 'issue', '--service', 'A')`. */
  at(station: number, ...words: string[]): Promise<HallSaid>
  /** Starts a station and waits until it listens. */
  run(station: number, ...words: string[]): Promise<void>
  signal(station: number, signal: NodeJS.Signals): Promise<void>
  isRunning(station: number): boolean
  close(): Promise<void>
}

/** `around`: what the process of a station is started with, as `ip netns exec NAME`. */
export async function hallOffice(
  addresses: readonly string[],
  around: (station: number) => readonly string[] = () => [],
): Promise<HallOffice> {
  const folder = temporaryFolder()
  const running = new Map<number, ChildProcess>()
  const data = (station: number): string => join(folder.path, 'office', `station-${String(station)}`)
  const ask = async (words: readonly string[]): Promise<HallSaid> => {
    const child = spawn(process.execPath, [guichet, ...words, '--json'])
    const [out, code] = await Promise.all([text(child.stdout), endOf(child)])
    return { code, json: (out === '' ? {} : JSON.parse(out)) as Record<string, unknown> }
  }
  const made = await ask([
    ...['hall', 'init', '--stations', String(addresses.length), '--addresses', addresses.join(',')],
    ...['--services', 'A,B', '--out', join(folder.path, 'office')],
  ])
  if (made.code !== 0) throw new Error(JSON.stringify(made.json))
  return {
    path: folder.path,
    addresses,
    data,
    at: (station, ...words) => ask([...words, '--data', data(station)]),
    async run(station, ...words) {
      const [program = process.execPath, ...before] = [...around(station), process.execPath]
      const child = spawn(program, [...before, guichet, 'hall', 'run', '--data', data(station), ...words])
      running.set(station, child)
      child.on('exit', () => running.delete(station))
      await new Promise<void>((done, fail) => {
        let said = ''
        child.stdout.on('data', (piece: Buffer) => {
          said += piece.toString('utf8')
          if (/^READY \S+\n/.test(said)) done()
        })
        child.on('exit', (code) => {
          fail(new Error(`station ${String(station)} ended with ${String(code)}`))
        })
        child.stderr.on('data', (piece: Buffer) => {
          said += piece.toString('utf8')
        })
      })
    },
    async signal(station, signal) {
      const child = running.get(station)
      if (child === undefined) return
      const end = signal === 'SIGKILL' || signal === 'SIGTERM' ? endOf(child) : Promise.resolve(null)
      child.kill(signal)
      await end
    },
    isRunning: (station) => running.has(station),
    async close() {
      const left = [...running.values()]
      for (const child of left) child.kill('SIGKILL')
      await Promise.all(left.map(endOf))
      folder.remove()
    },
  }
}

const endOf = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((done) => {
        child.on('close', done)
      })

/** Addresses of this machine, each with a port that was free a moment ago. */
export const loopbackAddresses = (count: number): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const host = `127.0.0.${String(index + 1)}`
      return `${host}:${String(await freePort(host))}`
    }),
  )

const freePort = (host: string): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, host, () => {
      const address = server.address()
      server.close(() => {
        done(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
