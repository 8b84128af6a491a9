import { wireOf, type HostPort } from '#shared/contract/hostPort.ts'
import {
  hallCalls,
  type HallCalls,
  type HallEvents,
  type HallFacts,
  type HallRequest,
} from '#shared/contract/hallCalls.ts'
import type { KeystoreQuestion, ToHall } from '#shared/contract/hosts.ts'
import { createMainKeystore } from '#shared/contract/mainKeystore.ts'
import { serve } from '#shared/contract/wire.ts'
import { randomUUID } from 'node:crypto'
import { crashOf } from '#shared/crash.ts'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { answerTo, openDay } from './local/answerTo.ts'
import { serveLocal } from './local/localServer.ts'
import { makeDemonstration } from './office/demonstration.ts'
import { wrapKeys } from './office/stationKeys.ts'
import { runStation, type Station } from './station.ts'
import { watchStation, type StationWatch } from './watchStation.ts'

/** What this process uses of the world around it. `retryMs`: until a station that could not start tries again. */
export interface HostParts {
  /** Asks main for its keystore. */
  readonly say: (question: KeystoreQuestion) => void
  readonly log: (line: string) => void
  readonly exit: () => void
  readonly retryMs?: number
}

/** How long the worker may take to give a file, in milliseconds. */
const givenWithin = 5_000

/** How often a demonstration looks whether its day is open: it has no supervisor in the morning. */
const demoLook = 30_000

/**
 * The life of the hall on a counter: it runs the station of the data folder, answers the worker that main joined last,
 * and the commands of this machine at the socket. A station that cannot start (its address is taken, its log is
 * damaged) is told as trouble and tried again; the counter goes on without a hall.
 */
export function runHallHost({ say, log, exit, retryMs = 5_000 }: HostParts) {
  const lent = createMainKeystore(say)
  let running: { readonly station: Station; readonly watch: StationWatch } | undefined
  let trouble: FaultCode | undefined
  let facts: HallFacts = starting(undefined)
  let tell: (facts: HallFacts) => void = () => undefined
  let want: (one: { wanted: string; id: string }) => void = () => undefined
  const wanted = new Map<string, (file: string | undefined) => void>()
  /** The worker has the register: the hall never holds its key. */
  const give = (id: string): Promise<string | undefined> =>
    new Promise((done) => {
      const key = randomUUID()
      const end = (file: string | undefined): void => {
        clearTimeout(late)
        wanted.delete(key)
        done(file)
      }
      const late = setTimeout(end, givenWithin, undefined)
      wanted.set(key, end)
      want({ wanted: key, id })
    })
  let stop: () => void = () => undefined
  const stopped = new Promise<'stopped'>((done) => {
    stop = () => {
      done('stopped')
    }
  })
  const show = (now: HallFacts): void => {
    facts = now
    tell(now)
  }

  const live = async ({ dataDir, demo, ...start }: Extract<ToHall, { kind: 'start' }>): Promise<void> => {
    const means = { give, discovery: start.discovery, ...(start.keystore ? { keystore: lent } : {}) }
    const made = demo ? await makeDemonstration(dataDir) : undefined
    for (;;) {
      const started = made?.ok === false ? made : await runStation(dataDir, means)
      // Only keys with which a station runs are wrapped: nothing good is ever written over by a damaged one.
      if (started.ok && start.keystore) void hideKeys(dataDir)
      if (started.ok) trouble = await serveUntilEnd(dataDir, started.value, demo)
      else trouble = started.fault.code
      if (trouble === undefined) return
      log(`hall: ${trouble}`)
      show(starting(trouble))
      if ((await Promise.race([stopped, later(retryMs)])) === 'stopped') return
    }
  }
  const hideKeys = async (dataDir: string): Promise<void> => {
    const wrapped = await wrapKeys(dataDir, lent)
    // The hall goes on with keys in clear, as before; the next start tries again.
    if (!wrapped.ok) log(`hall: the keys stay in clear, ${wrapped.fault.code}`)
  }
  const serveUntilEnd = async (dataDir: string, station: Station, demo: boolean): Promise<FaultCode | undefined> => {
    const local = await serveLocal(dataDir, station)
    // The window works without the commands of this machine.
    if (!local.ok) log(`hall: ${local.fault.code} at the socket`)
    const watch = watchStation(station, show)
    running = { station, watch }
    const opening = demo ? keepOpen(station) : undefined
    const end = await Promise.race([stopped, station.ended])
    clearInterval(opening)
    watch.close()
    running = undefined
    await Promise.all([local.ok ? local.value.close() : undefined, station.close()])
    return end === 'stopped' ? undefined : end.code
  }
  const answer = async (request: HallRequest): Promise<Result<unknown>> => {
    if (running === undefined) return err(faultOf(trouble ?? 'hall.notRunning'))
    const { station, watch } = running
    const answered = await answerTo(station, request)
    // Whoever changed something sees the hall with it before he hears that it is done.
    if (request.call === 'command' || request.call === 'open' || request.call === 'takeOver') {
      await station.look()
      watch.now()
    }
    return answered
  }

  return (message: ToHall, port: HostPort | undefined): void => {
    if (message.kind === 'start')
      void live(message).catch((cause: unknown) => {
        log(`hall: ${crashOf(cause)}`)
        exit()
      })
    else if (message.kind === 'stop') {
      stop()
      setTimeout(exit, 200)
    } else if (message.kind !== 'worker') lent.receive(message)
    else if (port !== undefined) {
      const served = serve<HallCalls, HallEvents>(
        wireOf(port),
        hallCalls,
        {
          'hall.ask': answer,
          'hall.file': ({ ticket }) =>
            running?.station.files.fetch(ticket) ?? err(faultOf(trouble ?? 'hall.notRunning')),
          'hall.give': ({ wanted: key, file }) => {
            wanted.get(key)?.(file)
            return ok({})
          },
        },
        (call, cause) => {
          log(`${call}: ${crashOf(cause)}`)
        },
      )
      tell = (now) => {
        served.emit('changed', now)
      }
      want = (one) => {
        served.emit('wanted', one)
      }
      tell(facts)
    }
  }
}

/** A demonstration opens its day by itself, and the next one after midnight. */
function keepOpen(station: Station): NodeJS.Timeout {
  const look = (): void => {
    const { hall, serving, office } = station.state
    if (serving === undefined || !hall.open || hall.day !== office.wall(station.civil()).day) void openDay(station)
  }
  look()
  return setInterval(look, demoLook)
}

const later = (ms: number): Promise<'later'> =>
  new Promise((done) => {
    setTimeout(() => {
      done('later')
    }, ms)
  })

/** Nothing is known yet, or nothing will be: why, in a code of `shared/fault.ts`. */
const starting = (trouble: string | undefined): HallFacts => ({
  hall: {
    role: 'starting',
    ...(trouble === undefined ? {} : { trouble }),
    open: false,
    epoch: 0,
    station: '',
    stations: [],
    recallLimit: 3,
    services: [],
    counters: [],
    waiting: [],
    parked: [],
    missed: [],
    messages: [],
    figures: { served: 0, missed: 0 },
    tail: [],
    doubts: [],
    later: 0,
  },
  board: { role: 'starting', epoch: 0, open: false, calls: [], services: [] },
})
