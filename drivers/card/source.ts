import type { CardAccess, CardEvent, CardReading } from '#shared/contract/cardEvents.ts'
import { faultOf, type Fault, type FaultCode } from '#shared/fault.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { PluginEntry } from '#shared/ports/nationalCard.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readCard } from './readCard.ts'
import { createSigner } from './signing.ts'
import { newStation, readersOf, replay, step, type StationInput } from './station.ts'
import { mayBeginAgain, type CardTransport } from './transport.ts'
import type { Trust } from './trust.ts'

export interface SourceOptions {
  readonly transport: CardTransport
  readonly trust: () => Promise<Trust>
  readonly simulated: (reader: string) => boolean
  readonly clock: Pick<Clock, 'monotonic' | 'now'>
  /** Reads only this kind of card. */
  readonly profile?: string
  /** Programs of national cards. */
  readonly plugins?: () => Promise<readonly PluginEntry[]>
  /** The program runs in a remote session: readers that are missing are those of the other computer. */
  readonly remote?: boolean
  /** What a profile threw. */
  readonly onCrash?: (cause: unknown) => void
}

/** What a slot without an identity card ends with: the next one is asked then. */
const others: readonly FaultCode[] = ['card.unsupported', 'card.mute']

/** A whole reading takes 1 to 5 seconds; after this it is given up, in milliseconds. */
const readingLimit = 60_000
/** How long a question waits for the first look at the readers, in milliseconds. */
const settleLimit = 3_000

/** Joins a transport, the state machine and the profiles into the port that the worker knows. */
export function createCardSource({
  transport,
  trust,
  simulated,
  clock,
  profile,
  plugins,
  remote = false,
  onCrash = () => undefined,
}: SourceOptions): CardSource {
  let station = newStation
  const listeners = new Set<(event: CardEvent) => void>()
  const shortOnly = new Set<string>()
  const readings = new Map<number, { controller: AbortController; result: Promise<Result<CardReading>> }>()
  let settle: () => void = () => undefined
  const settled = new Promise<void>((resolve) => {
    settle = resolve
  })

  const explained = (event: CardEvent): CardEvent =>
    remote && (event.state === 'noReader' || event.state === 'noService') ? { ...event, remote: true } : event
  const feed = (input: StationInput): void => {
    const next = step(station, input, simulated)
    station = next.station
    if (station.settled) settle()
    for (const effect of next.effects) {
      if (effect.do === 'tell') for (const listener of listeners) listener(explained(effect.event))
      else if (effect.do === 'cancel') readings.get(effect.reading)?.controller.abort()
      else start(effect.reader, effect.reading, effect.access)
    }
  }

  const start = (reader: string, reading: number, access?: CardAccess): void => {
    const controller = new AbortController()
    const result = read(reader, reading, controller.signal, access)
    readings.set(reading, { controller, result })
    // `read` answers whatever happens; only a listener may throw here.
    result
      .then((value) => {
        readings.delete(reading)
        feed({ kind: 'ended', reader, reading, result: value })
      })
      .catch(onCrash)
  }

  const read = async (
    reader: string,
    reading: number,
    signal: AbortSignal,
    access: CardAccess = {},
  ): Promise<Result<CardReading>> => {
    const limit = AbortSignal.timeout(readingLimit)
    const onProgress = (progress: Parameters<NonNullable<Parameters<typeof readCard>[1]['onProgress']>>[0]): void => {
      feed({ kind: 'progress', reader, reading, progress })
    }
    const once = async (): Promise<Result<CardReading>> => {
      const connection = await transport.connect(reader)
      if (!connection.ok) return connection
      try {
        return await readCard(connection.value, {
          trust: await trust(),
          simulated: simulated(reader),
          clock,
          access,
          shortOnly,
          plugins: (await plugins?.()) ?? [],
          onProgress,
          signal: AbortSignal.any([signal, limit]),
          ...(profile !== undefined && { profile }),
        })
      } finally {
        // What is answered is the reading; a card that cannot be let go is met again by the next one.
        await connection.value.close().catch(onCrash)
      }
    }
    /** A profile or a plug-in that throws costs one reading: what the card said is what it could not take. */
    const sheltered = (): Promise<Result<CardReading>> =>
      once().catch((cause: unknown) =>
        err(signal.aborted || limit.aborted ? faultOf('call.cancelled') : malformedBy(cause, onCrash)),
      )
    const first = await sheltered()
    const result = !first.ok && mayBeginAgain(first.fault) ? await sheltered() : first
    if (result.ok || result.fault.code !== 'call.cancelled') return result
    if (limit.aborted) return err(faultOf('card.timeout'))
    if (station.service === 'down') return err(faultOf('card.noService'))
    return err(station.readers.get(reader)?.phase === 'reading' ? result.fault : faultOf('card.removed'))
  }

  const readersKnown = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined
    await Promise.race([
      settled,
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, settleLimit)
      }),
    ])
    clearTimeout(timer)
  }

  /** The reader that is named, or all with a card, those first that may hold a citizen's. */
  const candidatesFor = async (reader: string | undefined): Promise<Result<readonly [string, ...string[]]>> => {
    await readersKnown()
    if (station.service === 'down') return err(missing('card.noService'))
    const there = readersOf(station, simulated).filter((info) => reader === undefined || info.reader === reader)
    const [first, ...more] = there.filter((info) => info.card).map((info) => info.reader)
    if (first === undefined) return err(there.length === 0 ? missing('card.noReader') : faultOf('card.absent'))
    const [best = first, ...rest] = [first, ...more].sort((a, b) => Number(isOther(a)) - Number(isOther(b)))
    return ok([best, ...rest])
  }
  /** What lies there was found to be no identity card: the reader's own SAM, a card of another kind, a mute slot. */
  const isOther = (reader: string): boolean => {
    const last = station.readers.get(reader)?.last
    return last?.state === 'failed' && others.includes(last.fault.code)
  }
  const missing = (code: 'card.noService' | 'card.noReader'): Fault => faultOf(remote ? 'card.remoteSession' : code)
  const signer = createSigner({
    transport,
    trust,
    simulated,
    crashed: (cause) => malformedBy(cause, onCrash),
    readerFor: async (reader) => {
      const found = await candidatesFor(reader)
      if (!found.ok) return found
      for (const one of found.value) await readings.get(station.readers.get(one)?.reading ?? 0)?.result
      return ok(found.value.find((one) => !isOther(one)) ?? found.value[0])
    },
  })

  const readIn = async (
    reader: string,
    access: CardAccess | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Result<CardReading>> => {
    feed({ kind: 'again', reader, ...(access !== undefined && { access }) })
    const reading = readings.get(station.readers.get(reader)?.reading ?? 0)
    if (reading === undefined) return err(faultOf('card.removed'))
    const cancel = (): void => {
      reading.controller.abort()
    }
    if (signal?.aborted === true) cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    const result = await reading.result
    signal?.removeEventListener('abort', cancel)
    return result
  }

  transport.start(feed)
  return {
    ...signer,
    async list() {
      await readersKnown()
      return station.service === 'down' ? err(missing('card.noService')) : ok(readersOf(station, simulated))
    },
    watch(listener) {
      for (const event of replay(station)) listener(explained(event))
      listeners.add(listener)
      feed({ kind: 'watched' })
      return () => {
        listeners.delete(listener)
      }
    },
    async read({ reader, access, signal }) {
      const found = await candidatesFor(reader)
      if (!found.ok) return found
      let first: Result<CardReading> | undefined
      for (const one of found.value) {
        const result = await readIn(one, access, signal)
        if (result.ok || !others.includes(result.fault.code)) return result
        first ??= result
      }
      return first ?? err(faultOf('card.removed'))
    },
    async close() {
      for (const { controller } of readings.values()) controller.abort()
      await Promise.all([...readings.values()].map(({ result }) => result))
      listeners.clear()
      await transport.stop()
    },
  }
}

/** A reading that threw: its class stands in the fault, never its message, which may quote the card. */
const malformedBy = (cause: unknown, onCrash: (cause: unknown) => void): Fault => {
  onCrash(cause)
  return faultOf('card.malformed', cause instanceof Error ? cause.name : undefined)
}
