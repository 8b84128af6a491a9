import type { Change } from '#shared/contract/platform.ts'
import { assertNever, ok, type Result } from '#shared/result.ts'
import type { Journal } from '../../journal/journal.ts'
import type { CommandAnswer, OutboxStore, QueuedCommand } from '../ports.ts'
import type { WriteHandle } from '../../store/handle.ts'
import { takeAccounts, type TakenAccounts } from './fedAccounts.ts'
import { linkAfter, readLink, writeLink } from './link.ts'
import type { Store } from '../../store/open.ts'
import {
  commandsFrom,
  countOutbox,
  firstUnanswered,
  insertLost,
  lastCommand,
  markSending,
  newsAmong,
  releaseSending,
  saveAnswers,
} from './outboxRows.ts'
import { endDigitalItem, saveDigitalItem } from '../../core/rows/digitalItems.ts'
import { saveProcedure, withdrawProcedure } from '../../core/rows/procedures.ts'
import { applyReadOnly, enterQuarantine, standingQuarantine } from '../../store/quarantine.ts'
import {
  deleteAppointment,
  deleteCalendar,
  deleteDisposition,
  saveAppointment,
  saveCalendar,
  saveDisposition,
} from '../../core/rows/reference.ts'
import { limitsSetting, saveSetting } from '../../store/settings.ts'

/**
 * Rows that an earlier version parked are asked for again by one that may read them: all of the feed, since a parked
 * row may be older
 * than what was read after it. Faults: those of `Tx`.
 * @param version of the program
 */
export const reprocessParkedChanges = (store: Store, version: string): Result<void> => {
  const { readBy, cursor, ...kept } = readLink(store.db)
  if (readBy === version) return ok(undefined)
  const parked = store.db.get('SELECT 1 FROM parked_changes LIMIT 1') !== undefined
  return store.upkeep((db) => {
    if (parked) db.run('DELETE FROM parked_changes')
    writeLink(db, { ...kept, readBy: version, ...(parked || cursor === undefined ? {} : { cursor }) })
    return ok(undefined)
  })
}

/**
 * The queue and the link memory as the outbox needs them. A register that cannot be written throws: the pump stops in
 * sight.
 */
export function createOutboxStore(store: Store, journal: Journal): OutboxStore {
  const write = <T>(act: (db: WriteHandle) => T): T => {
    // What the platform said is no act: it is heard in quarantine too.
    const done = store.upkeep((db) => ok(act(db)))
    if (!done.ok) throw new Error(`the outbox cannot be written: ${done.fault.code}`)
    return done.value
  }
  const link = (): ReturnType<typeof readLink> => readLink(store.db)
  const batch: OutboxStore['batch'] = (limit) => {
    const from = limit.from ?? firstUnanswered(store.db)
    return from === undefined ? [] : runFrom(commandsFrom(store.db, from, limit.commands), from, limit.bytes)
  }
  const save = (db: WriteHandle, answers: readonly CommandAnswer[], at: Date): number => {
    // An answer heard again is no news for the journal.
    const news = newsAmong(db, answers)
    saveAnswers(db, answers, at.toISOString())
    for (const refused of news.filter((answer) => answer.state !== 'applied')) {
      journal.append(db, {
        actor: 'counter',
        kind: `outbox.${refused.state}`,
        subject: refused.id,
        body: { seq: refused.seq },
      })
    }
    return news.length
  }
  return {
    batch,
    take: (limit, at, answers = []) =>
      write((db) => {
        if (answers.length > 0) save(db, answers, at)
        const items = batch(limit)
        const [first, last] = [items[0], items.at(-1)]
        if (first !== undefined && last !== undefined) markSending(db, first.seq, last.seq, at.toISOString())
        return items
      }),
    release: (fault) => {
      write((db) => {
        releaseSending(db, fault)
      })
    },
    record: (answers, at) => write((db) => save(db, answers, at)),
    keepLost: (records, at, series) => {
      const held = lastCommand(store.db)?.seq ?? 0
      const known = records.at(-1)?.seq ?? held
      const kept = enterQuarantine(
        store,
        { by: 'platform', held, known, ...(series === undefined ? {} : { series }) },
        (db) => {
          for (const record of records) insertLost(db, record, at.toISOString())
        },
      )
      if (!kept.ok) throw new Error(`the outbox cannot be written: ${kept.fault.code}`)
    },
    highestSeq: () => lastCommand(store.db)?.seq ?? 0,
    counts: () => countOutbox(store.db),
    link,
    saveLink: (state) => {
      write((db) => {
        writeLink(db, state)
      })
    },
    device: (standing, at) => {
      const before = link()
      const after = linkAfter(before, standing, at.toISOString())
      if (after === before) return
      write((db) => {
        writeLink(db, after)
        // No link is added to a journal that lost some.
        if (standingQuarantine(db) === undefined)
          journal.append(db, { actor: 'counter', kind: `device.${standing}`, subject: 'counter', body: {} })
      })
      applyReadOnly(store)
    },
    applyChanges: (page) => {
      write((db) => {
        const accounts = takeAccounts(db, journal)
        if (page.first === true) accounts.begin()
        for (const change of page.changes) applyChange(db, change, accounts)
        for (const text of page.parked) accounts.parked(text)
        if (page.last === true) accounts.end()
        for (const text of page.parked) db.run('INSERT INTO parked_changes (body) VALUES (?)', [text])
        writeLink(db, { ...link(), cursor: page.cursor })
      })
    },
  }
}

/** The items up to the first hole and up to the size; always one, so that a large act does not stop the queue. */
function runFrom(items: readonly QueuedCommand[], from: number, bytes: number): readonly QueuedCommand[] {
  let size = 0
  const end = items.findIndex((item, index) => {
    size += Buffer.byteLength(item.json) + 1
    return item.seq !== from + index || (index > 0 && size > bytes)
  })
  return end === -1 ? items : items.slice(0, end)
}

function applyChange(db: WriteHandle, change: Change, accounts: TakenAccounts): void {
  const { key } = change
  switch (change.kind) {
    case 'setting':
      saveSetting(db, limitsSetting, change.deleted ? {} : (change.body ?? {}))
      return
    case 'procedure':
      return taken(
        change,
        () => {
          withdrawProcedure(db, key)
        },
        (body) => {
          saveProcedure(db, body)
        },
      )
    case 'account':
      return taken(
        change,
        () => {
          accounts.withdraw(key)
        },
        (body) => {
          accounts.take(body)
        },
      )
    case 'calendar':
      return taken(
        change,
        () => {
          deleteCalendar(db, key)
        },
        (body) => {
          saveCalendar(db, key, body)
        },
      )
    case 'appointment':
      return taken(
        change,
        () => {
          deleteAppointment(db, key)
        },
        (body) => {
          saveAppointment(db, body)
        },
      )
    case 'mail-disposition':
      return taken(
        change,
        () => {
          deleteDisposition(db, key)
        },
        (body) => {
          saveDisposition(db, body)
        },
      )
    case 'digital-item':
      return taken(
        change,
        () => {
          endDigitalItem(db, key)
        },
        (body) => {
          saveDigitalItem(db, body)
        },
      )
    default:
      assertNever(change)
  }
}

/** A row comes whole, a tombstone ends it. */
function taken<T>(
  { deleted, body }: { readonly deleted: boolean; readonly body?: T | undefined },
  end: () => void,
  keep: (body: T) => void,
): void {
  if (deleted) end()
  else if (body !== undefined) keep(body)
}
