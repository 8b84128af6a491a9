import { parseArgs } from 'node:util'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import { openDatabase } from './database.ts'
import { noteDecision } from './decisions.ts'
import { rotateKey } from './keys.ts'
import { createTables } from './schema.ts'

/**
 * Gives the platform a new key, which the one before vouches for. Running nodes sign by it within a second. `DATABASE_URL`
 * or `--data` names the platform's database; what it prints is the new fingerprint, for office files from now on.
 */
const { values } = parseArgs({ options: { data: { type: 'string' } } })
const url = process.env['DATABASE_URL'] === '' ? undefined : process.env['DATABASE_URL']
if (url === undefined && values.data === undefined) {
  process.stderr.write('DATABASE_URL=… node tests/platform/rotate.ts | node tests/platform/rotate.ts --data DIR\n')
  process.exit(2)
}
const database = await openDatabase({
  url,
  folder: values.data,
  log: (line) => {
    process.stderr.write(`${line}\n`)
  },
})
try {
  await createTables(database)
  const { kid } = await database.transaction(async (session) => {
    const keys = await rotateKey(session)
    await noteDecision(session, { counter: '', what: 'key', subject: keys.kid })
    return keys
  })
  process.stdout.write(`${fingerprintOf(kid)}\n`)
} finally {
  await database.close()
}
