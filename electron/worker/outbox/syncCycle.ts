import { faultOf, faults, type Fault } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CounterIdentity } from './auth.ts'
import { connect } from './connect.ts'
import { countersign, type CountersignStore } from './countersign.ts'
import type { LinkStatus } from './linkState.ts'
import { createPlatform } from './platform.ts'
import type { OutboxChange, OutboxStore, Transport } from './ports.ts'
import { pullChanges } from './pullChanges.ts'
import { addTally, createSender, noTally, type Tally } from './sendBatch.ts'

/** While nothing waits, the link is proved and the feed read once in this time, in milliseconds. */
export const heartbeat = 60_000

interface Options {
  readonly store: OutboxStore
  readonly transport: Transport
  readonly countersignStore?: CountersignStore | undefined
  readonly identity: CounterIdentity
  readonly clock: Clock
  readonly link: LinkStatus
  readonly signal: AbortSignal
  readonly onChange: (what: OutboxChange) => void
}

/** What one cycle brought; `fault` is why it ended early. */
export interface CycleOutcome {
  readonly tally: Tally
  readonly fault?: Fault
}

/** One cycle: meet the platform if need be, send everything that waits, read the feed when it is due. */
export interface SyncCycle {
  /** @param ask everything is asked now, what is done from time to time too */
  run(ask?: 'everything'): Promise<CycleOutcome>
  /** Consecutive cycles that failed. */
  failures(): number
  /** Milliseconds that the platform still asks us to stay away. */
  retryAfterMs(): number
  /** The cycle that runs, if any, has ended. */
  ended(): Promise<void>
}

/** Cycles never overlap: one that is asked for during another waits for its end. */
export function createSyncCycle({
  store,
  transport,
  countersignStore,
  identity,
  clock,
  link,
  signal,
  onChange,
}: Options): SyncCycle {
  const platform = createPlatform(transport, identity.counterId, signal)
  const sender = createSender({
    store,
    platform,
    clock,
    onItems: () => {
      onChange('items')
    },
  })
  let connected = false
  let failures = 0
  let notBefore = 0
  let pullFrom = 0
  let signFrom = 0
  let last: Promise<unknown> = Promise.resolve()

  const connectOnce = async (): Promise<Result<void>> => {
    if (connected) return ok(undefined)
    const met = await connect({ store, platform, transport, identity, clock })
    connected = met.ok
    if (met.ok) onChange('items')
    return met
  }
  const sendAll = async (tally: Tally): Promise<Result<void>> => {
    while (!signal.aborted) {
      const sent = await sender.next()
      if (!sent.ok) return sent
      if (sent.value === undefined) break
      addTally(tally, sent.value)
      failures = 0
      link.answered()
    }
    return ok(undefined)
  }
  const pull = async (now: boolean): Promise<Result<void>> => {
    if (!now && clock.monotonic() < pullFrom) return ok(undefined)
    const pulled = await pullChanges(store, platform)
    if (!pulled.ok) return pulled
    pullFrom = clock.monotonic() + heartbeat / 2
    store.saveLink({ ...store.link(), referenceAt: clock.now().toISOString() })
    if (pulled.value > 0) onChange('reference')
    return ok(undefined)
  }
  const sign = async (now: boolean): Promise<Result<void>> => {
    if (countersignStore === undefined || (!now && clock.monotonic() < signFrom)) return ok(undefined)
    const signed = await countersign(transport, identity.counterId, countersignStore, signal)
    if (signed.ok) signFrom = clock.monotonic() + heartbeat / 2
    return signed
  }
  const everything = async (tally: Tally, now: boolean): Promise<Result<void>> => {
    const met = await connectOnce()
    if (!met.ok) return met
    const sent = await sendAll(tally)
    // One act that the way refuses holds up those behind it, and nothing else.
    if (!sent.ok && !sender.stuck()) return sent
    const pulled = await pull(now)
    const rest = pulled.ok ? await sign(now) : pulled
    if (sent.ok) return rest
    // The platform was heard: accounts and sheets are as it has them, whatever waits here.
    if (rest.ok) store.saveLink({ ...store.link(), lastSyncAt: clock.now().toISOString() })
    return sent
  }

  const failed = (fault: Fault): void => {
    failures += 1
    if (fault.code === 'device.revoked') store.device('revoked', clock.now())
    // Who we are and where both sides stand is asked anew; after a lost answer the same batch is simply asked again.
    if (faults[fault.code].retry === 'no') connected = false
    const asked = fault.values?.['retryAfterMs']
    if (typeof asked === 'number') notBefore = clock.monotonic() + asked
    link.failed(fault)
  }
  const retryAfterMs = (): number => Math.max(0, notBefore - clock.monotonic())

  const turn = async (now: boolean): Promise<CycleOutcome> => {
    const tally = noTally()
    if (retryAfterMs() > 0)
      return { tally, fault: faultOf('platform.busy', undefined, { retryAfterMs: retryAfterMs() }) }
    const done = await everything(tally, now).catch((cause: unknown) =>
      err(faultOf('internal', cause instanceof Error ? cause.name : undefined)),
    )
    if (signal.aborted) return { tally }
    if (!done.ok) {
      failed(done.fault)
      return { tally, fault: done.fault }
    }
    failures = 0
    link.synchronised()
    return { tally }
  }
  return {
    run: (ask) => {
      const next = last.then(() => turn(ask === 'everything'))
      last = next.catch(() => undefined)
      return next
    },
    failures: () => failures,
    retryAfterMs,
    ended: async () => {
      await last
    },
  }
}
