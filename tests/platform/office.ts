import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { officeFile } from '#shared/contract/officeFile.ts'
import { counterId } from '#shared/ids.ts'
import { openDatabase } from './database.ts'
import { accountsOf, readAccounts } from './feed.ts'
import { makeOfficeFile, NoOffice } from './officeFile.ts'
import { createTables } from './schema.ts'
import { openSecrets } from './secrets.ts'

/**
 * Makes the office file of one counter, and its one-time code (`--enrolled`: none). `DATABASE_URL` or `--data` names the
 * platform's database. What it prints is for the paper: the fingerprint goes to the office apart from the file.
 */
const { values } = parseArgs({
  options: {
    counter: { type: 'string' },
    office: { type: 'string' },
    accounts: { type: 'string' },
    address: { type: 'string' },
    out: { type: 'string' },
    minutes: { type: 'string', default: '1440' },
    enrolled: { type: 'boolean', default: false },
    data: { type: 'string' },
  },
})
const { address, out } = values
const counter = counterId.safeParse(values.counter)
if (!counter.success || values.office === undefined || values.accounts === undefined || !address || !out) {
  process.stderr.write(
    'node tests/platform/office.ts --counter RAB03-G2 --office FILE.json --accounts FILE.json --address URL --out FILE [--minutes N | --enrolled] [--data DIR]\n',
  )
  process.exit(2)
}
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const office = officeFile.shape.office.safeParse(read(values.office))
if (!office.success) {
  process.stderr.write(`${values.office}: not the seed of an office, or one with a code\n`)
  process.exit(1)
}
const accounts = accountsOf(readAccounts(read(values.accounts)), office.data.code)
const database = await openDatabase({
  url: process.env['DATABASE_URL'] === '' ? undefined : process.env['DATABASE_URL'],
  folder: values.data,
  log: (line) => {
    process.stderr.write(`${line}\n`)
  },
})
try {
  await createTables(database)
  const { file, fingerprint, expiresAt } = await makeOfficeFile(
    { database, secrets: await openSecrets(database) },
    {
      counter: counter.data,
      office: office.data,
      accounts,
      address,
      codeSeconds: values.enrolled ? undefined : Number(values.minutes) * 60,
    },
  )
  // It holds a one-time code: for its owner alone.
  writeFileSync(out, file, { mode: 0o600 })
  process.stdout.write(`${fingerprint}\n`)
  process.stderr.write(`${out}${expiresAt === undefined ? '' : `, its code until ${expiresAt}`}\n`)
} catch (cause) {
  if (!(cause instanceof NoOffice)) throw cause
  process.stderr.write(`refused: ${cause.message}\n`)
  process.exitCode = 1
} finally {
  await database.close()
}
