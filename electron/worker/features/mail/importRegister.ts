import type { OldLine } from '#shared/domain/mail/oldRegister.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import type { ReadHandle } from '../../store/handle.ts'
import {
  findImport,
  insertImport,
  insertOldLine,
  newestImport,
  newestLetter,
  oldLineOf,
  removeImport,
} from './rows/oldLetters.ts'

/** A table that was read. */
export interface ImportOrder {
  readonly commandId: CommandId
  readonly lines: readonly OldLine[]
  readonly sha256: Sha256
  readonly dryRun: boolean
}
/** What is, or would be, taken; and rows whose number is there already. */
export interface Imported {
  readonly taken: number
  readonly doubles: { row: number; number: string; differs: boolean }[]
}

/**
 * Takes the lines of a register that was kept elsewhere: beside ours, each under its own number, all of them or none. Of
 * a number that comes twice the first line is taken and the others are told. The journal says that it was done.
 * Faults: those of `Tx`.
 */
export function importRegister(context: Context, who: SignedIn, order: ImportOrder): Result<Imported> {
  const { store, journal } = context
  const { taken, doubles } = sorted(store.db, order.lines)
  const done = findImport(store.db, order.commandId)
  if (done !== undefined) return ok({ taken: done.taken, doubles })
  // An import that takes nothing would stand before the one that can be taken back.
  if (order.dryRun || taken.length === 0) return ok({ taken: taken.length, doubles })
  const moment = journal.moment()
  return store.tx((db) => {
    const { commandId: id, sha256 } = order
    insertImport(db, { id, at: moment.at, agent: who.code, sha256, taken: taken.length, afterSeq: newestLetter(db) })
    for (const line of taken) insertOldLine(db, id, line)
    journal.append(
      db,
      { actor: who.code, kind: 'mail.imported', subject: id, body: { taken: taken.length, file: sha256 } },
      moment,
    )
    return ok({ taken: taken.length, doubles })
  })
}

const keyOf = ({ register, number }: OldLine): string => `${register} ${number}`
const sameLine = ({ row: _, ...one }: OldLine, { row: __, ...other }: OldLine): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort())

const sorted = (db: ReadHandle, lines: readonly OldLine[]) => {
  const byNumber = new Map<string, OldLine>()
  const doubles: Imported['doubles'] = []
  for (const line of lines) {
    const before = byNumber.get(keyOf(line)) ?? oldLineOf(db, line)
    if (before === undefined) byNumber.set(keyOf(line), line)
    else doubles.push({ row: line.row, number: line.number, differs: !sameLine(before, line) })
  }
  return { taken: [...byNumber.values()], doubles }
}

/**
 * Takes the newest import back, as long as no letter was entered after it. Faults: letter.entered, letter.nothingToUndo,
 * those of `Tx`.
 */
export function undoImport({ store, journal }: Context, who: SignedIn): Result<{ readonly removed: number }> {
  const newest = newestImport(store.db)
  if (newest === undefined) return err(faultOf('letter.nothingToUndo'))
  if (newestLetter(store.db) > newest.afterSeq) return err(faultOf('letter.entered'))
  const moment = journal.moment()
  return store.tx((db) => {
    removeImport(db, newest.id, moment.at)
    journal.append(
      db,
      { actor: who.code, kind: 'mail.importUndone', subject: newest.id, body: { removed: newest.taken } },
      moment,
    )
    return ok({ removed: newest.taken })
  })
}
