import type { ClosingView, DayStatus } from '#shared/contract/features/closing/calls.ts'
import type { JournalEntry, JournalVerdict } from '#shared/contract/features/journal/calls.ts'
import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { printerName } from './acts.ts'
import { demoId } from './ids.ts'
import type { DemoState } from './shape.ts'

type Answered = Pick<
  Handlers<Calls>,
  | 'day.status'
  | 'day.close'
  | 'day.reopen'
  | 'closing.pdf'
  | 'closing.print'
  | 'journal.page'
  | 'journal.proofs'
  | 'journal.verify'
  | 'journal.export'
  | 'journal.report'
>

const minute = 60_000
const kinds = [
  'request.deposited',
  'print.printed',
  'print.sent',
  'receipt.reprinted',
  'session.opened',
  'journal.anchored',
  'outbox.rejected',
  'day.closed',
] as const
const amounts = {
  issued: 23,
  incomplete: 4,
  cancelled: 1,
  corrected: 2,
  overridden: 0,
  reprinted: 3,
  feeCentimes: 161_000,
}

/** Hexadecimal that looks like a hash and is the same at each start. */
const hashOf = (n: number): Sha256 =>
  Array.from({ length: 64 }, (_, at) => ((n * 7919 + at * 104_729 + n * at) % 16).toString(16)).join('') as Sha256
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** A synthetic journal of one counter; `damaged` has a line that was changed. */
export function demoJournal(
  state: DemoState,
  walked: (progress: { done: number; total: number }) => void,
  changed: () => void,
  damaged: boolean,
): Answered {
  const now = new Date()
  const total = state.day.served === 0 ? 3 : 1_284
  const closings: ClosingView[] =
    state.day.served === 0
      ? []
      : [1, 2, 3, 4].map((ago) => closingOf(new Date(now.getTime() - ago * 86_400_000), 5 - ago, ago === 3))
  const entryAt = (seq: number): JournalEntry => {
    const kind = kinds[seq % kinds.length] ?? kinds[0]
    return {
      seq,
      at: new Date(now.getTime() - (total - seq) * 4 * minute).toISOString(),
      hlc: '',
      actor:
        kind.startsWith('print') || kind.startsWith('journal') || kind.startsWith('outbox')
          ? 'counter'
          : seq % 3 === 0
            ? 'CS-002'
            : 'AG-014',
      kind,
      subject: demoId.act(seq),
      body: {
        ...(kind === 'request.deposited' ? { number: demoId.number(now.getUTCFullYear(), seq) } : {}),
        ...(kind === 'receipt.reprinted' ? { reason: 'Perdu par l’usager' } : {}),
      },
      prev: hashOf(seq - 1),
      hash: hashOf(seq),
    }
  }
  const status = (day = dayOf(now)): DayStatus => {
    const closing = closings.find((one) => one.day === day)
    const served = state.day.served
    const earlier = damaged ? [dayOf(new Date(now.getTime() - 86_400_000))] : []
    return {
      today: dayOf(now),
      figures: {
        day,
        ...(served === 0
          ? {}
          : {
              numbers: {
                first: demoId.number(now.getUTCFullYear(), 129 - served),
                last: demoId.number(now.getUTCFullYear(), 128),
                missing: 0,
              },
            }),
        amounts:
          served === 0
            ? { issued: 0, incomplete: 0, cancelled: 0, corrected: 0, overridden: 0, reprinted: 0, feeCentimes: 0 }
            : { ...amounts, issued: served, incomplete: state.day.incomplete },
        procedures:
          served === 0
            ? []
            : state.day.deposits.slice(0, 3).map((one, at) => ({
                code: `P${String(at)}`,
                title: one.procedure,
                issued: Math.ceil(served / (at + 2)),
              })),
        open: {
          pending: state.sync.pending,
          refused: state.sync.refused,
          papers: state.jobs.filter((job) => job.state === 'blocked' || job.state === 'unknown').length,
        },
      },
      totals: {
        issued: 4_120 + served,
        incomplete: 512,
        cancelled: 37,
        corrected: 61,
        overridden: 4,
        reprinted: 148,
        feeCentimes: 28_840_000,
        days: 186,
      },
      obstacles:
        closing !== undefined && closing.reopened === undefined
          ? []
          : [
              ...(damaged ? [{ kind: 'earlierOpen' as const, blocks: true, day: earlier[0] ?? day }] : []),
              ...(state.sync.pending > 0
                ? [{ kind: 'pending' as const, blocks: false, count: state.sync.pending }]
                : []),
              ...(state.sync.refused > 0
                ? [{ kind: 'refused' as const, blocks: false, count: state.sync.refused }]
                : []),
              ...(damaged ? [{ kind: 'papers' as const, blocks: false, count: 4 }] : []),
            ],
      open: [...earlier, ...(served === 0 ? [] : [dayOf(now)])],
      ...(closing === undefined ? {} : { closing }),
    }
  }
  return {
    'day.status': ({ day }) => ok(status(day)),
    'day.close': ({ day }) => {
      if (damaged)
        return err(faultOf('day.earlierOpen', undefined, { day: dayOf(new Date(now.getTime() - 86_400_000)) }))
      closings.unshift(closingOf(now, closings.length + 1, false))
      state.jobs = [closingJob(day), ...state.jobs]
      changed()
      return ok(status(day))
    },
    'day.reopen': ({ day, reason }) => {
      const at = closings.findIndex((one) => one.day === day)
      const closing = closings[at]
      if (closing === undefined) return err(faultOf('day.notClosed'))
      closings[at] = {
        ...closing,
        reopened: { at: new Date().toISOString(), agent: 'CS-002', witness: 'AG-014', reason },
      }
      return ok(status(day))
    },
    'closing.pdf': () => err(faultOf('receipt.notReady')),
    'closing.print': () => ok(closingJob(dayOf(now))),
    'journal.page': ({ before = total + 1, limit, kind, actor, day }) => {
      const found: JournalEntry[] = []
      let seq = Math.min(before, total + 1) - 1
      for (; seq > 0 && found.length < limit; seq -= 1) {
        const entry = entryAt(seq)
        if (
          (kind === undefined || entry.kind === kind) &&
          (actor === undefined || entry.actor === actor) &&
          (day === undefined || dayOf(new Date(entry.at)) === day)
        )
          found.push(entry)
      }
      return ok({ entries: found, more: seq > 0 })
    },
    'journal.proofs': () =>
      ok({
        head: { seq: total, hash: hashOf(total) },
        actors: ['counter', 'AG-014', 'CS-002'],
        kinds: [...kinds].sort(),
        anchors: {
          count: 13,
          newest: { seq: total - 40, at: new Date(now.getTime() - 160 * minute).toISOString(), kid: 'n1kJ' },
        },
        heads:
          state.day.served === 0
            ? []
            : [0, 1, 2, 3, 4, 5].map((n) => ({
                series: 1,
                seq: total - n * 12,
                hash: hashOf(total - n * 12),
                at: new Date(now.getTime() - n * 52 * minute).toISOString(),
                logSize: 640 - n * 6,
              })),
        closings: [...closings],
      }),
    'journal.verify': async () => {
      for (let done = 0; done <= total; done += 428) {
        walked({ done, total })
        await new Promise((next) => {
          setTimeout(next, 60)
        })
      }
      const verdict: JournalVerdict = {
        links: total,
        head: hashOf(total),
        anchors: 13,
        heads: 6,
        closings: closings.length,
        logged: 640,
      }
      return ok(
        damaged ? { ...verdict, links: 871, broken: { what: 'changed', seq: 872, entry: entryAt(872) } } : verdict,
      )
    },
    'journal.export': async (_, signal) => {
      for (let done = 0; done <= total; done += 428) {
        if (signal.aborted) return err(faultOf('call.cancelled'))
        walked({ done, total })
        await new Promise((next) => {
          setTimeout(next, 60)
        })
      }
      return ok({ name: `journal-RAB03-G2-${String(total)}.jsonl`, links: total, head: hashOf(total) })
    },
    'journal.report': () =>
      ok({
        name: `journal-RAB03-G2-${String(total)}.pdf`,
        bytes: new Uint8Array([37, 80, 68, 70]),
        links: total,
        head: hashOf(total),
      }),
  }
}

const closingOf = (at: Date, days: number, reopened: boolean): ClosingView => ({
  closingId: demoId.act(700 + days),
  day: dayOf(at),
  ordinal: 1,
  closedAt: at.toISOString(),
  agent: 'CS-002',
  issued: 20 + days,
  totals: { ...amounts, issued: 4_000 + 23 * days, days: 180 + days },
  hash: hashOf(700 + days),
  anchor: { seq: 300 * days, hash: hashOf(300 * days), kid: 'n1kJ', signature: 'AAAA' },
  ...(reopened
    ? { reopened: { at: at.toISOString(), agent: 'CS-002', witness: 'AG-014', reason: 'Dépôt tardif' } }
    : {}),
})

const closingJob = (day: string): DemoState['jobs'][number] => ({
  printJobId: demoId.job(990),
  paperId: demoId.act(990) as never,
  kind: 'closing',
  number: day,
  rank: 0,
  medium: 'a4',
  printer: printerName,
  copy: 0,
  state: 'queued',
  reasons: [],
  message: '',
  queuedAt: new Date().toISOString(),
})
