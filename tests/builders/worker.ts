import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Call, In, Out } from '#shared/contract/calls.ts'
import type { Door } from '#shared/contract/doorNames.ts'
import type { EventName } from '#shared/contract/events.ts'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import type { PaperOutcome, Printer } from '#shared/ports/printer.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { composeWorker } from '#electron/worker/compose.ts'
import { createSessions } from '#electron/worker/core/sessions.ts'
import { askOf } from '#electron/worker/dispatch.ts'
import type { Devices, WorkerOptions } from '#electron/worker/core/workerOptions.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { testKey, valueOf } from './register.ts'

/** A worker in this process, asked as a window would. */
export interface TestWorker {
  readonly ask: <C extends Call>(call: C, input: In<C>) => Promise<Result<Out<C>>>
  readonly events: { readonly name: EventName; readonly payload: unknown }[]
  readonly close: () => Promise<void>
  /** Another window of the same program. */
  readonly at: (door: Door) => TestWindow
}

/** A further window. */
export interface TestWindow extends Pick<TestWorker, 'ask' | 'events'> {
  readonly close: () => void
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
  plugins: () => Promise.resolve(ok([])),
  scans: { watch: () => () => undefined, list: () => Promise.resolve(ok([])) },
  scanner: {
    list: () => Promise.resolve(none),
    scan: () => Promise.resolve(none),
    scanStack: () => Promise.resolve(none),
  },
})

/** The sheets that are offered, whole, by their code. */
export async function sheetsOf({ ask }: Pick<TestWorker, 'ask'>): Promise<readonly Procedure[]> {
  const { entries } = valueOf(await ask('catalogue.search', { words: '', limit: 200 }))
  return Promise.all(
    entries
      .map(({ code }) => code)
      .sort()
      .map(async (code) => valueOf(await ask('catalogue.sheet', { code }))),
  )
}

/** Opens the register of a folder with the real paper, spool and outbox. */
export function startWorker(dataDir: string, devices: Devices, over: Partial<WorkerOptions> = {}): TestWorker {
  const events: TestWorker['events'] = []
  const sessions = createSessions()
  const window = sessions.open('clerk', (name, payload) => {
    events.push({ name, payload })
  })
  const worker = valueOf(
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
      sessions,
      chooseFile: (name) => Promise.resolve(join(dataDir, name)),
      ...over,
    }),
  )
  const at = (door: Door): TestWindow => {
    const heard: TestWindow['events'] = []
    const session = sessions.open(door, (name, payload) => {
      heard.push({ name, payload })
    })
    return {
      ask: askOf(worker, session, new AbortController().signal),
      events: heard,
      close: () => worker.leave(session),
    }
  }
  return { ask: askOf(worker, window, new AbortController().signal), events, close: worker.close, at }
}

/** The agent of the demonstration office at the counter. */
export async function signedIn(worker: TestWorker, login = 'agent'): Promise<TestWorker> {
  valueOf(await worker.ask('session.signIn', { login, password: 'guichet-demo' }))
  return worker
}
