import { citizenFacts, depositFacts } from '#shared/domain/request/deposit.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { ReceiptId, RequestId } from '#shared/ids.ts'
import { err, type Result } from '#shared/result.ts'
import { findProcedure } from '../rows/procedures.ts'
import { readHolidays } from '../rows/reference.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../context.ts'

/** Who is served, by whom, for what. */
export interface Asked {
  readonly citizen: IdentityView
  readonly draft: RequestDraft
  readonly who: SignedIn
  readonly training: boolean
}

/**
 * What the receipt would say at an instant (UTC), without its number. Faults: procedure.unknown, request.invalid.
 */
export function buildDeposit(
  context: Context,
  { citizen, draft, who, training }: Asked,
  at: string,
): Result<Omit<ReceiptFacts, 'number'>> {
  const sheet = findProcedure(context.store.db, draft.procedure, draft.procedureVersion)
  if (sheet === undefined) return err(faultOf('procedure.unknown', `${draft.procedure} ${draft.procedureVersion}`))
  const office = readOffice(context.store)
  return depositFacts({
    // newId makes UUIDs
    receiptId: context.newId() as ReceiptId,
    requestId: context.newId() as RequestId,
    at,
    ...officeDay(office, new Date(at)),
    counter: context.counter,
    office,
    holidays: readHolidays(context.store.db),
    sheet,
    draft,
    citizen: citizenFacts(citizen.identity, citizen.source),
    agent: { name: who.view.name, code: who.code },
    specimen: training || (citizen.source.kind === 'card' && citizen.source.simulated),
  })
}
