import type { Network } from '#shared/contract/hosts.ts'
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
import { createWayOut } from './wayOut.ts'
import { createCountersignStore } from './rows/heads.ts'
import { createPlatformTrust, platformAddress } from './rows/platformTrust.ts'
import type { Store } from '../store/open.ts'
import { createOutboxStore } from './rows/outboxStore.ts'
import { createWantedFiles } from './wantedFiles.ts'
import { createPendingUploads } from './rows/uploads.ts'

/** Who a counter is to its platform. */
export const identityOf = (store: Store, counter: CounterId): CounterIdentity => {
  const { privateKey, publicKey } = readCounterKey(store.db, counter)
  return { counterId: counter, privateKey, publicKey }
}

/** The outbox of a register, and how it takes another platform. */
export interface JoinedOutbox extends Outbox {
  /** The address or the key of the platform changed: what runs is broken off and begun with the new ones. */
  rejoin(): Promise<void>
}

interface Parts {
  readonly store: Store
  readonly journal: Journal
  readonly counter: CounterId
  readonly clock: Clock
  /** Where the platform is, unless the register says it (`platformAddress`). */
  readonly platformUrl?: string | undefined
  readonly demo: boolean
  /** How the platform is reached; absent: straight. */
  readonly network?: Network | undefined
  /** Of this program. */
  readonly version?: string | undefined
  readonly onChange: (what: OutboxChange) => void
  readonly background?: Background
}

/** With its counter's key and over HTTP; without an address the acts wait. */
export function composeOutbox(parts: Parts): JoinedOutbox {
  let current = openJoined(parts)
  return {
    wake: () => {
      current.wake()
    },
    drain: () => current.drain(),
    status: () => current.status(),
    close: () => current.close(),
    rejoin: async () => {
      await current.close()
      current = openJoined(parts)
      current.wake()
    },
  }
}

function openJoined({
  store,
  journal,
  counter,
  clock,
  platformUrl,
  demo,
  onChange,
  background,
  ...way
}: Parts): Outbox {
  const identity = identityOf(store, counter)
  const baseUrl = platformAddress(store.db, platformUrl)
  const trust = createPlatformTrust(store, journal, demo)
  const wayOut = createWayOut(way)
  const transport = baseUrl === undefined ? undefined : createHttpTransport({ baseUrl, identity, clock, trust, wayOut })
  const outbox = openOutbox({
    store: createOutboxStore(store, journal),
    identity,
    clock,
    random: Math.random,
    onChange,
    ...(background === undefined ? {} : { background }),
    transport,
    countersignStore: createCountersignStore(store, journal),
    wantedFiles: createWantedFiles(store, journal),
    ...(transport?.access === undefined || baseUrl === undefined
      ? {}
      : {
          files: {
            pendingUploads: createPendingUploads(store),
            uploader: createTusUploader({ baseUrl, access: transport.access, wayOut }),
          },
        }),
  })
  return {
    ...outbox,
    close: async () => {
      await outbox.close()
      await wayOut.close()
    },
  }
}
