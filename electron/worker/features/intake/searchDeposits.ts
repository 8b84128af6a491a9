import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { soughtDeposit, type SoughtDeposit } from '#shared/domain/request/soughtDeposit.ts'
import { ok, type Result } from '#shared/result.ts'
import { officeDay, readOffice, type Context, type SignedIn } from '../../core/context.ts'
import { recordFound } from '../../core/recordAccess.ts'
import { letterLevel } from '../../core/deposit/letterServed.ts'
import { requestsOfLetterNumber } from '../../core/rows/letterRequests.ts'
import { findRequestsOf } from '../../core/rows/people.ts'
import { depositsByIds, depositsOfDay, findDepositByNumber, findDepositByRank } from '../../core/rows/requests.ts'
import type { ReadHandle } from '../../store/handle.ts'

/** Found deposits are read at a glance; whoever finds more says more. */
const most = 20

/**
 * Deposits of this register by number, its end, the number of the letter that asked for it (as far as he may see that),
 * day, document or whole name, newest first. Whoever is found is entered in the access log, once in a session: the palette
 * asks again with every letter. Faults: those of `Tx`.
 */
export function searchDeposits(
  context: Context,
  who: SignedIn,
  words: string,
): Result<{ deposits: DepositView[]; more: boolean }> {
  const { day } = officeDay(readOffice(context.store), context.clock.now())
  const found = lookUp(context.store.db, soughtDeposit(words, day), {
    year: Number(day.slice(0, 4)),
    level: letterLevel(context, who),
  })
  const deposits = found.slice(0, most)
  const recorded = recordFound(
    context,
    who,
    deposits.map((one) => one.requestId),
  )
  return recorded.ok ? ok({ deposits, more: found.length > most }) : recorded
}

function lookUp(
  db: ReadHandle,
  sought: SoughtDeposit,
  { year, level }: { readonly year: number; readonly level: number },
): readonly DepositView[] {
  if (sought.number !== undefined) {
    const deposit = findDepositByNumber(db, sought.number)
    if (deposit !== undefined) return [deposit]
    return depositsByIds(db, requestsOfLetterNumber(db, sought.number, level).slice(0, most + 1))
  }
  if (sought.day !== undefined) return depositsOfDay(db, sought.day)
  const ids = [
    ...(sought.document === undefined ? [] : findRequestsOf(db, { document: sought.document }, most + 1)),
    ...sought.names.flatMap((name) => findRequestsOf(db, { name }, most + 1)),
  ]
  const byRank = sought.rank === undefined ? [] : single(findDepositByRank(db, year, sought.rank))
  const others = depositsByIds(db, [...new Set(ids)].slice(0, most + 1))
  return [...byRank, ...others.filter((one) => one.requestId !== byRank[0]?.requestId)]
}

const single = <T>(one: T | undefined): readonly T[] => (one === undefined ? [] : [one])
