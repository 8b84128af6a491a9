import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { z } from 'zod'
import { startPostgres } from './postgres.ts'

export type Value = string | number | boolean | null | Date | Uint8Array
/** What a statement may be run on: the whole database or one transaction. */
export interface Session {
  /**
   * Rows as the statement's columns are named; bigint comes as text. Statements are carried out in the order in which
   * they are asked, and need not be
   * awaited one by one. Those with a few values are prepared.
   */
  query: <Row>(sql: string, values?: readonly Value[], prepare?: boolean) => Promise<readonly Row[]>
}
export interface Database extends Session {
  /** For people: `PostgreSQL 18.4 (npm)`. */
  readonly description: string
  /** Runs again, a few times, when the database chose this transaction as the victim of a conflict. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>
  /**
   * For what matters for minutes only: its commits are not awaited on disk, and the last of them may be lost in a power
   * cut.
   */
  readonly brief: Session
  close(): Promise<void>
}

/**
 * `url` → that PostgreSQL. Otherwise an embedded PostgreSQL with its files in `folder` (a temporary one when absent);
 * where none starts (or `pglite` asks for it), PGlite: one connection, for demonstrations only.
 */
export async function openDatabase(options: {
  url?: string | undefined
  folder?: string | undefined
  pglite?: boolean
  log: (line: string) => void
}): Promise<Database> {
  if (options.pglite === true) return overPglite(options.folder)
  if (options.url !== undefined) return overPostgres(options.url, undefined, async () => undefined)
  try {
    const server = await startPostgres(options.folder === undefined ? {} : { folder: join(options.folder, 'postgres') })
    return await overPostgres(server.url, server.version, () => server.stop())
  } catch (cause) {
    options.log(
      `${cause instanceof Error ? cause.message : String(cause)}\nPGlite is used instead: single connection, for demonstration only`,
    )
    return overPglite(options.folder)
  }
}

/**
 * The answers of statements that were asked one after the other; a failure goes on when all have ended, so that none
 * comes after the end of its transaction.
 */
export async function together<T extends readonly unknown[] | []>(
  asked: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(asked)
  return Promise.all(asked)
}

/**
 * Rows of one statement: enough that the way costs little, and one statement that is prepared serves however many rows
 * there are.
 */
const rowsAtOnce = 100

/** Many rows, some with each statement. */
export async function insert(
  session: Session,
  into: string,
  rows: readonly (readonly Value[])[],
  suffix = '',
): Promise<void> {
  const tuple = (width: number, row: number): string =>
    `(${Array.from({ length: width }, (_, column) => `$${String(row * width + column + 1)}`).join(',')})`
  const statement = (some: typeof rows): string =>
    `INSERT INTO ${into} VALUES ${some.map((one, row) => tuple(one.length, row)).join(',')} ${suffix}`
  const whole = rows.length < rowsAtOnce ? '' : statement(rows.slice(0, rowsAtOnce))
  const asked: Promise<unknown>[] = []
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce)
    asked.push(
      some.length === rowsAtOnce
        ? session.query(whole, some.flat(), true)
        : session.query(statement(some), some.flat()),
    )
  }
  await together(asked)
}

const serialisation = new Set(['40001', '40P01'])
const withCode = z.object({ code: z.string() })

async function overPostgres(url: string, version: string | undefined, stop: () => Promise<void>): Promise<Database> {
  const open = (max: number, options?: string): pg.Pool => {
    const made = new pg.Pool({
      connectionString: url,
      max,
      connectionTimeoutMillis: 10_000,
      pipeline: true,
      ...(options === undefined ? {} : { options }),
    })
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    made.on('error', () => undefined)
    return made
  }
  const pool = open(16)
  const brief = open(4, '-c synchronous_commit=off')
  const session = (client: pg.Pool | pg.PoolClient): Session => ({
    query: async <Row>(sql: string, values: readonly Value[] = [], prepare = values.length <= 8) => {
      const prepared = prepare ? { name: nameOf(sql) } : {}
      // Rows are typed by the statement's author, beside the statement.
      return (await client.query({ ...prepared, text: sql, values: [...values] })).rows as Row[]
    },
  })
  const once = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    let broken = false
    try {
      await client.query('BEGIN')
      const result = await work(session(client))
      await client.query('COMMIT')
      return result
    } catch (cause) {
      await client.query('ROLLBACK').catch(() => {
        broken = true
      })
      throw cause
    } finally {
      client.release(broken)
    }
  }
  const known =
    version ??
    (await session(pool).query<{ v: string }>("SELECT current_setting('server_version') AS v"))[0]?.v.split(' ')[0] ??
    ''
  return {
    description: `PostgreSQL ${known}`,
    ...session(pool),
    brief: session(brief),
    transaction: async (work) => {
      for (let left = 5; ; left -= 1) {
        try {
          return await once(work)
        } catch (cause) {
          const code = withCode.safeParse(cause)
          if (left === 0 || !code.success || !serialisation.has(code.data.code)) throw cause
        }
      }
    },
    close: async () => {
      await Promise.all([pool.end(), brief.end()])
      await stop()
    },
  }
}

const names = new Map<string, string>()
function nameOf(sql: string): string {
  const name = names.get(sql) ?? `s${String(names.size)}`
  names.set(sql, name)
  return name
}

/** PGlite does not guard its folder, and two openers corrupt it: a lock file does. */
async function overPglite(folder: string | undefined): Promise<Database> {
  const unlock = folder === undefined ? undefined : lock(folder)
  const db = await PGlite.create(folder === undefined ? {} : { dataDir: join(folder, 'pglite') })
  const session = (on: Pick<PGlite, 'query'>): Session => ({
    query: async <Row>(sql: string, values: readonly Value[] = []) => (await on.query<Row>(sql, [...values])).rows,
  })
  return {
    description: 'PGlite (single connection, demonstration)',
    ...session(db),
    brief: session(db),
    transaction: (work) => db.transaction((tx) => work(session(tx))),
    close: async () => {
      await db.close()
      unlock?.()
    },
  }
}

function lock(folder: string): () => void {
  const file = join(folder, 'pglite.lock')
  mkdirSync(folder, { recursive: true })
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (!Number.isInteger(pid) || !alive(pid)) rmSync(file)
  } catch {
    // No lock: nobody has it open.
  }
  const handle = openSync(file, 'wx')
  writeSync(handle, String(process.pid))
  closeSync(handle)
  return () => {
    rmSync(file, { force: true })
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
