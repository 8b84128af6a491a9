import type { ArchiveList } from '#shared/contract/features/mail/archive/views.ts'
import type { ArchiveListPaper, DestructionPaper } from '#shared/contract/features/mail/archive/paperFacts.ts'
import { termOf } from '#shared/domain/retention.ts'
import type { PaperId, PrintJobId } from '#shared/ids.ts'
import type { SignedIn } from '../../../core/context.ts'
import type { Issuing } from '../../../core/deposit/issuing.ts'
import { makePaper } from '../../../papers/rows/papers.ts'
import { queuePrint } from '../../../papers/rows/printJobs.ts'
import { readLimits } from '../../../store/settings.ts'
import type { WriteHandle } from '../../../store/handle.ts'
import { lineOnPaper, madeBy } from '../mailPaper.ts'
import { classesOf, type ListedLetter } from '../rows/archiveLists.ts'
import { letterOfNumber } from '../rows/letters.ts'
import { planOf } from './letterFile.ts'

type Making = Pick<Issuing, 'context' | 'paper'>
type Made = Pick<ArchiveList, 'listId' | 'kind' | 'rank' | 'digest' | 'at'> & { readonly utcOffsetMinutes: number }

/** V for versement, E for élimination. */
const letterOf = { transfer: 'V', elimination: 'E' } as const
/** `RAB03-M1/E-2`: what people call a list, of whichever counter. */
const numberOfList = (
  { context }: Pick<Making, 'context'>,
  { kind, rank }: Pick<ArchiveList, 'kind' | 'rank'>,
): string => `${context.counter}/${letterOf[kind]}-${String(rank)}`

const ruled = ({ context, paper }: Making, lines: readonly ListedLetter[]) =>
  classesOf(lines).map((one) => {
    const known = planOf(context).find(({ code }) => code === one.code)
    const { active = 0, semiActive = 0, fate = 'keep', name = { fr: one.code, ar: one.code } } = known ?? {}
    return { ...one, name: { fr: paper.legible(name.fr), ar: paper.legible(name.ar) }, active, semiActive, fate }
  })

/** The paper of a list, printed once. A list of elimination says nothing of what its letters said: it is kept longer than they are. */
export function printList(
  making: Making,
  db: WriteHandle,
  who: SignedIn,
  { lines, ...list }: Made & { readonly lines: readonly ListedLetter[] },
): void {
  const { context } = making
  const { listId, kind, rank, digest, at } = list
  const facts: ArchiveListPaper = {
    ...madeBy(context, who, list),
    kind,
    rank,
    digest,
    classes: ruled(making, lines).map((one) => ({
      ...one,
      lines: lines
        .filter((line) => line.class === one.code)
        .map(({ number, day, files }) => {
          const row = kind === 'transfer' ? letterOfNumber(db, number) : undefined
          const said =
            row === undefined ? { number, confidential: false, party: '', subject: '' } : lineOnPaper(making, row)
          return { ...said, receivedOn: day, files: files.length }
        }),
    })),
  }
  const id = listId as PaperId // newId makes UUIDs
  makePaper(db, { kind: 'mailArchiveList', id, subject: listId, number: numberOfList(making, list), facts, at })
  queuePrint(db, { id: context.newId() as PrintJobId, paperId: id, at }) // newId makes UUIDs
}

const day = 86_400_000

/** The record of a destruction, printed once. */
export function printRecord(
  making: Making,
  db: WriteHandle,
  who: SignedIn,
  {
    lines,
    ...list
  }: Made &
    Pick<DestructionPaper, 'proposedBy' | 'approvedBy' | 'agreement' | 'agreedOn'> & {
      readonly lines: readonly ListedLetter[]
    },
): void {
  const { context, paper } = making
  const { listId, rank, digest, at, proposedBy, approvedBy, agreement, agreedOn } = list
  const copies = termOf('backup', readLimits(db).retention)
  const facts: DestructionPaper = {
    ...madeBy(context, who, list),
    rank,
    digest,
    proposedBy,
    approvedBy,
    agreement: paper.legible(agreement),
    agreedOn,
    classes: ruled(making, lines),
    numbers: lines.map(({ number }) => number),
    copiesUntil: new Date(Date.parse(at) + copies * day).toISOString().slice(0, 10),
  }
  const id = context.newId() as PaperId // newId makes UUIDs
  makePaper(db, { kind: 'mailDestruction', id, subject: listId, number: numberOfList(making, list), facts, at })
  queuePrint(db, { id: context.newId() as PrintJobId, paperId: id, at }) // newId makes UUIDs
}
