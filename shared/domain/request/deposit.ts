import { faultOf } from '../../fault.ts'
import type { CounterId, ReceiptId, RequestId } from '../../ids.ts'
import { err, ok, type Result } from '../../result.ts'
import { lastDay, type Holidays } from '../clock/deadline.ts'
import type { Identity, IdentitySource } from '../identity/identity.ts'
import { maskedIdentifier } from '../identity/identityExtract.ts'
import type { OfficeSeed } from '../office.ts'
import type { Piece, Procedure } from './procedure.ts'
import type { ReceiptFacts } from '../receipt/receipt.ts'
import { assess, type PieceState, type RequestDraft } from './request.ts'

/**
 * All that decides what a receipt says. `at` is a UTC instant, `day` the ISO date on the office's wall at that instant,
 * by `utcOffsetMinutes`.
 */
export interface Deposit {
  readonly receiptId: ReceiptId
  readonly requestId: RequestId
  readonly at: string
  readonly day: string
  readonly utcOffsetMinutes: number
  readonly counter: CounterId
  readonly office: OfficeSeed
  readonly holidays: Holidays
  readonly sheet: Procedure
  readonly draft: RequestDraft
  readonly citizen: ReceiptFacts['citizen']
  readonly agent: { readonly name: string; readonly code: string }
  /** Training paper, or a simulated card. */
  readonly specimen: boolean
  /** What was brought later; its pieces are in the draft already. */
  readonly complement?: Complement | undefined
}

/** A complement as a receipt states it. */
export interface Complement extends NonNullable<ReceiptFacts['complement']> {
  /** ISO date on the office's wall: the clock of the answer runs from the day on which the file is complete. */
  readonly day: string
  /** Codes of the pieces. */
  readonly pieces: readonly string[]
}

/** What a receipt says of who came. */
export function citizenFacts(person: Identity, source: IdentitySource): ReceiptFacts['citizen'] {
  const identifier = maskedIdentifier(person)
  return {
    familyName: person.familyName,
    givenNames: person.givenNames,
    ...(person.nativeName === undefined ? {} : { nativeName: person.nativeName }),
    ...(identifier === undefined ? {} : { identifier }),
    source: source.kind,
    ...(source.kind === 'typed' ? { typedReason: source.reason } : {}),
  }
}

/** What is wrong with a draft, as the names of its members; nothing when it may be deposited. */
function flawOf(sheet: Procedure, draft: RequestDraft, unknown: readonly string[]): string | undefined {
  if (unknown.length > 0) return `pieces: not on the sheet (${unknown.join(', ')})`
  if (new Set(draft.pieces.map((line) => line.code)).size !== draft.pieces.length) return 'pieces: twice'
  if (draft.capacity === 'representative' && (draft.represented ?? '').trim() === '') return 'represented: missing'
  if (draft.capacity === 'self' && draft.represented !== undefined) return 'represented: without a mandate'
  if (draft.procedure !== sheet.code || draft.procedureVersion !== sheet.version) return 'procedure: another sheet'
  // Nobody pays more than the sheet says (law 55-19: what is not published is not asked).
  if (draft.fee !== undefined && draft.fee.centimes > sheet.fee.centimes) return 'fee: more than the sheet says'
  return undefined
}

/** The paper asks for what the sheet demands: a piece that nobody must bring and nobody brought is not missing. */
const owed = (piece: Piece, state: PieceState): PieceState =>
  state === 'missing' && !piece.mandatory ? 'notApplicable' : state

/**
 * The facts of a receipt, without its number. A piece that the draft does not name was not brought. Fault:
 * request.invalid.
 */
export function depositFacts(deposit: Deposit): Result<Omit<ReceiptFacts, 'number'>> {
  const { sheet, draft, office, complement } = deposit
  const { complete, unknown } = assess(sheet, draft.pieces)
  const flaw = flawOf(sheet, draft, unknown)
  if (flaw !== undefined) return err(faultOf('request.invalid', flaw))
  const stateOf = new Map(draft.pieces.map((line) => [line.code, line.state]))
  const completion = {
    days: sheet.completionDays,
    lastDay: lastDay(deposit.day, { days: sheet.completionDays, unit: 'calendar' }, deposit.holidays),
  }
  return ok({
    receiptId: deposit.receiptId,
    requestId: deposit.requestId,
    counter: deposit.counter,
    authority: office.authority,
    office: office.name,
    depositedAt: deposit.at,
    zone: office.zone,
    utcOffsetMinutes: deposit.utcOffsetMinutes,
    citizen: deposit.citizen,
    capacity: draft.capacity,
    ...(draft.represented === undefined ? {} : { represented: draft.represented }),
    procedure: { code: sheet.code, version: sheet.version, title: sheet.title },
    pieces: sheet.pieces.map((piece) => ({
      label: piece.label,
      state: owed(piece, stateOf.get(piece.code) ?? 'missing'),
      ...(complement?.pieces.includes(piece.code) === true ? { added: true as const } : {}),
    })),
    complete,
    ...(complete
      ? {
          decision: {
            ...sheet.delay,
            lastDay: lastDay(complement?.day ?? deposit.day, sheet.delay, deposit.holidays),
            silence: sheet.silence,
          },
        }
      : { completion }),
    appeal: sheet.appeal,
    fee: {
      centimes: draft.fee?.centimes ?? sheet.fee.centimes,
      ...(draft.fee?.stampNumber === undefined ? {} : { stampNumber: draft.fee.stampNumber }),
    },
    agent: deposit.agent,
    language: draft.language,
    specimen: deposit.specimen,
    ...(complement === undefined ? {} : { complement: { at: complement.at, completes: complement.completes } }),
  })
}

/** The day that the clock of a receipt ends on: of the decision, or of the citizen's time to complete. */
export function lastDayOf(facts: Pick<ReceiptFacts, 'decision' | 'completion'>): string {
  const day = facts.decision?.lastDay ?? facts.completion?.lastDay
  if (day === undefined) throw new TypeError('a receipt has a decision or a completion')
  return day
}
