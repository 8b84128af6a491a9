import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBus } from './bus.ts'
import { startCups } from './cups.ts'
import { prepareIppPrinter, type Sheet } from './ippPrinter.ts'
import { freePort } from './processes.ts'

/**
 * What the printer is like: `slow` prints only after it is `ready` again, `paused` stops the queue, `off` pulls the
 * plug; `closed`, `quota`, `held` and `forOthers` are what an administrator does to the queue.
 */
export const moods = [
  'ready',
  'paperOut',
  'slow',
  'abort',
  'off',
  'paused',
  'closed',
  'quota',
  'held',
  'forOthers',
] as const
export type Mood = (typeof moods)[number]

/** Options of `lpadmin` that set a mood of the queue, and those that end it. */
const settings: Readonly<Partial<Record<Mood, readonly [on: readonly string[], off: readonly string[]]>>> = {
  quota: [
    ['-o', 'job-quota-period=86400', '-o', 'job-k-limit=1'],
    ['-o', 'job-quota-period=0', '-o', 'job-k-limit=0'],
  ],
  held: [
    ['-o', 'job-hold-until-default=indefinite'],
    ['-o', 'job-hold-until-default=no-hold'],
  ],
  forOthers: [
    ['-u', 'allow:fatima'],
    ['-u', 'allow:all'],
  ],
}

/** A real office printer behind a real CUPS, with faults on demand. */
export interface PrinterBench {
  /** For `CUPS_SERVER`: the socket of this bench's own CUPS. */
  readonly server: string
  readonly queue: string
  /** The printer itself, without CUPS. */
  readonly printerUri: string
  readonly folder: string
  set(mood: Mood): Promise<void>
  /** Stops CUPS, or starts it again: its jobs stay. */
  spooler(state: 'down' | 'up'): Promise<void>
  /** Every document that came out, oldest first. */
  received(): Promise<readonly Uint8Array[]>
  stop(): Promise<void>
}

/**
 * Starts D-Bus, ippeveprinter and CUPS, all private to this bench, and one queue. Needs Debian's cups packages, and no
 * privilege.
 */
export async function startPrinterBench(
  options: { readonly papers?: readonly [Sheet, ...Sheet[]]; readonly queue?: string } = {},
): Promise<PrinterBench> {
  const { papers = ['a5', 'a4'], queue = 'Bureau' } = options
  const folder = await mkdtemp(join(tmpdir(), 'guichet-printer-'))
  const [control, received] = [join(folder, 'control'), join(folder, 'received')]
  await mkdir(received)
  await writeFile(control, 'ready\n')
  const bus = await startBus(folder)
  const printer = await prepareIppPrinter({
    folder,
    name: queue,
    port: await freePort(),
    papers,
    control,
    received,
    env: bus.env,
  })
  await printer.switchOn()
  const cups = await startCups(folder, bus.env)
  await cups.addQueue(queue, printer.uri)
  let mood: Mood = 'ready'
  return {
    server: cups.socket,
    queue,
    printerUri: printer.uri,
    folder,
    set: async (next) => {
      if (next === mood) return
      const before = mood
      mood = next
      await writeFile(control, `${next}\n`)
      if (before === 'off') await printer.switchOn()
      if (before === 'paused') await cups.resume(queue)
      if (next === 'off') await printer.switchOff()
      if (next === 'paused') await cups.pause(queue)
      if (before === 'closed' || next === 'closed') await cups.accept(queue, next !== 'closed')
      for (const [mood, [on, off]] of Object.entries(settings)) {
        if (before === mood) await cups.configure(queue, off)
        if (next === mood) await cups.configure(queue, on)
      }
    },
    spooler: (state) => (state === 'down' ? cups.stop() : cups.startAgain()),
    received: async () => {
      const names = (await readdir(received)).sort()
      return Promise.all(names.map((name) => readFile(join(received, name))))
    },
    stop: async () => {
      await cups.stop()
      await printer.switchOff()
      await bus.running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
