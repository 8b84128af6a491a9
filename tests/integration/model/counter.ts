import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { v7 } from 'uuid'
import type { RepairKind } from '#shared/contract/act.ts'
import { officeSeed } from '#shared/domain/office.ts'
import type { CommandId, CounterId, RegisterNumber } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import { checkRollbackGuard } from '#electron/worker/journal/checkRollbackGuard.ts'
import { createJournal } from '#electron/worker/journal/journal.ts'
import { verifyJournal } from '#electron/worker/journal/verify.ts'
import { makeCounterKey, readCounterKey } from '#electron/worker/keys/counterKey.ts'
import { identityOf } from '#electron/worker/outbox/composeOutbox.ts'
import type { DrainReport, Outbox } from '#electron/worker/outbox/ports.ts'
import { journalHead, journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import { saveProcedure } from '#electron/worker/core/rows/procedures.ts'
import { saveSetting } from '#electron/worker/store/settings.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { createOfflineTransfer, type OfflineTransfer } from '#electron/worker/outbox/carrier/offlineTransfer.ts'
import { officeSetting, type Context } from '#electron/worker/core/context.ts'
import { correctRequest } from '#electron/worker/features/corrections/correctRequest.ts'
import { issueReceipt } from '#electron/worker/features/intake/issueReceipt.ts'
import { renewSeries } from '#electron/worker/features/sync/renewSeries.ts'
import { repairAct } from '#electron/worker/acts/repairAct.ts'
import { aDraft, anOffice, anOrder, aSheet } from '#tests/builders/deposits.ts'
import { openTestStore, testKey, valueOf } from '#tests/builders/register.ts'
import { openRealOutbox } from '../outboxClient.ts'

const { who } = anOrder()
const supervisor = { ...who, code: 'CS-002' }
/** Any two keys: the files are opened in memory by the platform's. */
const sealedTo = (platform: string) => ({ platform, escrow: platform })

/** A whole counter in a folder: what it says is what an agent would have heard. */
export interface Counter {
  readonly counter: CounterId
  deposit(): Result<{ id: string; number: RegisterNumber }>
  repair(kind: RepairKind, act: string): Result<string>
  drain(): Promise<DrainReport>
  /** Begins to drain, and is killed so many milliseconds later; the same counter over what was on the disk then. */
  killed(ms: number, folder: string): Promise<Counter>
  /** A copy of the register alone, as a backup or a snapshot of the machine takes it. */
  backup(folder: string): void
  /** The same machine with an older copy of its register. */
  restored(backup: string): Counter
  /** Why it takes no acts. */
  barred(): string | undefined
  renew(): Promise<void>
  readonly carrier: OfflineTransfer
  readonly acts: () => readonly { readonly seq: number; readonly id: string; readonly state: string }[]
  /** What does not hold inside the register itself. */
  flaws(): readonly string[]
  close(): void
}

const registerFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('register.db'))
const copy = (names: readonly string[], from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  for (const name of names) cpSync(join(from, name), join(to, name))
}

/** Fills a new register. */
export function createCounter(folder: string, counter: CounterId, url: string, recipient: string): Counter {
  mkdirSync(folder, { recursive: true })
  const store = openTestStore(folder)
  valueOf(
    store.tx((db) => {
      saveSetting(db, officeSetting, officeSeed.parse({ ...anOffice, sealedTo: sealedTo(recipient) }))
      saveProcedure(db, aSheet())
      makeCounterKey(db, counter, '2026-11-21T09:00:00.000Z')
      return ok(undefined)
    }),
  )
  store.close()
  return openCounter(folder, counter, url)
}

function openCounter(folder: string, counter: CounterId, url: string): Counter {
  const store = openTestStore(folder)
  const rollbackGuard = valueOf(checkRollbackGuard(folder, testKey, store))
  const context: Context = {
    store,
    journal: createJournal(systemClock, counter, store.db),
    clock: systemClock,
    counter,
    newId: () => v7(),
  }
  const issuing = {
    context,
    paper: { checkGlyphs: () => ok(undefined), legible: (text: string) => text },
    signer: readCounterKey(store.db, counter),
  }
  const outbox = (): Outbox => openRealOutbox(store, identityOf(store, counter), url)
  const committed = (): void => {
    const head = journalHead(store.db)
    if (head !== undefined) rollbackGuard.raise(head)
  }
  const heard = <T>(result: Result<T>): Result<T> => {
    if (result.ok) committed()
    return result
  }
  return {
    counter,
    deposit: () => {
      const order = anOrder()
      const issued = heard(issueReceipt(issuing, order))
      return issued.ok ? ok({ id: order.commandId, number: issued.value.number }) : issued
    },
    repair: (kind, act) => {
      const order = { commandId: v7() as CommandId, act, reason: 'spécimen' } // v7 makes UUIDs
      const done =
        kind === 'corrected'
          ? correctRequest(issuing, who, { ...order, draft: aDraft() })
          : repairAct(context, supervisor, { order, kind, show: ok }, () => ok({ witness: who.code }))
      return heard(done.ok ? ok(order.commandId) : done)
    },
    drain: async () => {
      const one = outbox()
      const report = await one.drain()
      await one.close()
      committed()
      return report
    },
    killed: async (ms, to) => {
      const one = outbox()
      const abandoned = one.drain().catch(() => undefined)
      await later(ms)
      copy(readdirSync(folder), folder, to)
      await one.close()
      await abandoned
      store.close()
      rmSync(folder, { recursive: true, force: true })
      return openCounter(to, counter, url)
    },
    backup: (to) => {
      copy(registerFiles(folder), folder, to)
    },
    restored: (backup) => {
      store.close()
      for (const name of registerFiles(folder)) rmSync(join(folder, name))
      copy(registerFiles(backup), backup, folder)
      return openCounter(folder, counter, url)
    },
    barred: () => store.readOnlyReason()?.code,
    renew: async () => {
      const one = outbox()
      valueOf(await renewSeries(context, supervisor, { reason: 'spécimen' }, { rollbackGuard, outbox: one }))
      await one.close()
    },
    carrier: createOfflineTransfer(context, identityOf(store, counter), true),
    acts: () => store.db.all('SELECT seq, id, state FROM outbox ORDER BY seq'),
    flaws: () => {
      const verified = verifyJournal(counter, journalLinks(store.db))
      return [...store.check(), ...(verified.ok ? [] : [verified.fault.detail ?? 'journal'])]
    },
    close: () => {
      store.close()
    },
  }
}
