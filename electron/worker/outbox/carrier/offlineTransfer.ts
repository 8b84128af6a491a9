import { z } from 'zod'
import type { CounterIdentity } from '../auth.ts'
import { exportActs, type SealedExport } from './exportActs.ts'
import { importAnswers, type ImportedAnswers } from './importAnswers.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { writeOut } from '../../files/writeOut.ts'
import { createCountersignStore } from '../rows/heads.ts'
import { createOutboxStore } from '../rows/outboxStore.ts'
import { createPlatformTrust } from '../rows/platformTrust.ts'
import { createPendingUploads } from '../rows/uploads.ts'
import { readOffice, type Context, type SignedIn } from '../../core/context.ts'
import { findSetting, saveSetting } from '../../store/settings.ts'

/** Where the file goes. */
export interface ExportOrder {
  /** The path, by the name that is proposed; nothing when the person leaves it. */
  readonly chooseFile: (name: string) => Promise<string | undefined>
  readonly signal: AbortSignal
  /** A file is made even when no act and no file waits: it brings the answers to earlier ones. */
  readonly evenEmpty?: boolean
}

/** What was written: the name of the file, empty when nothing waited. */
export type Exported = Omit<SealedExport, 'pieces'> & { readonly name: string }

/** Acts carried by hand, for a site without a line. Who carried what is in the journal. */
export interface OfflineTransfer {
  /**
   * Writes what waits, sealed, to a file of the person's choice; nothing is asked and written when nothing
   * waits, unless the order says so.
   * Faults: transfer.noRecipient, call.cancelled (no file was chosen), those of `writeOut` and of `Tx`.
   */
  export(who: Pick<SignedIn, 'code'>, order: ExportOrder): Promise<Result<Exported>>
  /**
   * Faults: those of `importAnswers`, and those of `Tx`.
   */
  take(who: Pick<SignedIn, 'code'>, bytes: Uint8Array): Promise<Result<ImportedAnswers>>
}

/** Answers to older exports than so many are not taken in any more: their acts were exported again since. */
const exportsKept = 50
const exportsSetting = 'exports'
const exported = z.array(z.uuid())

/**
 * @param identity of this counter
 * @param demo as for `createPlatformTrust`
 */
export function createOfflineTransfer(context: Context, identity: CounterIdentity, demo: boolean): OfflineTransfer {
  const { store: register, journal, clock } = context
  const store = createOutboxStore(register, journal)
  const pendingUploads = createPendingUploads(register)
  const countersignStore = createCountersignStore(register, journal)
  const trust = createPlatformTrust(register, journal, demo)
  const exportsMade = (): readonly string[] => findSetting(register.db, exportsSetting, exported) ?? []
  return {
    export: async (who, { chooseFile, signal, evenEmpty = false }) => {
      const exportId = context.newId()
      const now = clock.now()
      const sealed = await exportActs({
        store,
        pendingUploads,
        identity,
        recipients: Object.values(readOffice(register).sealedTo ?? {}),
        head: countersignStore.claim(),
        now,
        exportId,
      })
      if (!sealed.ok) return sealed
      const { pieces, ...carried } = sealed.value
      const { acts, files, first = 0, last = 0 } = carried
      if (acts + files === 0 && !evenEmpty) return ok({ ...carried, name: '' })
      const path = await chooseFile(`${context.counter}-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}.age`)
      if (path === undefined) return err(faultOf('call.cancelled'))
      const told = (): Result<void> =>
        register.upkeep((db) => {
          saveSetting(db, exportsSetting, [exportId, ...exportsMade()].slice(0, exportsKept))
          journal.append(db, {
            actor: who.code,
            kind: 'outbox.exported',
            subject: exportId,
            body: { acts, files, first, last },
          })
          return ok(undefined)
        })
      const written = await writeOut(path, readPieces(await pieces(), told), signal)
      return written.ok ? ok({ ...carried, name: path.split(/[/\\]/).at(-1) ?? path }) : written
    },
    take: async (who, bytes) => {
      const taken = await importAnswers(
        { store, pendingUploads, countersignStore, trust, exports: exportsMade(), identity, clock },
        bytes,
      )
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

/** The pieces of a stream; the journal tells of them before the file gets its name. */
async function* readPieces(
  stream: ReadableStream<Uint8Array>,
  told: () => Result<void>,
): AsyncGenerator<Uint8Array, Result<void>> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const next = await reader.read()
      if (next.done) return told()
      yield next.value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
