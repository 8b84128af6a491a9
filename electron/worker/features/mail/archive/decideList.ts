import { acts } from '#shared/contract/acts.ts'
import type { ArchiveList } from '#shared/contract/features/mail/archive/views.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../../acts/oneAct.ts'
import type { Context, SignedIn } from '../../../core/context.ts'
import type { ReadHandle } from '../../../store/handle.ts'
import { findList, insertDecision, listedLetters } from '../rows/archiveLists.ts'
import { clearanceOfPerson } from '../seeLetter.ts'
import { listOr } from './makeList.ts'

/** What is said of a list. */
export interface DecisionOrder {
  readonly commandId: CommandId
  readonly listId: string
  readonly what: 'received' | 'approved' | 'withdrawn'
  /** The number of a receipt or of an agreement, or why a list is withdrawn. */
  readonly reference: string
  /** The ISO day of the receipt or of the agreement. */
  readonly on?: string
}

/** A list, for who may see every letter on it. Fault: archive.listUnknown, also where there is one that he may not see. */
export function visibleList(context: Context, db: ReadHandle, who: SignedIn, listId: string): Result<ArchiveList> {
  const clearance = clearanceOfPerson(context, who)
  const hidden = listedLetters(db, listId).some(({ level }) => level > clearance)
  return hidden ? err(faultOf('archive.listUnknown')) : listOr(findList(db, { id: listId }))
}

/** Which decisions may follow on which; a list of elimination is received by nobody, one of transfer approved by nobody. */
const follows = ({ kind, state }: ArchiveList, what: DecisionOrder['what']): boolean => {
  if (what === 'withdrawn') return state === 'proposed' || state === 'approved'
  return state === 'proposed' && kind === (what === 'received' ? 'transfer' : 'elimination')
}

/**
 * Enters what was decided of a list: the receipt of the archive, the agreement of Archives du Maroc (by another person
 * than who made the list), or that it is withdrawn.
 * Faults: archive.listUnknown, archive.listState, witness.samePerson, letter.toCome (its day), those of `oneAct`.
 */
export function decideList(context: Context, who: SignedIn, order: DecisionOrder): Result<ArchiveList> {
  const { commandId, listId, what, reference, on } = order
  const again = (): Result<ArchiveList> => visibleList(context, context.store.db, who, listId)
  const asked = { listId, what, reference, ...(on === undefined ? {} : { on }) }
  return oneAct(context, who, { act: acts.archiveDecided, commandId, asked, again }, (db, { moment, day }) => {
    const list = visibleList(context, db, who, listId)
    if (!list.ok) return list
    const refused = refusal(list.value, who, order, day)
    if (refused !== undefined) return err(refused)
    const { kind, rank } = list.value
    const given = on === undefined ? {} : { on }
    return ok({
      subject: listId,
      // What somebody typed is no word of the journal: why a list was withdrawn may name anybody.
      body: { kind, list: rank, what, ...(what === 'withdrawn' ? {} : { reference }), ...given },
      data: () => ({ listId, rank, agent: who.code, kind, what, reference, ...given }),
      keep: ({ link }) => {
        insertDecision(db, {
          commandId,
          listId,
          what,
          reference,
          agent: who.code,
          at: moment.at,
          journalSeq: link.seq,
          ...given,
        })
        return listOr(findList(db, { id: listId }))
      },
    })
  })
}

const refusal = (list: ArchiveList, who: SignedIn, { what, on }: DecisionOrder, today: string): Fault | undefined => {
  if (!follows(list, what)) return faultOf('archive.listState')
  if (what === 'approved' && list.agent === who.code) return faultOf('witness.samePerson')
  return on !== undefined && on > today ? faultOf('letter.toCome') : undefined
}
