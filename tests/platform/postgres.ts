import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import pg from 'pg'
import { findBinaries, type Binaries } from './postgresBinaries.ts'
import { commandOf } from './processOf.ts'
import { asServerUser } from './serverUser.ts'

/** A PostgreSQL server of our own. */
export interface Postgres {
  /** For `pg`; holds the password. */
  readonly url: string
  /** `18.4 (npm)`, for people. */
  readonly version: string
  stop(): Promise<void>
}

const user = 'guichet'
const patience = 20_000

/**
 * Starts a real PostgreSQL on a private port, as root too, with its files in `folder` (kept), or in a temporary folder
 * (removed at the end). Rejects with what each program found said when none of them starts.
 */
export async function startPostgres(options: { folder?: string } = {}): Promise<Postgres> {
  const folder = resolve(options.folder ?? mkdtempSync(join(tmpdir(), 'guichet-postgres-')))
  const said: string[] = []
  for (const binaries of await findBinaries()) {
    try {
      return await start(binaries, folder, options.folder === undefined)
    } catch (cause) {
      said.push(`${binaries.folder}: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }
  if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  throw new Error(`no PostgreSQL starts here\n${said.join('\n')}`)
}

async function start(binaries: Binaries, folder: string, temporary: boolean): Promise<Postgres> {
  const server = asServerUser()
  const data = join(folder, `data-${binaries.from}`)
  const secret = join(folder, 'password')
  const log = join(folder, 'log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(24).toString('hex'), { mode: 0o600 })
  for (const file of [folder, secret]) chownSync(file, server.uid, server.gid)
  const password = readFileSync(secret, 'utf8')
  if (!existsSync(join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true })
    const initdb = [
      join(binaries.folder, 'initdb'),
      '-D',
      data,
      '-U',
      user,
      '-E',
      'UTF8',
      '--locale=C',
      '-N',
      '--auth=scram-sha-256',
      `--pwfile=${secret}`,
    ]
    const made = spawnSync(...server.command(initdb), { cwd: folder, encoding: 'utf8', ...server.spawn })
    if (made.status !== 0) throw new Error(`initdb: ${(made.error?.message ?? made.stderr).trim().slice(0, 500)}`)
  }
  endOrphan(data)
  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${String(port)}`,
    'unix_socket_directories=',
    'synchronous_commit=on',
    'max_connections=60',
  ]
  const output = openSync(log, 'a', 0o600)
  const child = spawn(
    ...server.command([join(binaries.folder, 'postgres'), '-D', data, ...settings.flatMap((one) => ['-c', one])]),
    {
      cwd: folder,
      stdio: ['ignore', output, output],
      ...server.spawn,
    },
  )
  closeSync(output)
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      done()
    })
    child.once('error', () => {
      done()
    })
  })
  const url = `postgres://${user}:${password}@127.0.0.1:${String(port)}/postgres`
  const version = await untilReady(url, child, log)
  return {
    url,
    version: `${version} (${binaries.from})`,
    stop: async () => {
      // Fast shutdown: clients are cut off, everything committed is kept. What is thrown away needs no last checkpoint.
      child.kill(temporary ? 'SIGQUIT' : 'SIGINT')
      await ended
      if (temporary) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A server whose starter was killed still owns the folder; it is asked to end, and its commits stay. After a power cut
 * its number may be any other process of this user: that one is left alone, and its lock is a leftover.
 */
function endOrphan(data: string): void {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  const command = commandOf(pid)
  // Without a list of processes PostgreSQL finds out by itself, and says so.
  if (command === undefined) return
  if (!isServerOf(command, data)) {
    rmSync(lock, { force: true })
    return
  }
  const until = Date.now() + patience
  try {
    process.kill(pid, 'SIGINT')
    while (existsSync(lock) && Date.now() < until) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  } catch {
    // Gone meanwhile: the lock is a leftover that PostgreSQL clears by itself.
  }
}

/** Whether that command line is the server of this folder: `postgres -D FOLDER …`. */
const isServerOf = (command: readonly string[], data: string): boolean =>
  basename(command[0] ?? '') === 'postgres' && command[command.indexOf('-D') + 1] === data

async function untilReady(url: string, child: ChildProcess, log: string): Promise<string> {
  const until = Date.now() + patience
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
      return rows[0]?.server_version.split(' ')[0] ?? 'unknown'
    } catch (cause) {
      if (child.exitCode !== null || child.pid === undefined || Date.now() > until) {
        const tail = existsSync(log) ? readFileSync(log, 'utf8').trim().slice(-500) : String(cause)
        throw new Error(`postgres: ${tail}`, { cause })
      }
      await new Promise((again) => setTimeout(again, 20))
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        found(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
