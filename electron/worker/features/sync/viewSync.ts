import type { BudgetLine, SyncView } from '#shared/contract/features/sync/calls.ts'
import { aheadLimit, type ClockDoubt } from '#shared/domain/clock/guard.ts'
import { day, hour, minute } from '#shared/domain/clock/units.ts'
import { budgetState, type Limits } from '#shared/domain/limits.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { LinkState, OutboxStatus } from '../../outbox/ports.ts'
import type { Background, FailingTask } from '../../core/background.ts'
import type { Journal } from '../../journal/journal.ts'
import { findAccount } from '../../core/rows/accounts.ts'
import type { Maintenance } from '../../upkeep/maintenance.ts'
import type { Store } from '../../store/open.ts'
import { readLink } from '../../outbox/rows/link.ts'
import { readLimits } from '../../store/settings.ts'
import type { SignedIn } from '../../core/context.ts'

/**
 * What the budget is made of besides the link. Instants are UTC; `createdAt` is where a counter that never met its
 * platform begins.
 */
export interface Standing {
  readonly now: Date
  readonly createdAt: string
  readonly limits: Limits
  readonly skewMs: number | undefined
  /** When the account of whoever is signed in ends. */
  readonly accountUntil: string | undefined
  readonly disk: { readonly free: number; readonly alarm: number; readonly refusal: number }
  readonly backupAt: string | undefined
  readonly checkedAt: string | undefined
  /** Nobody introduced this device yet, or the platform revoked it. */
  readonly outside: { readonly since: string; readonly revoked: boolean } | undefined
  /** When sheets, accounts and calendars were last asked for. */
  readonly referenceAt: string | undefined
  /** What is doubtful about the wall clock. */
  readonly clockDoubt: ClockDoubt | undefined
  /** Background tasks that do not work now. */
  readonly failing: readonly FailingTask[]
}

/** Without a backup for this long something keeps it from being made: the counter is switched off at night. */
const backupLimit = 7 * day
/** Checked once a day while the counter works; for longer than this it was never on for a minute. */
const checkLimit = 7 * day
/** A task that has failed for this long does not mend itself. */
const failingLimit = hour

/** Gathers it from the register and from what looks after its file. */
export const standingOf = ({
  store,
  journal,
  clock,
  maintenance,
  createdAt,
  who,
  background,
}: {
  readonly store: Store
  readonly journal: Pick<Journal, 'clockDoubt'>
  readonly clock: Clock
  readonly maintenance: Maintenance
  readonly createdAt: string
  readonly who: SignedIn | undefined
  readonly background: Pick<Background, 'failing'>
}): Standing => ({
  now: clock.now(),
  createdAt,
  limits: readLimits(store.db),
  skewMs: readLink(store.db).skewMs,
  accountUntil: who === undefined ? undefined : findAccount(store.db, who.view.login)?.validUntil,
  disk: {
    free: maintenance.disk.free(),
    alarm: maintenance.disk.limits.alarm,
    refusal: maintenance.disk.limits.refusal,
  },
  backupAt: maintenance.backup().at,
  checkedAt: maintenance.checked(),
  outside: outsideOf(readLink(store.db), createdAt),
  referenceAt: readLink(store.db).referenceAt,
  clockDoubt: journal.clockDoubt(),
  failing: background.failing(),
})

/**
 * The link as the screens show it, with what is used of the offline budget: each line with its limit and whether it
 * warns.
 */
export function viewSync(status: OutboxStatus, standing: Standing): SyncView {
  const { now, limits } = standing
  const since = (instant: string): number => Math.max(0, now.getTime() - Date.parse(instant))
  const usedMs = status.link === 'online' ? 0 : since(status.lastSyncAt ?? standing.createdAt)
  const line = (kind: BudgetLine['kind'], used: number, limit: number): BudgetLine => ({
    kind,
    used,
    limit,
    state: budgetState(used, limit),
  })
  const lines: BudgetLine[] = [
    line('alone', usedMs, limits.aloneDays * day),
    ...(standing.outside === undefined || status.link === 'notConfigured'
      ? []
      : [outsideLine(since(standing.outside.since), standing.outside.revoked, limits.aloneDays * day)]),
    line('pending', status.pending, limits.pendingActs),
    line('oldest', status.oldestPendingAt === undefined ? 0 : since(status.oldestPendingAt), limits.oldestHours * hour),
    diskLine(standing.disk),
    ...(standing.accountUntil === undefined
      ? []
      : [accountLine(Date.parse(standing.accountUntil) - now.getTime(), limits.accountDays * day)]),
    ...(standing.skewMs === undefined ? [] : [line('clock', Math.abs(standing.skewMs), limits.clockMinutes * minute)]),
    line('reference', since(standing.referenceAt ?? standing.createdAt), limits.referenceDays * day),
    line('backup', since(standing.backupAt ?? standing.createdAt), backupLimit),
    line('check', since(standing.checkedAt ?? standing.createdAt), checkLimit),
    ...clockLines(standing.clockDoubt, limits),
    ...standing.failing.map((task) => failingLine(task, now)),
  ]
  return { ...status, budget: { days: limits.aloneDays, usedMs, lines } }
}

const outsideOf = ({ enrolledAt, revokedAt }: LinkState, createdAt: string): Standing['outside'] =>
  revokedAt !== undefined
    ? { since: revokedAt, revoked: true }
    : enrolledAt === undefined
      ? { since: createdAt, revoked: false }
      : undefined

/** A device that is not enrolled works on alone, one that was revoked does not. */
const outsideLine = (used: number, revoked: boolean, limit: number): BudgetLine => ({
  kind: 'device',
  used,
  limit,
  state: revoked || used >= limit ? 'over' : 'warn',
})

/** What is left counts, not what is used: `limit` is where the alarm begins. */
const diskLine = ({ free, alarm, refusal }: Standing['disk']): BudgetLine => ({
  kind: 'disk',
  used: Number.isFinite(free) ? free : Number.MAX_SAFE_INTEGER,
  limit: alarm,
  state: free < refusal * 2 ? 'over' : free < alarm ? 'warn' : 'fine',
})

const accountLine = (left: number, warning: number): BudgetLine => ({
  kind: 'account',
  used: left,
  limit: warning,
  state: left <= 0 ? 'over' : left < warning ? 'warn' : 'fine',
})

const failingLine = ({ task, since }: FailingTask, now: Date): BudgetLine => {
  const used = Math.max(0, now.getTime() - since.getTime())
  return { kind: 'background', task, used, limit: failingLimit, state: used >= failingLimit ? 'over' : 'warn' }
}

const doubtKinds = { ahead: 'clockAhead', behind: 'clockBehind', hour: 'clockHour' } as const

/** A clock that stands behind by less than the limit is flagged on each act and otherwise let be. */
const clockLines = (doubt: ClockDoubt | undefined, limits: Limits): readonly BudgetLine[] => {
  const least = { ahead: aheadLimit, behind: limits.clockBackMinutes * minute, hour }
  if (doubt === undefined || (doubt.kind === 'behind' && doubt.ms <= least.behind)) return []
  return [{ kind: doubtKinds[doubt.kind], used: doubt.ms, limit: least[doubt.kind], state: 'over' }]
}
