import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Refused, takeExport } from './carrier.ts'
import { openDatabase } from './database.ts'
import { openFiles } from './files.ts'
import { createTables } from './schema.ts'
import { openSecrets } from './secrets.ts'

/**
 * Takes in an export of a counter from a file and writes the sealed answers beside it. `DATABASE_URL` or `--data` names
 * the platform's database.
 */
const {
  values,
  positionals: [file],
} = parseArgs({
  allowPositionals: true,
  options: {
    identity: { type: 'string' },
    data: { type: 'string' },
    answers: { type: 'string' },
    code: { type: 'string' },
  },
})
if (file === undefined || values.identity === undefined) {
  process.stderr.write(
    'node tests/platform/import.ts FILE --identity KEY [--data DIR] [--answers FILE] [--code CODE]\n',
  )
  process.exit(2)
}
const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
const database = await openDatabase({
  url: process.env['DATABASE_URL'] === '' ? undefined : process.env['DATABASE_URL'],
  folder: values.data,
  log,
})
try {
  await createTables(database)
  const identity =
    readFileSync(values.identity, 'utf8')
      .split('\n')
      .find((line) => line.startsWith('AGE-SECRET-KEY-')) ?? ''
  const files = openFiles(database, join(values.data ?? mkdtempSync(join(tmpdir(), 'guichet-files-')), 'files'))
  const { answers, sealed } = await takeExport(
    {
      database,
      secrets: await openSecrets(database),
      files,
      openCode: values.code === '' ? undefined : (values.code ?? 'demo'),
      identity,
    },
    readFileSync(file),
  )
  const to = values.answers ?? `${file}.answers`
  writeFileSync(to, sealed)
  const count = (status: string): number => answers.results.filter((one) => one.status === status).length
  process.stdout.write(
    `${JSON.stringify({
      counter: answers.counterId,
      applied: count('applied'),
      duplicate: count('duplicate'),
      rejected: count('rejected'),
      conflict: count('conflict'),
      files: answers.stored.length,
      lastSeq: answers.lastSeq,
      answers: to,
      ...(answers.expectedSeq === undefined ? {} : { expectedSeq: answers.expectedSeq }),
    })}\n`,
  )
} catch (cause) {
  if (!(cause instanceof Refused)) throw cause
  log(`refused: ${cause.message}`)
  process.exitCode = 1
} finally {
  await database.close()
}
