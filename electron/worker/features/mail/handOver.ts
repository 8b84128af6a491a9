import { acts } from '#shared/contract/acts.ts'
import type { SlipView } from '#shared/contract/features/mail/views.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, PaperId, PrintJobId, RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../acts/oneAct.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { makePaper } from '../../papers/rows/papers.ts'
import { queuePrint } from '../../papers/rows/printJobs.ts'
import type { WriteHandle } from '../../store/handle.ts'
import { checkOfficeRoom, lineOnPaper, madeBy, serviceOnPaper } from './mailPaper.ts'
import { findSlip, insertMove, insertSlip, nextSlip, receiveSlip } from './rows/events.ts'
import { updateStanding, type LetterRow } from './rows/letters.ts'
import { clearanceOfPerson, visibleLetter } from './seeLetter.ts'

/** Letters that go to one service. */
export interface HandOver {
  readonly commandId: CommandId
  readonly numbers: readonly RegisterNumber[]
  readonly service: string
}

/**
 * Hands the papers of letters over to a service: one slip, which is printed, and for each letter where its paper is from
 * now on. Faults: letter.unknown, letter.cancelled, letter.alreadyThere, receipt.tooLong (of the office), those of
 * `oneAct`.
 */
export function handOver(
  { context, paper }: Pick<Issuing, 'context' | 'paper'>,
  who: SignedIn,
  order: HandOver,
): Result<SlipView> {
  const { commandId, service } = order
  const numbers = [...new Set(order.numbers)]
  const level = clearanceOfPerson(context, who)
  const again = (): Result<SlipView> => slipOr(findSlip(context.store.db, 'command_id', commandId, level))
  const asked = { numbers, service }
  return oneAct(context, who, { act: acts.lettersHandedOver, commandId, asked, again }, (db, begun) => {
    const letters: LetterRow[] = []
    for (const number of numbers) {
      const found = visibleLetter(context, who, number, db)
      if (!found.ok) return found
      if (found.value.destroyed) return err(faultOf('letter.destroyed', number))
      if (found.value.state === 'cancelled') return err(faultOf('letter.cancelled', number))
      if (found.value.holder === service) return err(faultOf('letter.alreadyThere', number))
      letters.push(found.value)
    }
    const room = checkOfficeRoom(context)
    if (!room.ok) return room
    const [slipId, rank, { at }] = [context.newId(), nextSlip(db), begun.moment]
    const named = letters.map(({ id, number }) => ({ letterId: id, number }))
    return ok({
      subject: slipId,
      body: { slip: rank, service, letters: named.map(({ number }) => number) },
      data: () => ({ slipId, rank, service, letters: named, agent: who.code }),
      keep: ({ link }) => {
        insertSlip(db, { slipId, rank, service, agent: who.code, at, commandId, journalSeq: link.seq })
        for (const { id, state } of letters) {
          insertMove(db, { letterId: id, agent: who.code, at, journalSeq: link.seq, slipId, service })
          const over = state === 'answered' ? {} : { state: 'handedOver' as const }
          updateStanding(db, id, { ...over, holder: service, holderSince: at })
        }
        const { utcOffsetMinutes } = begun
        printSlip({ context, paper }, db, { who, slipId, rank, service, letters, at, utcOffsetMinutes })
        return slipOr(findSlip(db, 'id', slipId, level))
      },
    })
  })
}

const slipOr = (slip: SlipView | undefined): Result<SlipView> =>
  slip === undefined ? err(faultOf('slip.unknown')) : ok(slip)

const printSlip = (
  making: Pick<Issuing, 'context' | 'paper'>,
  db: WriteHandle,
  slip: {
    readonly who: SignedIn
    readonly slipId: string
    readonly rank: number
    readonly service: string
    readonly letters: readonly LetterRow[]
    readonly at: string
    readonly utcOffsetMinutes: number
  },
): void => {
  const { context } = making
  const id = slip.slipId as PaperId // newId makes UUIDs
  makePaper(db, {
    kind: 'mailSlip',
    id,
    subject: slip.slipId,
    number: `${context.counter}/${String(slip.rank)}`,
    facts: {
      ...madeBy(context, slip.who, slip),
      rank: slip.rank,
      service: serviceOnPaper(making, slip.service),
      lines: slip.letters.map((row) => ({
        ...lineOnPaper(making, row),
        pieces: row.letter.enclosures.reduce((sum, { count }) => sum + count, 1),
      })),
    },
    at: slip.at,
  })
  queuePrint(db, { id: context.newId() as PrintJobId, paperId: id, at: slip.at }) // newId makes UUIDs
}

/** A slip came back signed. Faults: slip.unknown (also of one whose letters he may not see), slip.received, those of `oneAct`. */
export function receiveBack(
  context: Context,
  who: SignedIn,
  { commandId, slipId, by }: { readonly commandId: CommandId; readonly slipId: string; readonly by: string },
): Result<SlipView> {
  const level = clearanceOfPerson(context, who)
  const again = (): Result<SlipView> => slipOr(findSlip(context.store.db, 'receipt_id', commandId, level))
  return oneAct(context, who, { act: acts.slipReceived, commandId, asked: { slipId, by }, again }, (db, { moment }) => {
    const slip = findSlip(db, 'id', slipId, level)
    if (slip === undefined) return err(faultOf('slip.unknown'))
    if (slip.received !== undefined) return err(faultOf('slip.received'))
    return ok({
      subject: slipId,
      body: { slip: slip.rank },
      data: () => ({ slipId, by, agent: who.code }),
      keep: () => {
        receiveSlip(db, { slipId, by, at: moment.at, commandId })
        return slipOr(findSlip(db, 'id', slipId, level))
      },
    })
  })
}
