import { aReceipt } from './receipt.ts'
import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { PaperId, PrintJobId, ReceiptId } from '#shared/ids.ts'
import type { PaperOutcome, Printer, PrinterInfo } from '#shared/ports/printer.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { ChosenPrinters } from '#electron/worker/papers/rows/printers.ts'
import {
  shownState,
  type PaperRenderer,
  type PaperSource,
  type SpoolJob,
  type SpoolStore,
} from '#electron/worker/papers/spool/ports.ts'

const hex = (n: number): string => n.toString(16).padStart(12, '0')
export const jobIdOf = (n: number): PrintJobId => `00000000-0000-7000-8000-${hex(n)}` as PrintJobId
export const receiptIdOf = (n: number): ReceiptId => `00000000-0000-7000-9000-${hex(n)}` as ReceiptId

/** The nth job of a counter, queued. */
export const jobOf = (n: number, over: Partial<SpoolJob> = {}): SpoolJob => ({
  printJobId: jobIdOf(n),
  paperId: receiptIdOf(n),
  title: `2026/RAB03-G2/${String(n).padStart(6, '0')}`,
  state: 'queued',
  medium: 'a5',
  printer: '',
  reasons: [],
  ...over,
})

const hasEnded = ({ state }: SpoolJob): boolean => ['printed', 'failed', 'unknown'].includes(state)

/** The spool's part of a register, in memory. `trail` has every recorded step as `n state reasons`. */
export function memoryStore(jobs: readonly SpoolJob[], facts: ReceiptFacts) {
  const rows = new Map(jobs.map((job) => [job.printJobId, job]))
  const papers = new Map<PaperId, NonNullable<PaperSource['pdf']>>()
  const trail: string[] = []
  const state = { chosen: {} as ChosenPrinters, full: false, onRecord: (_: string): void => undefined }
  const view = (job: SpoolJob): PrintJobView => ({
    printJobId: job.printJobId,
    paperId: job.paperId,
    kind: 'receipt',
    number: job.title,
    rank: 0,
    medium: job.medium,
    printer: job.printer,
    copy: job.mark?.copy ?? 0,
    state: shownState(job.state, job.reasons),
    reasons: [...job.reasons],
    message: '',
    queuedAt: '2026-11-21T08:00:00Z',
  })
  const store: SpoolStore = {
    unfinished: () => ok([...rows.values()].filter((job) => !hasEnded(job))),
    source: (paperId) => {
      const pdf = papers.get(paperId)
      return ok({ content: { kind: 'receipt', facts, seal: 'RS1:SEAL' }, ...(pdf && { pdf }) })
    },
    keepPdf: (paperId, pdf) => {
      if (papers.has(paperId)) return err(faultOf('receipt.altered', 'twice'))
      papers.set(paperId, pdf)
      return ok(undefined)
    },
    record: (printJobId, change) => {
      if (state.full) return err(faultOf('register.diskFull'))
      const before = rows.get(printJobId)
      if (before === undefined || hasEnded(before)) return err(faultOf('receipt.unknown'))
      const { state: next, printer, reasons, spoolerJob = before.spoolerJob } = change
      const job: SpoolJob = {
        ...before,
        state: next,
        printer,
        reasons,
        ...(spoolerJob !== undefined && { spoolerJob }),
      }
      rows.set(printJobId, job)
      const step = [Number.parseInt(printJobId.slice(-12), 16), next, ...reasons].join(' ')
      trail.push(step)
      state.onRecord(step)
      return ok(view(job))
    },
    chosenPrinters: () => ok(state.chosen),
  }
  return {
    store,
    trail,
    state,
    papers,
    add: (job: SpoolJob) => {
      rows.set(job.printJobId, job)
    },
    job: (n: number) => rows.get(jobIdOf(n)),
  }
}

export const printerOf = (name: string, over: Partial<PrinterInfo> = {}): PrinterInfo => ({
  name,
  description: name,
  state: 'idle',
  reasons: [],
  papers: ['a4', 'a5'],
  isDefault: false,
  ...over,
})

/**
 * A printer that does what it is told: what it lists, how it answers a submission, and the outcomes it tells, the last
 * one for ever.
 */
function scriptedPrinter() {
  const script = {
    printers: ok([printerOf('Bureau')]) as Result<readonly PrinterInfo[]>,
    submit: undefined as Fault | undefined,
    outcomes: [ok({ state: 'printed' })] as Result<PaperOutcome>[],
  }
  const submitted: { printer: string; title: string; pdf: string }[] = []
  const asked: string[] = []
  const printer: Printer = {
    list: () => Promise.resolve(script.printers),
    submit: (job) => {
      if (script.submit !== undefined) return Promise.resolve(err(script.submit))
      submitted.push({ printer: job.printer, title: job.title, pdf: new TextDecoder().decode(job.pdf) })
      return Promise.resolve(ok({ spoolerJob: `${job.printer}-${submitted.length}` }))
    },
    outcome: (job) => {
      asked.push(job.spoolerJob)
      const [next, ...rest] = script.outcomes
      if (rest.length > 0) script.outcomes = rest
      return Promise.resolve(next ?? ok({ state: 'printed' }))
    },
  }
  return { printer, script, submitted, asked }
}

/** Paper as plain text, counted. */
export function plainPaper() {
  const made = { receipts: 0, fault: undefined as Fault | undefined, throws: false }
  const maker: PaperRenderer = {
    make: ({ seal }) => {
      made.receipts += 1
      if (made.throws) throw new TypeError('layout')
      return Promise.resolve(
        made.fault === undefined
          ? ok({ pdf: new TextEncoder().encode(`receipt ${seal}`), template: '2026.1' })
          : err(made.fault),
      )
    },
    mark: (pdf, mark) =>
      Promise.resolve(ok(new TextEncoder().encode(`${new TextDecoder().decode(pdf)} DUPLICATA ${mark.copy}`))),
  }
  return { maker, made }
}

/** All that a spool works on, and what came of it; `open` is for `openSpool`. */
export function spoolParts(jobs: readonly SpoolJob[]) {
  const store = memoryStore(jobs, aReceipt())
  const printer = scriptedPrinter()
  const paper = plainPaper()
  const views: string[] = []
  const onChange = (view: PrintJobView): void => {
    views.push(`${view.number.slice(-1)} ${view.state}`)
  }
  return {
    ...store,
    ...printer,
    paper: paper.made,
    views,
    open: { store: store.store, paper: paper.maker, printer: printer.printer, onChange },
  }
}
