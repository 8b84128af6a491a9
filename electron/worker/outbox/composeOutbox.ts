import type { CounterId } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Journal } from '../journal/journal.ts'
import { readCounterKey } from '../keys/counterKey.ts'
import type { Background } from '../core/background.ts'
import type { CounterIdentity } from './auth.ts'
import type { Outbox, OutboxChange } from './ports.ts'
import { openOutbox } from './pump.ts'
import { createHttpTransport } from './send.ts'
import { createTusUploader } from './uploads/tusUploader.ts'
import { createCountersignStore } from './rows/heads.ts'
import type { Store } from '../store/open.ts'
import { createOutboxStore } from './rows/outboxStore.ts'
import { createPendingUploads } from './rows/uploads.ts'

/** Who a counter is to its platform. */
export const identityOf = (store: Store, counter: CounterId): CounterIdentity => {
  const { privateKey, publicKey } = readCounterKey(store.db, counter)
  return { counterId: counter, privateKey, publicKey }
}

/** The outbox of a register, with its counter's key and over HTTP; without an address the acts wait. */
export function joinOutbox(parts: {
  readonly store: Store
  readonly journal: Journal
  readonly counter: CounterId
  readonly clock: Clock
  readonly platformUrl?: string | undefined
  readonly onChange: (what: OutboxChange) => void
  readonly background?: Background
}): Outbox {
  const { store, journal, counter, clock, platformUrl, onChange } = parts
  const identity = identityOf(store, counter)
  const transport =
    platformUrl === undefined ? undefined : createHttpTransport({ baseUrl: platformUrl, identity, clock })
  return openOutbox({
    store: createOutboxStore(store, journal),
    identity,
    clock,
    random: Math.random,
    onChange,
    ...(parts.background === undefined ? {} : { background: parts.background }),
    transport,
    countersignStore: createCountersignStore(store, journal),
    ...(transport?.access === undefined || platformUrl === undefined
      ? {}
      : {
          files: {
            pendingUploads: createPendingUploads(store),
            uploader: createTusUploader({ baseUrl: platformUrl, access: transport.access }),
          },
        }),
  })
}
