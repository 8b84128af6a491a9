import type { CounterIdentity } from '../auth.ts'
import { exportActs, type SealedExport } from './exportActs.ts'
import { importAnswers, type ImportedAnswers } from './importAnswers.ts'
import { ok, type Result } from '#shared/result.ts'
import { createNotary } from '../rows/heads.ts'
import { createOutboxStore } from '../rows/outboxStore.ts'
import { createShelf } from '../rows/uploads.ts'
import { readOffice, type Context, type SignedIn } from '../../core/context.ts'

/** Acts carried by hand, for a site without a line. Who carried what is in the journal. */
export interface Carrier {
  /** Faults: transfer.noRecipient, and those of `Tx`. `name` is one for the file. */
  export(who: Pick<SignedIn, 'code'>): Promise<Result<SealedExport & { readonly name: string }>>
  /**
   * Faults: transfer.altered, transfer.foreign, platform.gap, those of a head that does not hold, and those of `Tx`.
   */
  take(who: Pick<SignedIn, 'code'>, bytes: Uint8Array): Promise<Result<ImportedAnswers>>
}

/** @param identity of this counter */
export function createCarrier(context: Context, identity: CounterIdentity): Carrier {
  const { store: register, journal, clock } = context
  const store = createOutboxStore(register, journal)
  const shelf = createShelf(register)
  const notary = createNotary(register, journal)
  return {
    export: async (who) => {
      const exportId = context.newId()
      const now = clock.now()
      const sealed = await exportActs({
        store,
        shelf,
        identity,
        recipients: Object.values(readOffice(register).sealedTo ?? {}),
        head: notary.claim(),
        now,
        exportId,
      })
      if (!sealed.ok) return sealed
      const { acts, files, first = 0, last = 0 } = sealed.value
      return register.upkeep((db) => {
        journal.append(db, {
          actor: who.code,
          kind: 'outbox.exported',
          subject: exportId,
          body: { acts, files, first, last },
        })
        return ok({
          ...sealed.value,
          name: `${context.counter}-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}.age`,
        })
      })
    },
    take: async (who, bytes) => {
      const taken = await importAnswers({ store, shelf, notary, identity, clock }, bytes)
      if (!taken.ok) return taken
      return register.upkeep((db) => {
        journal.append(db, {
          actor: who.code,
          kind: 'outbox.answersTaken',
          subject: context.counter,
          body: { ...taken.value },
        })
        return ok(taken.value)
      })
    },
  }
}
