import { parentPortOf } from '#shared/contract/hostPort.ts'
import { toWorker } from '#shared/contract/hosts.ts'
import { crashOf } from '#shared/crash.ts'
import { runWorker } from './host.ts'
import { systemClock } from './core/systemClock.ts'

const port = parentPortOf(process)
if (port === undefined) throw new Error('this is the worker process of Guichet: the program starts it')

// The runtime's own report would quote the message, and what a message quotes may be a citizen's.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (cause: unknown) => {
    process.stderr.write(`${crashOf(cause)}\n`)
    process.exit(1)
  })
}

const receive = runWorker({
  say: (message) => {
    port.postMessage(message)
  },
  log: (line) => {
    process.stderr.write(`${line}\n`)
  },
  clock: systemClock,
  passphrase: process.env['GUICHET_PASSPHRASE'] || undefined,
  exit: () => process.exit(0),
})
port.on('message', ({ data, ports }) => {
  const message = toWorker.safeParse(data)
  if (message.success) receive(message.data, ports[0])
})
