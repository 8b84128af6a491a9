import { faultOf, faults } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { createBackground, rest, type Background, type Task } from '../core/background.ts'
import type { CounterIdentity } from './auth.ts'
import { pauseAfter } from './backoff.ts'
import type { CountersignStore } from './countersign.ts'
import { createDigitalFiles } from './digitalFiles.ts'
import { createLinkState } from './linkState.ts'
import { createPlatform } from './platform.ts'
import type { Outbox, OutboxChange, OutboxStore, PendingUploads, Transport, WantedFiles } from './ports.ts'
import { addTally, noTally } from './sendBatch.ts'
import { createSyncCycle, heartbeat } from './syncCycle.ts'
import type { Uploader } from './uploads/tusUploader.ts'
import { createUploads } from './uploads/uploads.ts'

/** `drain` gives up after this many cycles in a row that brought nothing. */
const drainTries = 4
/** A turn that threw, as where the answer cannot be written on a full disk, is begun again after these, in milliseconds. */
const loopAgain = [5_000, 5 * 60_000] as const

interface Options {
  readonly store: OutboxStore
  /** Absent: no platform is configured; acts wait. */
  readonly transport?: Transport | undefined
  readonly identity: CounterIdentity
  /** The files of acts and the way they take; absent: they wait. */
  readonly files?: { readonly pendingUploads: PendingUploads; readonly uploader: Uploader } | undefined
  /** The files of digital items; absent: nobody asks for them. */
  readonly wantedFiles?: WantedFiles | undefined
  /** The journal to be countersigned; absent: it is not. */
  readonly countersignStore?: CountersignStore | undefined
  readonly clock: Clock
  /** From 0 (included) to 1 (excluded); spreads the counters over time. */
  readonly random: () => number
  readonly onChange: (what: OutboxChange) => void
  /** Ends early, without failing, when the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  /** Where a turn that throws is told, and begun again; absent: nowhere, and begun again all the same. */
  readonly background?: Background
}

/**
 * Brings committed acts to the platform, each exactly once and in order, for as long as it takes.
 * Nothing is sent before the first `wake` or `drain`. Faults of the link are told by `status`, never thrown.
 */
export function openOutbox({
  store,
  transport,
  identity,
  files,
  wantedFiles,
  countersignStore,
  clock,
  random,
  onChange,
  sleep = rest,
  background = createBackground({ clock, log: () => undefined }),
}: Options): Outbox {
  const closing = new AbortController()
  const { signal } = closing
  const link = createLinkState({
    store,
    clock,
    configured: transport !== undefined,
    onChange: () => {
      onChange('link')
    },
  })
  const cycle =
    transport && createSyncCycle({ store, transport, countersignStore, identity, clock, link, signal, onChange })
  const uploads =
    transport &&
    files &&
    createUploads({
      ...files,
      clock,
      signal,
      state: createPlatform(transport, identity.counterId, signal).file,
      onChange: () => {
        onChange('items')
      },
    })
  const digitalFiles =
    transport &&
    wantedFiles &&
    createDigitalFiles({
      wantedFiles,
      part: createPlatform(transport, identity.counterId, signal).digitalFile,
      clock,
      signal,
      onChange: () => {
        onChange('reference')
      },
    })
  let looping: Task | undefined
  let resting = new AbortController()
  let idle = false
  let woken = false
  store.release()

  const loop = async (well: () => void): Promise<void> => {
    while (cycle !== undefined && !signal.aborted) {
      woken = false
      const { fault } = await cycle.run()
      well()
      // The files go beside the acts: what breaks them off is tried again after the next turn.
      if (fault === undefined && uploads !== undefined) background.settle('uploads', uploads.run())
      if (fault === undefined && digitalFiles !== undefined) background.settle('digitalFiles', digitalFiles.run())
      if (signal.aborted || (fault === undefined && woken)) continue
      const ms =
        fault === undefined
          ? heartbeat * (0.75 + random() / 2)
          : Math.max(cycle.retryAfterMs(), pauseAfter(cycle.failures(), random))
      if (fault !== undefined) link.retryIn(ms)
      resting = new AbortController()
      idle = fault === undefined
      await sleep(ms, AbortSignal.any([resting.signal, signal]))
      idle = false
    }
  }

  return {
    wake: () => {
      woken = true
      if (idle) resting.abort()
      if (!signal.aborted) looping ??= background.start('sync', ({ well }) => loop(well), { backoff: loopAgain })
    },
    drain: async () => {
      const total = noTally()
      if (cycle === undefined)
        return { ...total, pending: store.counts().pending, fault: faultOf('platform.notConfigured') }
      for (let fruitless = 0; ;) {
        const { tally, fault } = await cycle.run('everything')
        addTally(total, tally)
        fruitless = tally.applied + tally.duplicate > 0 ? 0 : fruitless + 1
        const over =
          fault === undefined ||
          fruitless >= drainTries ||
          faults[fault.code].retry === 'no' ||
          cycle.retryAfterMs() > 0
        if (over || signal.aborted) {
          if (fault === undefined) resting.abort()
          const stopped = fault ?? (await digitalFiles?.run('everything')) ?? (await uploads?.run('everything'))
          return { ...total, pending: store.counts().pending, ...(stopped === undefined ? {} : { fault: stopped }) }
        }
        await sleep(pauseAfter(cycle.failures(), random), signal)
      }
    },
    status: () => link.status(),
    close: async () => {
      closing.abort()
      await looping?.close()
      await cycle?.ended()
      await uploads?.ended()
      await digitalFiles?.ended()
    },
  }
}
