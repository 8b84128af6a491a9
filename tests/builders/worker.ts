import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { calls, type Call, type In, type Out } from '#shared/contract/calls.ts'
import type { EventName } from '#shared/contract/events.ts'
import type { PaperOutcome, Printer } from '#shared/ports/printer.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { composeWorker } from '#electron/worker/compose.ts'
import type { Devices, WorkerParts } from '#electron/worker/core/workerOptions.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { testKey, valueOf } from './register.ts'

/** A worker in this process, asked as a window would. */
export interface TestWorker {
  readonly ask: <C extends Call>(call: C, input: In<C>) => Promise<Result<Out<C>>>
  readonly events: { readonly name: EventName; readonly payload: unknown }[]
  readonly close: () => Promise<void>
}

export const resources = join(import.meta.dirname, '..', '..', 'resources')

/** A printer that prints at once and writes the title of each job to a file, as paper would keep it. */
export function paperTrail(file: string, outcome: () => PaperOutcome = () => ({ state: 'printed' })): Printer {
  let last = 0
  return {
    list: () =>
      Promise.resolve(
        ok([{ name: 'Bureau', description: '', state: 'idle', reasons: [], papers: ['a4', 'a5'], isDefault: true }]),
      ),
    submit: ({ title }) => {
      appendFileSync(file, `${title}\n`)
      return Promise.resolve(ok({ spoolerJob: String((last += 1)) }))
    },
    outcome: () => Promise.resolve(ok(outcome())),
  }
}

const none = err(faultOf('scanner.none'))
/** No card reader, no scanner, no reader of codes. */
export const devicesWith = (printer: Printer): Devices => ({
  printer,
  cards: {
    list: () => Promise.resolve(ok([])),
    watch: () => () => undefined,
    read: () => Promise.resolve(err(faultOf('card.noReader'))),
    signState: () => Promise.resolve(err(faultOf('card.noReader'))),
    sign: () => Promise.resolve(err(faultOf('card.noReader'))),
    close: () => Promise.resolve(),
  },
  signers: {
    installed: () => Promise.resolve(ok([])),
    examine: () => Promise.resolve(err(faultOf('trust.notSigners'))),
    believe: () => Promise.resolve(ok(undefined)),
  },
  scans: { watch: () => () => undefined, list: () => Promise.resolve(ok([])) },
  scanner: { list: () => Promise.resolve(none), scan: () => Promise.resolve(none) },
})

/** Opens the register of a folder with the real paper, spool and outbox. */
export function startWorker(dataDir: string, devices: Devices, over: Partial<WorkerParts> = {}): TestWorker {
  const events: TestWorker['events'] = []
  const { handlers, close } = valueOf(
    composeWorker({
      dataDir,
      resourcesDir: resources,
      key: testKey,
      devices,
      press: pressHere({ resourcesDir: resources }),
      clock: systemClock,
      demo: true,
      training: false,
      versions: { app: '0.0.0', electron: 'none', standIn: false },
      onEvent: (name, payload) => {
        events.push({ name, payload })
      },
      chooseFile: (name) => Promise.resolve(join(dataDir, name)),
      ...over,
    }),
  )
  const ask: TestWorker['ask'] = async (call, input) =>
    // The input is parsed by the schema of this very call, and its handler answers with the output of the same call.
    (handlers[call] as (input: unknown, signal: AbortSignal) => Promise<Result<never>>)(
      calls[call].input.parse(input),
      new AbortController().signal,
    )
  return { ask, events, close }
}

/** The agent of the demonstration office at the counter. */
export async function signedIn(worker: TestWorker, login = 'agent'): Promise<TestWorker> {
  valueOf(await worker.ask('session.signIn', { login, password: 'guichet-demo' }))
  return worker
}
