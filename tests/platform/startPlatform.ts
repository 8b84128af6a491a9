import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import { openDatabase } from './database.ts'
import { addFaults, type FaultControl } from './faults.ts'
import { publish, readSeeds } from './feed.ts'
import { openFiles } from './files.ts'
import { createTables } from './schema.ts'
import { openSecrets } from './secrets.ts'
import { readAccessSecrets } from './accessSecrets.ts'

export interface PlatformOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number
  readonly host?: string
  /** A PostgreSQL to use; absent: one of our own. */
  readonly databaseUrl?: string | undefined
  /** Where our own PostgreSQL and the attachments are kept; absent: a temporary folder. */
  readonly data?: string | undefined
  /** Use PGlite although a PostgreSQL would start. */
  readonly pglite?: boolean
  /** Folder with `procedures/` and `seed/`; absent: the project's. */
  readonly resources?: string
  /** A code that enrols any number of counters, approved at once; `demo` when absent, none when empty. */
  readonly openCode?: string | undefined
  /** The token of the operator, who makes one-time codes and approves devices; absent: nobody does. */
  readonly operator?: string | undefined
  /** The address that counters ask, where a proxy stands before it. */
  readonly address?: string | undefined
  readonly bound?: number
  readonly log?: (line: string) => void
}

export interface RunningPlatform {
  readonly url: string
  /** For people: `PostgreSQL 18.4 (npm)`. */
  readonly database: string
  /** Switches for tests. */
  readonly faults: FaultControl | undefined
  close(): Promise<void>
}

/** Starts the reference platform; it is ready when the promise resolves. `faults` adds the switches of tests. */
export async function startPlatform(options: PlatformOptions & { faults?: boolean } = {}): Promise<RunningPlatform> {
  const log =
    options.log ??
    ((line: string) => {
      process.stderr.write(`${line}\n`)
    })
  if (options.data !== undefined) mkdirSync(options.data, { recursive: true })
  const folder = options.data ?? mkdtempSync(join(tmpdir(), 'guichet-platform-'))
  const forget = (): void => {
    if (options.data === undefined) rmSync(folder, { recursive: true, force: true })
  }
  const database = await openDatabase({
    url: options.databaseUrl,
    folder: options.data,
    pglite: options.pglite ?? false,
    log,
  })
  try {
    await createTables(database)
    await publish(database, readSeeds(options.resources ?? join(import.meta.dirname, '..', '..', 'resources')))
    const app = createApp({
      database,
      files: openFiles(database, join(folder, 'files')),
      uploadsFolder: join(folder, 'uploads'),
      version: '1',
      accessSecrets: await readAccessSecrets(database),
      secrets: await openSecrets(database),
      openCode: options.openCode === '' ? undefined : (options.openCode ?? 'demo'),
      operator: options.operator,
      address: options.address,
      ...(options.bound === undefined ? {} : { bound: options.bound }),
      onAlarm: (counter, seqs) => {
        log(`conflict: counter ${counter}, seq ${seqs.join(', ')}`)
      },
    })
    const faults = options.faults === true ? addFaults(app) : undefined
    await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' })
    // An HTTP server that listens on TCP has an address of this shape.
    const { port } = app.server.address() as AddressInfo
    return {
      url: `http://${options.host ?? '127.0.0.1'}:${String(port)}`,
      database: database.description,
      faults,
      close: async () => {
        await app.close()
        await database.close()
        forget()
      },
    }
  } catch (cause) {
    await database.close()
    forget()
    throw cause
  }
}
