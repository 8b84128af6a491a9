import { parentPortOf } from '#shared/contract/hostPort.ts'
import { toHall } from '#shared/contract/hosts.ts'
import { crashOf } from '#shared/crash.ts'
import { runHallHost } from './host.ts'

const port = parentPortOf(process)
if (port === undefined) throw new Error('this is the hall process of Guichet: the program starts it')

const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
// The runtime's own report would quote the message, and a message of the hall may quote what people wrote.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (cause: unknown) => {
    log(crashOf(cause))
    process.exit(1)
  })
}
const receive = runHallHost({
  say: (question) => {
    port.postMessage(question)
  },
  log,
  exit: () => process.exit(0),
})
port.on('message', ({ data, ports }) => {
  const message = toHall.safeParse(data)
  if (message.success) receive(message.data, ports[0])
})
