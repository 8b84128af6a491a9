import { createHash } from 'node:crypto'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { itemReady, itemsWithoutFiles, itemStopped } from '../core/rows/digitalItems.ts'
import { fileType } from '../files/fileType.ts'
import { findAttachment, keepAttachment } from '../files/rows/attachments.ts'
import type { Journal } from '../journal/journal.ts'
import type { WriteHandle } from '../store/handle.ts'
import type { Store } from '../store/open.ts'
import type { WantedFiles } from './ports.ts'

/** The digital items of a register. What comes is kept as any received file is: as it came, by the type that its bytes say. */
export function createWantedFiles(store: Store, journal: Journal): WantedFiles {
  const note = (write: (db: WriteHandle) => void): void => {
    const done = store.upkeep((db) => {
      write(db)
      return ok(undefined)
    })
    if (!done.ok) throw new Error(`the digital items cannot be written: ${done.fault.code}`)
  }
  return {
    items: (notSince) => itemsWithoutFiles(store.db, notSince.toISOString()),
    has: (sha256) => findAttachment(store.db, sha256) !== undefined,
    keep: ({ sha256, size }, bytes) => {
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) return err(faultOf('file.swapped'))
      const mime = fileType(bytes) ?? 'application/octet-stream'
      const moment = journal.moment()
      return store.tx((db) => {
        const link = { actor: 'counter', kind: 'attachment.added', subject: sha256, body: { mime, size } } as const
        journal.append(db, link, moment)
        return keepAttachment(db, store.files, { sha256, mime, bytes, at: moment.at })
      })
    },
    ready: (item) => {
      note((db) => {
        itemReady(db, item)
      })
    },
    stopped: (item, { code }, at) => {
      note((db) => {
        itemStopped(db, item, code, at.toISOString())
      })
    },
  }
}
