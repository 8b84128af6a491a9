import { acts } from '#shared/contract/acts.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oneAct } from '../../acts/oneAct.ts'
import type { RollbackGuard } from '../../journal/rollbackGuard.ts'
import type { Outbox } from '../../outbox/ports.ts'
import { markUnfinishedUnknown } from '../../papers/rows/printJobs.ts'
import { applyReadOnly, currentSeries, openNextSeries, standingQuarantine } from '../../store/quarantine.ts'
import type { Context, SignedIn } from '../../core/context.ts'

/**
 * The way out of quarantine: closes the series of numbers and opens the next one, under the name of who decides and in
 * the
 * journal, so that no number that was given and lost is ever given again. Where a platform is configured it is asked
 * first: what
 * it holds keeps its place. A register that is sound answers its series.
 * Faults: those of the link, when the platform cannot be asked; those of `oneAct`; register.readOnly (the mark outside).
 */
export async function renewSeries(
  context: Context,
  who: SignedIn,
  { reason }: { readonly reason: string },
  around: { readonly rollbackGuard: RollbackGuard; readonly outbox: Outbox },
): Promise<Result<{ series: number }>> {
  const { store, counter } = context
  const missing = standingQuarantine(store.db)
  if (missing === undefined) return ok({ series: currentSeries(store.db) })
  const asked = await askedPlatform(around.outbox)
  if (!asked.ok) return asked
  const order = {
    act: acts.seriesClosed,
    commandId: context.newId() as CommandId, // newId makes UUIDs
    asked: { reason },
    // The id is made here, so that nobody can ask again under it: a register that is sound answers its series above.
    again: () => err(faultOf('command.reused')),
    inQuarantine: true as const,
  }
  const renewed = oneAct(context, who, order, (db, { moment }) => {
    const series = openNextSeries(db)
    markUnfinishedUnknown(db, moment.at)
    const { lost } = around.rollbackGuard
    const said = { closed: series - 1, opened: series, reason, ...missing }
    return ok({
      subject: counter,
      body: { ...said, ...(lost === undefined ? {} : { lostSeq: lost.seq, lostHash: lost.hash }) },
      data: () => ({ ...said, agent: who.code }),
      keep: ({ link }) => ok({ series, link }),
    })
  })
  if (!renewed.ok) return renewed
  // Acts are taken again only when the next start will accept this journal.
  const marked = around.rollbackGuard.restart(renewed.value.link)
  if (!marked.ok) return marked
  applyReadOnly(store)
  return ok({ series: renewed.value.series })
}

/** A first turn may find that the register is behind and fetch what it lost; the second must find nothing more. */
const askedPlatform = async (outbox: Outbox): Promise<Result<void>> => {
  if (outbox.status().link === 'notConfigured') return ok(undefined)
  const first = await outbox.drain()
  const last = first.fault?.code === 'platform.gap' ? await outbox.drain() : first
  return last.fault === undefined ? ok(undefined) : err(last.fault)
}
