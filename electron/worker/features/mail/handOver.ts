import { acts } from '#shared/contract/acts.ts'
import type { SlipView } from '#shared/contract/features/mail/views.ts'
import { levelOf } from '#shared/domain/mail/letter.ts'
import { usualMail } from '#shared/domain/mail/mailOffice.ts'
import { checkRoom } from '#shared/domain/papers/room.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, PaperId, PrintJobId, RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../acts/oneAct.ts'
import { readOffice, type Context, type SignedIn } from '../../core/context.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { makePaper } from '../../papers/rows/papers.ts'
import { queuePrint } from '../../papers/rows/printJobs.ts'
import type { WriteHandle } from '../../store/handle.ts'
import { findSlip, insertMove, insertSlip, nextSlip, receiveSlip } from './rows/events.ts'
import { updateStanding, type LetterRow } from './rows/letters.ts'
import { visibleLetter } from './seeLetter.ts'

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
  const again = (): Result<SlipView> => slipOr(findSlip(context.store.db, 'command_id', commandId))
  const asked = { numbers, service }
  return oneAct(context, who, { act: acts.lettersHandedOver, commandId, asked, again }, (db, begun) => {
    const letters: LetterRow[] = []
    for (const number of numbers) {
      const found = visibleLetter(context, who, number, db)
      if (!found.ok) return found
      if (found.value.state === 'cancelled') return err(faultOf('letter.cancelled', number))
      if (found.value.holder === service) return err(faultOf('letter.alreadyThere', number))
      letters.push(found.value)
    }
    const { authority, name, mail } = readOffice(context.store)
    const room = checkRoom([authority, name, mail?.services])
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
        printSlip({ context, paper }, db, { who, slipId, rank, service, letters, at, offset: begun.utcOffsetMinutes })
        return slipOr(findSlip(db, 'id', slipId))
      },
    })
  })
}

const slipOr = (slip: SlipView | undefined): Result<SlipView> =>
  slip === undefined ? err(faultOf('slip.unknown')) : ok(slip)

/** Whether a paper that lies about says the number of a letter and nothing else. */
export const isSilent = (level: number): boolean => level >= levelOf('confidential')

const printSlip = (
  { context, paper: { legible } }: Pick<Issuing, 'context' | 'paper'>,
  db: WriteHandle,
  slip: {
    readonly who: SignedIn
    readonly slipId: string
    readonly rank: number
    readonly service: string
    readonly letters: readonly LetterRow[]
    readonly at: string
    readonly offset: number
  },
): void => {
  const { authority, name, mail } = readOffice(context.store)
  const services = mail?.services ?? usualMail.services
  const id = slip.slipId as PaperId // newId makes UUIDs
  makePaper(db, {
    kind: 'mailSlip',
    id,
    subject: slip.slipId,
    number: `${context.counter}/${String(slip.rank)}`,
    facts: {
      counter: context.counter,
      at: slip.at,
      utcOffsetMinutes: slip.offset,
      agent: slip.who.code,
      authority,
      office: name,
      rank: slip.rank,
      service: services.find(({ code }) => code === slip.service)?.name ?? {
        fr: legible(slip.service),
        ar: legible(slip.service),
      },
      lines: slip.letters.map(({ number, level, letter }) => ({
        number,
        confidential: isSilent(level),
        party: isSilent(level) ? '' : legible(partyOf(letter)),
        subject: isSilent(level) ? '' : legible(letter.subject),
        pieces: letter.enclosures.reduce((sum, { count }) => sum + count, 1),
      })),
    },
    at: slip.at,
  })
  queuePrint(db, { id: context.newId() as PrintJobId, paperId: id, at: slip.at }) // newId makes UUIDs
}

/** Who wrote an arrival, who is written to by a departure. */
export const partyOf = ({ register, sender, recipients }: LetterRow['letter']): string =>
  register === 'departure' && recipients.length > 0 ? recipients.map(({ name }) => name).join(' · ') : sender.name

/** A slip came back signed. Faults: slip.unknown, slip.received, those of `oneAct`. */
export function receiveBack(
  context: Context,
  who: SignedIn,
  { commandId, slipId, by }: { readonly commandId: CommandId; readonly slipId: string; readonly by: string },
): Result<SlipView> {
  const again = (): Result<SlipView> => slipOr(findSlip(context.store.db, 'receipt_id', commandId))
  return oneAct(context, who, { act: acts.slipReceived, commandId, asked: { slipId, by }, again }, (db, { moment }) => {
    const slip = findSlip(db, 'id', slipId)
    if (slip === undefined) return err(faultOf('slip.unknown'))
    if (slip.received !== undefined) return err(faultOf('slip.received'))
    return ok({
      subject: slipId,
      body: { slip: slip.rank },
      data: () => ({ slipId, by, agent: who.code }),
      keep: () => {
        receiveSlip(db, { slipId, by, at: moment.at, commandId })
        return slipOr(findSlip(db, 'id', slipId))
      },
    })
  })
}
