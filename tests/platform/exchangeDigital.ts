import { parseArgs } from 'node:util'
import { openDatabase } from './database.ts'
import { exchange } from './digital.ts'
import { httpDigitalOffice } from './digitalOffice.ts'
import { createTables } from './schema.ts'

/**
 * One exchange with the national digital mail office, for a timer of the machine. `DATABASE_URL` or `--data` names the
 * platform's database, `GUICHET_DIGITAL` the address of the office and `GUICHET_DIGITAL_TOKEN` what it knows us by.
 */
const { values } = parseArgs({ options: { data: { type: 'string' } } })
const named = (name: string): string | undefined => (process.env[name] === '' ? undefined : process.env[name])
const [url, address, token] = [named('DATABASE_URL'), named('GUICHET_DIGITAL'), named('GUICHET_DIGITAL_TOKEN')]
if ((url === undefined && values.data === undefined) || address === undefined || token === undefined) {
  process.stderr.write(
    'GUICHET_DIGITAL=https://… GUICHET_DIGITAL_TOKEN=… DATABASE_URL=… node tests/platform/exchangeDigital.ts [--data DIR]\n',
  )
  process.exit(2)
}
const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
const database = await openDatabase({ url, folder: values.data, log })
try {
  await createTables(database)
  process.stdout.write(`${JSON.stringify(await exchange(database, httpDigitalOffice(address, token, log)))}\n`)
} finally {
  await database.close()
}
