import type { Fault, FaultCode } from '#shared/fault.ts'
import type { PaperId } from '#shared/ids.ts'
import type { Printer } from '#shared/ports/printer.ts'
import { ok, type Result } from '#shared/result.ts'
import { choosePrinter } from './choosePrinter.ts'
import type { PaperBytes, PaperRenderer, SpoolChange, SpoolJob, SpoolStore } from './ports.ts'
import { drawn } from './paperPdf.ts'

/**
 * What one attempt came to. `blockedOne`: nothing was sent, the next job of this medium may be luckier; `blockedAll`:
 * it would fare the same; `busy`: a job of ours is still at that printer; `later`: the register took nothing.
 */
export type Attempt = 'sent' | 'ended' | 'busy' | 'later' | 'blockedOne' | 'blockedAll'

export interface SubmitParts {
  readonly store: SpoolStore
  readonly paper: PaperRenderer
  readonly printer: Printer
  /** Records what is about to happen; false: the register did not take it, so it must not happen. */
  readonly announce: (job: SpoolJob, step: SpoolStep) => boolean
  /** Records what happened; what the register cannot take now is owed to it. */
  readonly record: (job: SpoolJob, step: SpoolStep) => void
  readonly pdf: (paperId: PaperId) => Promise<Result<PaperBytes>>
  readonly isBusy: (printer: string) => boolean
}

/** A change before it has its instant. */
export type SpoolStep = Omit<SpoolChange, 'at'>

/** Faults after which the port guarantees that nothing was sent. */
const nothingSent: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'printer.noService',
  'printer.none',
  'printer.unreachable',
  'printer.refused',
  'printer.closed',
  'printer.quota',
  'printer.notAllowed',
  'printer.media',
  'press.down',
])
/** Among them, those that speak of this document only. */
const ofThisJob: ReadonlySet<FaultCode> = new Set<FaultCode>(['printer.refused', 'printer.media', 'press.down'])

/** A printer's own words in a fault, without the number before them. */
const saidBy = (code: FaultCode, detail = ''): string =>
  code.startsWith('printer.') ? detail.replace(/^IPP 0x[\da-f]+ ?/u, '') : ''

/**
 * Tries to hand one job to its printer. `submitting` is on disk before the first byte leaves, `sent` with the spooler's
 * id after the last: whatever happens in between leaves a job that is asked about, never one that is printed twice.
 */
export async function submitJob(parts: SubmitParts, job: SpoolJob): Promise<Attempt> {
  const { store, paper, printer, record } = parts
  const end = (state: 'failed' | 'unknown', code: FaultCode, at: string): Attempt => {
    record(job, { state, printer: at, reasons: [code], message: '' })
    return 'ended'
  }
  /** Blocked by a fault, with the printer's own words where it gave some. */
  const block = ({ code, detail }: Pick<Fault, 'code' | 'detail'>, at: string, state = job.state): Attempt => {
    const known = state === 'blocked' && job.printer === at && job.reasons.join() === code
    if (!known) record(job, { state: 'blocked', printer: at, reasons: [code], message: saidBy(code, detail) })
    return ofThisJob.has(code) ? 'blockedOne' : 'blockedAll'
  }

  const original = await parts.pdf(job.paperId)
  if (!original.ok && original.fault.code === 'press.down') return block(original.fault, job.printer)
  if (!original.ok)
    return original.fault.code.startsWith('register.') ? 'later' : end('failed', original.fault.code, job.printer)
  const choices = store.chosenPrinters()
  if (!choices.ok) return 'later'
  const chosen = choices.value[job.medium]
  const printers = await printer.list()
  if (!printers.ok) return block(printers.fault, chosen ?? job.printer)
  const target = choosePrinter(printers.value, chosen)
  if (!target.ok) return block(target.fault, chosen ?? job.printer)
  const { name, papers } = target.value
  if (!papers.includes(job.medium)) return block({ code: 'printer.media' }, name)
  if (parts.isBusy(name)) return 'busy'
  const { mark } = job
  const document =
    mark === undefined ? ok(original.value.bytes) : await drawn(() => paper.mark(original.value.bytes, mark))
  if (!document.ok && document.fault.code === 'press.down') return block(document.fault, name)
  if (!document.ok) return end('failed', document.fault.code, name)

  if (!parts.announce(job, { state: 'submitting', printer: name, reasons: job.reasons, message: '' })) return 'later'
  const title = mark === undefined ? job.title : `${job.title} DUPLICATA ${String(mark.copy)}`
  const submitted = await printer.submit({ printer: name, title, paper: job.medium, pdf: document.value })
  if (submitted.ok) {
    record(job, { state: 'sent', printer: name, spoolerJob: submitted.value.spoolerJob, reasons: [], message: '' })
    return 'sent'
  }
  return nothingSent.has(submitted.fault.code)
    ? block(submitted.fault, name, 'submitting')
    : end('unknown', submitted.fault.code, name)
}
