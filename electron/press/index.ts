import { join } from 'node:path'
import { parentPortOf } from '#shared/contract/hostPort.ts'
import { toPress } from '#shared/contract/hosts.ts'
import { crashOf } from '#shared/crash.ts'
import { runHost } from './host.ts'
import { openPress } from './openPress.ts'

const port = parentPortOf(process)
if (port === undefined) throw new Error('this is the press process of Guichet: the program starts it')

const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
// The runtime's own report would quote the message, and what a message quotes may be a citizen's.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (cause: unknown) => {
    log(crashOf(cause))
    process.exit(1)
  })
}
const receive = runHost({
  open: (resourcesDir) =>
    // It is built beside this very file.
    Promise.resolve(openPress({ resourcesDir, ocrThread: join(import.meta.dirname, 'ocr.js') })),
  log,
})
port.on('message', ({ data, ports }) => {
  const message = toPress.safeParse(data)
  if (message.success) receive(message.data, ports[0])
})
