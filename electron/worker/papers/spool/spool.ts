import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import type { PaperId, PrintJobId } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Medium, Printer } from '#shared/ports/printer.ts'
import type { Result } from '#shared/result.ts'
import { createBackground, type Background } from '../../core/background.ts'
import { sqliteFault } from '../../store/sqliteFault.ts'
import { createFollower, type FollowTiming } from './follow.ts'
import type { PaperBytes, PaperRenderer, SpoolChange, SpoolJob, SpoolStore } from './ports.ts'
import { createPaperPdf } from './paperPdf.ts'
import { submitJob, type SpoolStep } from './submit.ts'

/** Turns queued print jobs into paper and records what came of each. */
export interface Spool {
  /** A job was queued, a printer chosen, a device came back: look again now. */
  readonly wake: () => void
  /** The one PDF of a paper, made now if it has none yet. Faults: see `createPaperPdf`. */
  pdf(paperId: PaperId): Promise<Result<PaperBytes>>
  /** Lets the running step end; jobs at a printer are followed again after the next start. */
  close(): Promise<void>
}

export interface SpoolTiming extends FollowTiming {
  /**
   * Waits before handing over again a job of which nothing was sent: doubled from the first to the second, in
   * milliseconds.
   */
  readonly retryMs: readonly [least: number, most: number]
}

const usual: SpoolTiming = {
  quickMs: 250,
  slowMs: 1_000,
  youngMs: 5_000,
  giveUpMs: 180_000,
  missesBorne: 3,
  retryMs: [1_000, 60_000],
}

/**
 * Starts the spool and returns at once. One job of ours is at a printer at a time; the next is handed over when it has
 * ended, oldest first on each medium, so that it can still go to another printer; a medium whose printer stands still
 * holds back no other. Nothing is ever submitted twice: what cannot be known becomes `unknown`, and the agent is asked.
 */
export function openSpool(parts: {
  readonly store: SpoolStore
  readonly paper: PaperRenderer
  readonly printer: Printer
  readonly clock: Clock
  /** Called for each step that is on disk, before the next one: paper leaves after the step that announces it. */
  readonly onChange: (view: PrintJobView) => void
  readonly timing?: SpoolTiming
  /** Where a round that throws is told, and begun again; absent: nowhere, and begun again all the same. */
  readonly background?: Background
}): Spool {
  const { store, paper, printer, clock, onChange, timing = usual } = parts
  const background = parts.background ?? createBackground({ clock, log: () => undefined })
  const pdf = createPaperPdf(store, paper)
  const follower = createFollower(printer, () => clock.monotonic(), timing)
  /**
   * Changes that the register could not take (a full disk): they happened, so they are written before anything else.
   */
  const unsaved = new Map<PrintJobId, SpoolChange>()
  let closed = false
  /** When the next handing over is due, on the monotonic clock: never, until a job is queued or a printer gets free. */
  let handOverAt = 0
  let blockedTimes = 0
  let rouse = (): void => undefined

  const stamped = (step: SpoolStep): SpoolChange => ({ ...step, at: clock.now().toISOString() })
  const write = (printJobId: PrintJobId, change: SpoolChange): Result<PrintJobView> => {
    const recorded = store.record(printJobId, change)
    if (recorded.ok) onChange(recorded.value)
    return recorded
  }
  /** Whether the register owes nothing any more: a job that somebody else ended stays as he left it. */
  const settled = (written: Result<PrintJobView>): boolean => written.ok || written.fault.code === 'receipt.unknown'
  const record = (job: SpoolJob, step: SpoolStep): void => {
    const change = stamped(step)
    if (!settled(write(job.printJobId, change))) unsaved.set(job.printJobId, change)
    if (!ended.has(step.state)) return
    follower.forget(job.printJobId)
    handOverAt = 0
  }
  const flushUnsaved = (): void => {
    for (const [printJobId, change] of unsaved) {
      if (!settled(write(printJobId, change))) continue
      unsaved.delete(printJobId)
      handOverAt = 0
    }
  }
  /** Jobs that have not ended and of which everything is written down. */
  const open = (): readonly SpoolJob[] => {
    const unfinished = store.unfinished()
    return unfinished.ok ? unfinished.value.filter((job) => !unsaved.has(job.printJobId)) : []
  }

  const follow = async (): Promise<void> => {
    for (const job of open().filter(isHeld)) {
      if (closed || follower.dueAt(job) > clock.monotonic()) continue
      const change = await follower.ask(job)
      if (change !== undefined) record(job, change)
    }
  }

  const handOver = async (): Promise<void> => {
    if (handOverAt > clock.monotonic()) return
    handOverAt = Infinity
    let blocked = false
    const standing = new Set<Medium>()
    for (const job of open().filter((one) => !isHeld(one))) {
      if (closed) return
      if (standing.has(job.medium)) continue
      const attempt = await submitJob(
        {
          store,
          paper,
          printer,
          pdf,
          record,
          announce: (about, step) => write(about.printJobId, stamped(step)).ok,
          isBusy: (name) => open().some((one) => isHeld(one) && one.printer === name),
        },
        job,
      )
      if (attempt === 'sent') blockedTimes = 0
      if (attempt === 'later') {
        handOverAt = clock.monotonic() + timing.slowMs
        break
      }
      blocked ||= attempt === 'blockedOne' || attempt === 'blockedAll'
      if (attempt !== 'ended' && attempt !== 'blockedOne') standing.add(job.medium)
    }
    if (!blocked) return
    const [least, most] = timing.retryMs
    handOverAt = Math.min(handOverAt, clock.monotonic() + Math.min(most, least * 2 ** blockedTimes))
    blockedTimes = Math.min(blockedTimes + 1, 20)
  }

  const settleInterrupted = (): void => {
    for (const job of open()) {
      if (job.state === 'submitting')
        record(job, { state: 'unknown', printer: job.printer, reasons: ['interrupted'], message: '' })
    }
  }

  /** How long nothing will be due, in milliseconds. */
  const pause = (): number => {
    if (!store.unfinished().ok) return timing.slowMs
    const now = clock.monotonic()
    const jobs = open()
    const due = [
      ...jobs.filter(isHeld).map((job) => follower.dueAt(job)),
      ...(jobs.some((job) => !isHeld(job)) ? [handOverAt] : []),
      ...(unsaved.size > 0 ? [now + timing.slowMs] : []),
    ]
    return Math.max(0, Math.min(Infinity, ...due) - now)
  }

  /**
   * One round; returns how long to rest. A page of the register that cannot be read costs paper, not the whole counter.
   */
  const turn = async (): Promise<number> => {
    try {
      flushUnsaved()
      // Every step ends with a job out of this state: one found in it was cut short, now or before a crash.
      settleInterrupted()
      await follow()
      await handOver()
      return pause()
    } catch (cause) {
      if (sqliteFault(cause) === undefined) throw cause
      return timing.retryMs[1]
    }
  }
  const run = async (well: () => void): Promise<void> => {
    while (!closed) {
      let roused = false
      rouse = () => {
        roused = true
      }
      const rest = await turn()
      well()
      if (!closed && !roused)
        await new Promise<void>((resolve) => {
          rouse = sleep(rest, resolve)
        })
    }
  }
  const running = background.start('print', ({ well }) => run(well), { backoff: timing.retryMs })

  return {
    wake: () => {
      handOverAt = 0
      blockedTimes = 0
      rouse()
    },
    pdf,
    close: async () => {
      closed = true
      rouse()
      await running.close()
    },
  }
}

const ended: ReadonlySet<SpoolChange['state']> = new Set(['printed', 'failed', 'unknown'])

const isHeld = (job: SpoolJob): job is SpoolJob & { readonly spoolerJob: string } => job.spoolerJob !== undefined

/** Calls back after a while, or at once when the returned function is called. `Infinity` waits for that call alone. */
function sleep(ms: number, done: () => void): () => void {
  const timer = Number.isFinite(ms) ? setTimeout(done, ms) : undefined
  return () => {
    clearTimeout(timer)
    done()
  }
}
