import { createHash } from 'node:crypto'
import { acts } from '#shared/contract/acts.ts'
import type { ArchiveList, ListKind } from '#shared/contract/features/mail/archive/views.ts'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, RegisterNumber, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../../acts/oneAct.ts'
import type { Context, SignedIn } from '../../../core/context.ts'
import type { Issuing } from '../../../core/deposit/issuing.ts'
import type { ReadHandle } from '../../../store/handle.ts'
import { checkOfficeRoom } from '../mailPaper.ts'
import { agedLetter, type AgedRow } from '../rows/agedLetters.ts'
import { findList, insertList, nextList, type ListedLetter } from '../rows/archiveLists.ts'
import { filesOf, letterOfNumber } from '../rows/letters.ts'
import { clearanceOfPerson } from '../seeLetter.ts'
import { printList } from './archivePapers.ts'
import { classOfRow, fileOf, planOf } from './letterFile.ts'

/** Letters whose time is over, and what is to become of them. */
export interface ListOrder {
  readonly commandId: CommandId
  readonly kind: ListKind
  readonly numbers: readonly RegisterNumber[]
}

const digestOf = (json: Json): Sha256 => createHash('sha256').update(canonicalJson(json)).digest('hex') as Sha256 // of that form

/** What a list states of its letters: a line is told by its digest, a file by its hash. */
const listDigest = (lines: readonly Pick<ListedLetter, 'number' | 'content' | 'files'>[]): Sha256 =>
  digestOf(lines.map(({ number, content, files }) => ({ number, content, files: [...files] })))

/** A letter as it would stand on a list now. */
export function listed(context: Pick<Context, 'store'>, db: ReadHandle, row: AgedRow): ListedLetter | undefined {
  const line = letterOfNumber(db, row.number)
  if (line === undefined) return undefined
  const code = classOfRow(planOf(context), row)?.code ?? ''
  const files = filesOf(db, row.id).map(({ sha256 }) => sha256)
  const { content, day, level, state } = line
  return {
    letterId: row.id,
    number: row.number,
    day,
    level,
    class: code,
    files,
    content,
    standing: digestOf({ content, state, class: code, closedOn: row.closedOn, answers: row.answers, files }),
  }
}

/**
 * Makes a list of letters whose time is over, each with all that it is kept with, and prints it.
 * Faults: letter.unknown, letter.destroyed, archive.listed, letter.held, archive.notOver (also of letters that are kept for
 * good, on a list of elimination, and of what hangs together with one that may not be seen), receipt.tooLong (of the office), those of
 * `oneAct`.
 */
export function makeList(
  { context, paper }: Pick<Issuing, 'context' | 'paper'>,
  who: SignedIn,
  order: ListOrder,
): Result<ArchiveList> {
  const { commandId, kind } = order
  const numbers = [...new Set(order.numbers)]
  const again = (): Result<ArchiveList> => listOr(findList(context.store.db, { command: commandId }))
  const asked = { kind, numbers }
  return oneAct(context, who, { act: acts.archiveListed, commandId, asked, again }, (db, begun) => {
    const lines = linesFor(context, db, who, { kind, numbers, today: begun.day })
    if (!lines.ok) return lines
    const room = checkOfficeRoom(context)
    if (!room.ok) return room
    const [listId, rank, { at }] = [context.newId(), nextList(db, kind), begun.moment]
    const letters = lines.value.map(({ letterId, number }) => ({ letterId, number }))
    const digest = listDigest(lines.value)
    return ok({
      subject: listId,
      body: { kind, list: rank, letters: letters.map(({ number }) => number), digest },
      data: () => ({ listId, rank, agent: who.code, kind, letters, digest }),
      keep: ({ link }) => {
        const made = { listId, kind, rank, digest, agent: who.code, at }
        insertList(db, { ...made, commandId, journalSeq: link.seq, lines: lines.value })
        printList({ context, paper }, db, who, {
          ...made,
          utcOffsetMinutes: begun.utcOffsetMinutes,
          lines: lines.value,
        })
        return listOr(findList(db, { id: listId }))
      },
    })
  })
}

/** Fault: archive.listUnknown. */
export const listOr = (list: ArchiveList | undefined): Result<ArchiveList> =>
  list === undefined ? err(faultOf('archive.listUnknown')) : ok(list)

const linesFor = (
  context: Context,
  db: ReadHandle,
  who: SignedIn,
  { kind, numbers, today }: Omit<ListOrder, 'commandId'> & { readonly today: string },
): Result<readonly ListedLetter[]> => {
  const clearance = clearanceOfPerson(context, who)
  const plan = planOf(context)
  const lines = new Map<string, ListedLetter>()
  for (const number of numbers) {
    if (lines.has(number)) continue
    const letter = agedLetter(db, number)
    if (letter === undefined || letter.level > clearance) return err(faultOf('letter.unknown'))
    if (letter.destroyed === 1) return err(faultOf('letter.destroyed', number))
    const file = fileOf(db, letter, { plan, today })
    // What hangs together with one that he may not see waits for somebody who may.
    if (file.level > clearance || file.age !== 'over' || (kind === 'elimination' && file.fate === 'keep'))
      return err(faultOf('archive.notOver', number))
    if (file.letters.some(({ listId }) => listId !== null)) return err(faultOf('archive.listed', number))
    if (file.held !== undefined) return err(faultOf('letter.held', number))
    for (const one of file.letters) {
      const line = listed(context, db, one)
      if (line !== undefined) lines.set(one.number, line)
    }
  }
  return ok(
    [...lines.values()].toSorted(
      (one, other) => one.class.localeCompare(other.class) || one.day.localeCompare(other.day),
    ),
  )
}
