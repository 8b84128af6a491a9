import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as pcsc from 'pcsc-mini'
import { connectCard } from '#drivers/card/pcsc/connection.ts'
import { startMonitor } from '#drivers/card/pcsc/monitor.ts'
import { plugCard } from '#tests/emulators/card/vpcd.ts'

/**
 * A program of its own, since the fault that it looks for ends the process: clients are renewed and collected while a
 * card that was connected
 * by the first one still answers. Prints that answer.
 */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const [port, reader] = [Number(process.argv[2]), process.argv[3] ?? '']
const atr = Uint8Array.from(Buffer.from('3b9813400aa503010101ad1311', 'hex'))
const card = await plugCard(
  { atr, alive: true, count: () => 0, reset: () => undefined, transmit: () => pause(4_000, Uint8Array.of(0x90, 0x00)) },
  port,
)
let seen: () => void = () => undefined
const inserted = new Promise<void>((resolve) => {
  seen = resolve
})
const monitor = startMonitor(pcsc, (event) => {
  if (event.kind === 'slot' && event.reader === reader && event.slot === 'card') seen()
})
await inserted
const connection = await connectCard(pcsc, monitor, reader)
if (!connection.ok) throw new Error(connection.fault.code)
const answer = connection.value.transmit(Uint8Array.of(0x00, 0xa4, 0x00, 0x00))
for (let round = 0; round < 15; round += 1) {
  monitor.renew()
  await pause(200)
  collect()
}
const said = await answer
console.log(said.ok ? Buffer.from(said.value).toString('hex') : said.fault.code)
await card.pull()
// Fifteen clients that were begun just now are not stopped one by one: each may take its time (see monitor.ts).
process.kill(process.pid, 'SIGKILL')
