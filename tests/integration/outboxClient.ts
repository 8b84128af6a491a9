import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createJournal } from '#electron/worker/journal/journal.ts'
import type { CounterIdentity } from '#electron/worker/outbox/auth.ts'
import type { Outbox, OutboxStore } from '#electron/worker/outbox/ports.ts'
import { openOutbox } from '#electron/worker/outbox/pump.ts'
import { createHttpTransport } from '#electron/worker/outbox/send.ts'
import { createTusUploader } from '#electron/worker/outbox/uploads/tusUploader.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { createOutboxStore } from '#electron/worker/outbox/rows/outboxStore.ts'
import { createPendingUploads } from '#electron/worker/outbox/rows/uploads.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { enrolment, type Command } from '#shared/contract/platform.ts'
import { ok } from '#shared/result.ts'
import { aCounter, queueCommand } from '#tests/builders/commands.ts'
import { openTestStore, valueOf } from '#tests/builders/register.ts'

/** A counter whose key lies in a file, so that it survives its process; tests only. */
export function identityIn(keyFile: string): CounterIdentity {
  const privateKey = createPrivateKey(readFileSync(keyFile))
  const publicKey = enrolment.shape.publicKey.parse(createPublicKey(privateKey).export({ format: 'jwk' }))
  return { counterId: aCounter(), privateKey, publicKey }
}

/** Commits acts to the register, all in one transaction. */
export function commit(store: Store, acts: readonly Command[]): void {
  valueOf(
    store.tx((db) => {
      for (const act of acts) queueCommand(db, act)
      return ok(undefined)
    }),
  )
}

/** As an administrator types it into a register that is not the demonstration's. */
export function withDemoCode(store: OutboxStore): OutboxStore {
  store.saveLink({ ...store.link(), code: 'demo' })
  return store
}

/** The real outbox over the real register, with short pauses. */
export const openRealOutbox = (store: Store, identity: CounterIdentity, url: string, timeoutMs = 2000): Outbox => {
  const transport = createHttpTransport({ baseUrl: url, identity, clock: systemClock, timeoutMs })
  const { access } = transport
  if (access === undefined) throw new Error('unreachable: there is an identity')
  return openOutbox({
    store: withDemoCode(createOutboxStore(store, createJournal(systemClock, identity.counterId, store.db))),
    transport,
    files: { pendingUploads: createPendingUploads(store), uploader: createTusUploader({ baseUrl: url, access }) },
    identity,
    clock: systemClock,
    random: () => Math.random() * 0.1,
    onChange: () => undefined,
  })
}

// As a program: drains the register in a folder until nothing waits. The test kills it at any moment.
if (import.meta.main) {
  const [folder = '', keyFile = '', url = ''] = process.argv.slice(2)
  const store = openTestStore(folder)
  const outbox = openRealOutbox(store, identityIn(keyFile), url)
  while ((await outbox.drain()).pending > 0 || outbox.status().filesPending !== undefined)
    await new Promise((later) => setTimeout(later, 50))
  await outbox.close()
  store.close()
}
