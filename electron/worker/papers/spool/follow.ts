import type { PrintJobId } from '#shared/ids.ts'
import type { PaperOutcome, Printer } from '#shared/ports/printer.ts'
import type { SpoolJob } from './ports.ts'
import type { SpoolStep } from './submit.ts'

/** How often a printer is asked, and how long silence is borne, in milliseconds. */
export interface FollowTiming {
  /** Between two questions about a young job, and about one that is at it for longer than `youngMs`. */
  readonly quickMs: number
  readonly slowMs: number
  readonly youngMs: number
  /** Without any news for so long, only the agent can tell: the job becomes unknown. */
  readonly giveUpMs: number
  /** So many questions in a row must fail before the agent is told: a restart of the devices host is no news. */
  readonly missesBorne: number
}

interface Followed {
  seen: string
  since: number
  readonly from: number
  misses: number
  dueAt: number
}

/** Asks printers what became of the jobs they hold. */
export interface Follower {
  /** When the job is to be asked about next, on the monotonic clock; 0 for one not seen before. */
  dueAt(job: SpoolJob): number
  /** Asks once; the change to record, if there is one. */
  ask(job: SpoolJob & { readonly spoolerJob: string }): Promise<SpoolStep | undefined>
  forget(printJobId: PrintJobId): void
}

/** Keeps in memory what was last said of each job, so that only changes are recorded. */
export function createFollower(printer: Printer, monotonic: () => number, timing: FollowTiming): Follower {
  const followed = new Map<PrintJobId, Followed>()

  const of = (job: SpoolJob): Followed => {
    const now = monotonic()
    const known = followed.get(job.printJobId) ?? {
      seen: keyOf(job.state, job.reasons),
      since: now,
      from: now,
      misses: 0,
      dueAt: 0,
    }
    followed.set(job.printJobId, known)
    return known
  }

  return {
    dueAt: (job) => followed.get(job.printJobId)?.dueAt ?? 0,
    ask: async (job) => {
      const known = of(job)
      const answer = await printer.outcome({ printer: job.printer, spoolerJob: job.spoolerJob })
      const now = monotonic()
      known.dueAt = now + (now - known.from < timing.youngMs ? timing.quickMs : timing.slowMs)
      known.misses = answer.ok ? 0 : known.misses + 1
      if (!answer.ok && known.misses < timing.missesBorne) return undefined
      const outcome: PaperOutcome = answer.ok
        ? answer.value
        : { state: 'blocked', reasons: [answer.fault.code], message: '' }
      const reasons = outcome.state === 'blocked' || outcome.state === 'failed' ? outcome.reasons : []
      const message = 'message' in outcome ? outcome.message : ''
      const key = keyOf(outcome.state, reasons)
      if (key !== known.seen) {
        known.seen = key
        known.since = now
        return { state: outcome.state, printer: job.printer, reasons, message }
      }
      const silent = (outcome.state === 'sent' || outcome.state === 'printing') && now - known.since >= timing.giveUpMs
      return silent ? { state: 'unknown', printer: job.printer, reasons: ['timed-out'], message: '' } : undefined
    },
    forget: (printJobId) => {
      followed.delete(printJobId)
    },
  }
}

const keyOf = (state: string, reasons: readonly string[]): string => [state, ...reasons].join(' ')
