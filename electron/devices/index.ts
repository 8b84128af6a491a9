import { parentPortOf } from '#shared/contract/hostPort.ts'
import { toDevices, type FromDevices } from '#shared/contract/hosts.ts'
import { crashOf } from '#shared/crash.ts'
import { openDevices } from './compose.ts'
import { runHost } from './host.ts'

const port = parentPortOf(process)
if (port === undefined) throw new Error('this is the devices process of Guichet: the program starts it')

const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
/** Main starts a fresh host. */
const fatal = (cause: unknown): void => {
  log(crashOf(cause))
  process.exit(1)
}
// The runtime's own report would quote the message, and what a message quotes may be a citizen's.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, fatal)
}
const receive = runHost({
  open: (start) =>
    openDevices({
      training: start.training,
      resourcesDir: start.resourcesDir,
      trustDir: start.trustDir,
      cscaDir: start.cscaDir,
      pluginsFile: start.pluginsFile,
      ticketPrinter: start.ticketPrinter,
      spoolDir: start.spoolDir,
      env: process.env,
      clock: { now: () => new Date(), monotonic: () => performance.now() },
      onFault: (device, fault) => {
        // The code alone: a detail may name a file or quote a device.
        log(`${device}: ${fault.code}`)
      },
      onCrash: (device, cause) => {
        log(`${device}: ${crashOf(cause)}`)
      },
    }),
  say: (message: FromDevices) => {
    port.postMessage(message)
  },
  log,
  fatal,
})
port.on('message', ({ data, ports }) => {
  const message = toDevices.safeParse(data)
  if (message.success) receive(message.data, ports[0])
})
