import type { CorrectionView } from '#shared/contract/views.ts'
import { lastDay } from '#shared/domain/deadline.ts'
import type { Identity } from '#shared/domain/identity.ts'
import { extractOf } from '#shared/domain/identityExtract.ts'
import { assess, type RequestDraft } from '#shared/domain/request.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { findProcedure } from '../store/procedures.ts'
import { findDepositByCommand } from '../store/requests.ts'
import { attachedFiles } from './attachedFiles.ts'
import { officeDay, readHolidays, readOffice, type Context, type SignedIn } from './context.ts'
import { repairAct, type RepairOrder } from './repairAct.ts'

/** A deposit filled in anew; `identity` when what was sent of the citizen is wrong. */
export interface CorrectionOrder extends RepairOrder {
  readonly draft: RequestDraft
  readonly identity?: Identity | undefined
}

/**
 * Corrects a refused deposit by a new act that carries it whole, under its old number; its clock still runs from the day of the deposit.
 * Faults: procedure.unknown, request.invalid, attachment.unknown, and those of `repairAct`.
 */
export const correctRequest = (context: Context, who: SignedIn, order: CorrectionOrder): Result<CorrectionView> =>
  repairAct(context, who, order, 'corrected', (db) => {
    const { draft, identity, reason } = order
    const sheet = findProcedure(db, draft.procedure, draft.procedureVersion)
    if (sheet === undefined) return err(faultOf('procedure.unknown', `${draft.procedure} ${draft.procedureVersion}`))
    const { complete, unknown } = assess(sheet, draft.pieces)
    if (unknown.length > 0) return err(faultOf('request.invalid', `unknown pieces: ${unknown.join(', ')}`))
    const files = attachedFiles(db, draft)
    if (!files.ok) return files
    const deposit = findDepositByCommand(db, order.act as CommandId) // an act's id is that of its command
    if (deposit === undefined) return err(faultOf('request.unknown'))
    const { day } = officeDay(readOffice(context.store), new Date(deposit.depositedAt))
    const delay = complete ? sheet.delay : { days: sheet.completionDays, unit: 'calendar' as const }
    return ok({
      draft,
      data: {
        procedure: { code: sheet.code, version: sheet.version },
        complete,
        lastDay: lastDay(day, delay, readHolidays(context.store)),
        pieces: draft.pieces.map((line) => ({ ...line })),
        attachments: files.value.map((file) => ({ ...file })),
        capacity: draft.capacity,
        language: draft.language,
        fee: draft.fee ?? { centimes: sheet.fee.centimes },
        represented: draft.represented,
        note: draft.note,
        ...(identity === undefined ? {} : { citizen: extractOf(identity), source: { kind: 'typed', reason: 'other', note: reason } }),
      },
    })
  })
