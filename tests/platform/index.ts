import { parseArgs } from 'node:util'
import { startPlatform } from './startPlatform.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
    /** Enrols any number of counters without being asked: for demonstrations; `--code ''` for none. */
    code: { type: 'string' },
    operator: { type: 'string' },
    address: { type: 'string' },
    faults: { type: 'boolean', default: false },
  },
})
const platform = await startPlatform({
  port: Number(values.port),
  host: values.host,
  data: values.data,
  openCode: values.code,
  operator: values.operator ?? process.env['GUICHET_OPERATOR'],
  address: values.address,
  databaseUrl: process.env['DATABASE_URL'] === '' ? undefined : process.env['DATABASE_URL'],
  faults: values.faults,
})
process.stdout.write(
  `${JSON.stringify({ url: platform.url, database: platform.database, fingerprint: platform.fingerprint })}\n`,
)

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    void platform.close().then(() => process.exit(0))
  })
}
