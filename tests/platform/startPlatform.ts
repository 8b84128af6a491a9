import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { Account } from '#shared/contract/platform.ts'
import type { OfficeHandedOver } from '#shared/contract/officeFile.ts'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import { officeSeed } from '#shared/domain/office.ts'
import { officeCode, type CounterId } from '#shared/ids.ts'
import { createApp, type Patience } from './app.ts'
import { openDatabase } from './database.ts'
import { addFaults, type FaultControl } from './faults.ts'
import { accountsOf, publish, readAccounts, readSeeds } from './feed.ts'
import { openFiles } from './files.ts'
import { makeOfficeFile } from './officeFile.ts'
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
  readonly patience?: Patience
  readonly log?: (line: string) => void
}

export interface RunningPlatform {
  readonly url: string
  /** For people: `PostgreSQL 18.4 (npm)`. */
  readonly database: string
  /** Switches for tests. */
  readonly faults: FaultControl | undefined
  /** Of the key that signs now, as it is typed from paper. */
  readonly fingerprint: string
  /**
   * What an office is handed for one of its counters, with a code for a day: the letterhead of the demonstration office
   * under the counter's own code, and these accounts (absent: those of the demonstration).
   */
  officeFile(counter: CounterId, accounts?: readonly Account[]): Promise<OfficeHandedOver>
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
    const resources = options.resources ?? join(import.meta.dirname, '..', '..', 'resources')
    await publish(database, readSeeds(resources))
    const secrets = await openSecrets(database)
    const app = createApp({
      database,
      files: openFiles(database, join(folder, 'files')),
      uploadsFolder: join(folder, 'uploads'),
      version: '1',
      accessSecrets: await readAccessSecrets(database),
      secrets,
      openCode: options.openCode === '' ? undefined : (options.openCode ?? 'demo'),
      operator: options.operator,
      address: options.address,
      ...(options.bound === undefined ? {} : { bound: options.bound }),
      ...(options.patience === undefined ? {} : { patience: options.patience }),
      onAlarm: (counter, seqs) => {
        log(`conflict: counter ${counter}, seq ${seqs.join(', ')}`)
      },
    })
    const faults = options.faults === true ? addFaults(app) : undefined
    await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' })
    // An HTTP server that listens on TCP has an address of this shape.
    const { port } = app.server.address() as AddressInfo
    const url = `http://${options.host ?? '127.0.0.1'}:${String(port)}`
    return {
      url,
      database: database.description,
      faults,
      get fingerprint() {
        return fingerprintOf(secrets.keys()[0]?.kid ?? '')
      },
      officeFile: async (counter, accounts) => {
        const seed = (name: string): unknown => JSON.parse(readFileSync(join(resources, 'seed', name), 'utf8'))
        const { enrolmentCode: _, ...office } = officeSeed.parse(seed('office.json'))
        return makeOfficeFile(
          { database, secrets },
          {
            counter,
            office: { ...office, code: officeCode.parse(counter.split('-')[0]) },
            accounts: accounts ?? accountsOf(readAccounts(seed('accounts.json')), office.code),
            address: options.address ?? url,
            codeSeconds: 86_400,
          },
        )
      },
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
