import { acts } from '#shared/contract/acts.ts'
import type { ArchiveList } from '#shared/contract/features/mail/archive/views.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../../acts/oneAct.ts'
import type { Context, SignedIn } from '../../../core/context.ts'
import type { Issuing } from '../../../core/deposit/issuing.ts'
import type { ReadHandle } from '../../../store/handle.ts'
import { owe } from '../../../store/rebuild.ts'
import { checkOfficeRoom } from '../mailPaper.ts'
import { agedLetter } from '../rows/agedLetters.ts'
import { decisionOf, findList, insertDecision, listedLetters, type ListedLetter } from '../rows/archiveLists.ts'
import { destroyLetter, isUnsent } from '../rows/destroyLetter.ts'
import { letterOfNumber } from '../rows/letters.ts'
import { printRecord } from './archivePapers.ts'
import { visibleList } from './decideList.ts'
import { fileOf, planOf } from './letterFile.ts'
import { listed, listOr } from './makeList.ts'

/**
 * Destroys what an approved list names, all of it or nothing: decision, link, act, record and what is left of the lines in
 * one commit. Their files leave the disk after it; where a crash comes between, they lie there without a name and
 * `removeLeftovers` takes them.
 * Faults: archive.listUnknown, archive.listState (nobody approved it), letter.held, archive.changed, archive.notOver,
 * archive.notSent, receipt.tooLong (of the office), those of `oneAct`.
 */
export function destroyList(
  { context, paper }: Pick<Issuing, 'context' | 'paper'>,
  who: SignedIn,
  { commandId, listId }: { readonly commandId: CommandId; readonly listId: string },
): Result<ArchiveList> {
  const again = (): Result<ArchiveList> => visibleList(context, context.store.db, who, listId)
  return oneAct(context, who, { act: acts.lettersDestroyed, commandId, asked: { listId }, again }, (db, begun) => {
    const found = visibleList(context, db, who, listId)
    if (!found.ok) return found
    const list = found.value
    const approval = decisionOf(list, 'approved')
    if (list.state !== 'approved' || approval?.reference === undefined || approval.on === undefined)
      return err(faultOf('archive.listState'))
    const lines = listedLetters(db, listId)
    const refused = lines.flatMap((line) => refusal(context, db, line, begun.day) ?? [])[0]
    if (refused !== undefined) return err(refused)
    const room = checkOfficeRoom(context)
    if (!room.ok) return room
    const { rank, digest } = list
    const { at } = begun.moment
    const letters = lines.map(({ letterId, number }) => ({ letterId, number }))
    const by = { proposedBy: list.agent, approvedBy: approval.agent, agreement: approval.reference }
    return ok({
      subject: listId,
      body: { list: rank, letters: letters.map(({ number }) => number), digest, ...by },
      data: () => ({ listId, rank, agent: who.code, letters, digest, ...by }),
      keep: ({ link }) => {
        insertDecision(db, { commandId, listId, what: 'destroyed', agent: who.code, at, journalSeq: link.seq })
        for (const { number } of lines) {
          const row = letterOfNumber(db, number)
          if (row !== undefined) destroyLetter(db, context.store.files, row, at)
        }
        owe(db)
        const agreedOn = approval.on ?? ''
        const made = { listId, kind: list.kind, rank, digest, at, utcOffsetMinutes: begun.utcOffsetMinutes }
        printRecord({ context, paper }, db, who, { ...made, ...by, agreedOn, lines })
        return listOr(findList(db, { id: listId }))
      },
    })
  })
}

/** Why a letter of an approved list may not be destroyed today. */
const refusal = (context: Context, db: ReadHandle, line: ListedLetter, today: string): Fault | undefined => {
  const row = agedLetter(db, line.number)
  if (row === undefined) return faultOf('letter.unknown', line.number)
  const file = fileOf(db, row, { plan: planOf(context), today })
  if (file.held !== undefined) return faultOf('letter.held', line.number)
  if (listed(context, db, row)?.standing !== line.standing) return faultOf('archive.changed', line.number)
  if (file.age !== 'over' || file.fate === 'keep') return faultOf('archive.notOver', line.number)
  return isUnsent(db, line.number) ? faultOf('archive.notSent', line.number) : undefined
}
