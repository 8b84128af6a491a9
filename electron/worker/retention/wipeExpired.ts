import type { RetentionView, WipeView } from '#shared/contract/features/personalData/calls.ts'
import { retentionRules, termOf, wipedKinds, type RetentionTerms, type WipedKind } from '#shared/domain/retention.ts'
import { ok, type Result } from '#shared/result.ts'
import { dropBackups, listBackups } from '../upkeep/backups.ts'
import type { WriteHandle } from '../store/handle.ts'
import { newestOfKind } from '../journal/rows/journalRows.ts'
import { owe } from '../store/rebuild.ts'
import { readLimits } from '../store/settings.ts'
import { dueOf, heldOf, heldSince, wipeItem, type RowKind } from './rows/wiping.ts'
import type { Context } from '../core/context.ts'
import { countsIn } from './personalCounts.ts'

/** The kind of the journal's links that say what was wiped. */
export const wipeKind = 'personalData.wiped'

/** Items of one transaction: short enough that an agent at work does not feel it. */
const batch = 200
const day = 86_400_000

/** In the order of wiping: a draft goes before the files that only it needed. */
export const rowKinds = wipedKinds.filter((kind): kind is RowKind => kind !== 'backup')

/**
 * Wipes what is past its term, kind by kind in short transactions, each with a journal link that says how many of what
 * kind and never
 * whom. Nothing that the platform does not hold is touched, and nothing at all in quarantine. What was wiped is gone
 * from the log of the
 * file too when this returns; `rebuildOwed` takes the rest, and old copies of the register follow by their own term.
 * Faults: those of `Tx`.
 * @param signal ends it between two transactions
 */
export async function wipeExpired(
  context: Context,
  dataDir: string,
  signal?: AbortSignal,
): Promise<Result<readonly { readonly kind: WipedKind; readonly count: number }[]>> {
  const { store, clock } = context
  if (store.readOnlyReason() !== undefined) return ok([])
  const now = clock.now()
  const terms = readLimits(store.db).retention
  const wiped: { kind: WipedKind; count: number }[] = []
  for (const kind of rowKinds) {
    const done = await wipeKindWhole(context, kind, cutOf(kind, terms, now), now, signal)
    if (!done.ok) return done
    if (done.value > 0) wiped.push({ kind, count: done.value })
  }
  if (signal?.aborted === true) return ok(wiped)
  if (wiped.length > 0) store.checkpoint()
  const copies = await dropBackups(dataDir, cutOf('backup', terms, now))
  if (copies > 0) {
    const noted = store.tx((db) => ok(noteWiped(context, db, [{ kind: 'backup', count: copies }])))
    if (!noted.ok) return noted
    wiped.push({ kind: 'backup', count: copies })
  }
  return ok(wiped)
}

/** What began before this instant is past its term. A clock that was set back wipes less, never more. */
const cutOf = (kind: WipedKind, terms: RetentionTerms, now: Date): string =>
  new Date(now.getTime() - termOf(kind, terms) * day).toISOString()

const wipeKindWhole = async (
  context: Context,
  kind: RowKind,
  cut: string,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<Result<number>> => {
  for (let all = 0; ;) {
    // Whoever waits for an answer comes first.
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    if (signal?.aborted === true) return ok(all)
    const done = context.store.tx((db) => {
      const ids = dueOf(db, kind, cut, batch)
      for (const id of ids) wipeItem[kind](db, id, now.toISOString(), context.store.files)
      if (ids.length > 0) {
        noteWiped(context, db, [{ kind, count: ids.length }])
        owe(db)
      }
      return ok(ids.length)
    })
    if (!done.ok) return done
    all += done.value
    if (done.value < batch) return ok(all)
  }
}

const noteWiped = (
  { journal, counter }: Context,
  db: WriteHandle,
  wiped: readonly { kind: WipedKind; count: number }[],
): void => {
  journal.append(db, {
    actor: 'counter',
    kind: wipeKind,
    subject: counter,
    body: { wiped: wiped.map((one) => ({ ...one })) },
  })
}

/** The retention table as it stands: terms in force, what is held, what ends next, and what the last wiping took. */
export function viewRetention(
  { store }: Pick<Context, 'store'>,
  dataDir: string,
): { kinds: RetentionView[]; last?: WipeView } {
  const terms = readLimits(store.db).retention
  const newest = newestOfKind(store.db, wipeKind)
  return {
    kinds: wipedKinds.map((kind) => ({
      kind,
      days: termOf(kind, terms),
      set: terms[kind] !== undefined && terms[kind] !== retentionRules[kind].days,
      ...standing(store.db, kind, dataDir, termOf(kind, terms)),
    })),
    ...(newest === undefined ? {} : { last: { at: newest.at, wiped: [...countsIn(newest.body, 'wiped')] } }),
  }
}

const standing = (
  db: Context['store']['db'],
  kind: WipedKind,
  dataDir: string,
  days: number,
): Pick<RetentionView, 'held' | 'next'> => {
  const copies = kind === 'backup' ? listBackups(dataDir).map((one) => one.at) : []
  const { count, oldest } =
    kind === 'backup' ? { count: copies.length, oldest: copies.at(-1) ?? null } : heldOf(db, kind)
  if (oldest === null) return { held: count }
  const same =
    kind === 'backup'
      ? copies.filter((at) => at.slice(0, 10) === oldest.slice(0, 10)).length
      : heldSince(db, kind, oldest.slice(0, 10))
  return {
    held: count,
    next: { at: new Date(Date.parse(oldest) + days * day).toISOString(), count: Math.max(1, same) },
  }
}
