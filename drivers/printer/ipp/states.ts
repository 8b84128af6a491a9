import type { PaperOutcome, PrinterInfo } from '#shared/ports/printer.ts'
import { integerOf, textOf, textsOf } from './attributes.ts'
import type { IppGroup } from './message.ts'

/** job-state (RFC 8011 §5.3.7). */
const jobState = { pending: 3, held: 4, processing: 5, stopped: 6, canceled: 7, aborted: 8, completed: 9 } as const
/** printer-state (RFC 8011 §5.4.11). */
const printerState = { idle: 3, processing: 4, stopped: 5 } as const

/** Attributes to ask a printer for: what `readPrinterState` and `readOutcome` need. */
export const troubleAttributes = ['printer-state', 'printer-state-reasons', 'printer-state-message'] as const
/** Attributes to ask a job for: what `readOutcome` needs. */
export const jobAttributes = ['job-name', 'job-state', 'job-state-reasons', 'job-printer-state-message'] as const

/** Reasons that accompany a printer that goes on printing (RFC 8011 §5.4.12), whatever their severity. */
const harmless =
  /^(none|connecting-to-device|moving-to-paused|stopped-partly|cups-.*|.*-low|.*-almost-full|.*-near-eol|.*-near-over)$/

/**
 * Reasons without which no sheet comes out. Through CUPS they arrive as warnings while the job waits (seen with
 * CUPS 2.4.2).
 */
const stopsPaper =
  /^(media-(empty|needed|jam)|(cover|door|interlock)-open|(input|output)-tray-missing|output-area-full|toner-empty|marker-supply-empty|marker-waste-full|paused|shutdown|stopped|offline|timed-out)$/

/** What CUPS's ipp backend says where it sets no reason at all; asked for in English, see `requests.ts`. */
const spoken: readonly (readonly [message: RegExp, reason: string])[] = [
  [/may not exist or is unavailable|not responding|unable to (?:locate|contact|connect)/i, 'offline'],
  [/cannot print with supplied options/i, 'unsupported-attributes-or-values'],
  [/canceled at printer/i, 'job-canceled-at-device'],
]
const reasonIn = (message: string): readonly string[] =>
  spoken.filter(([pattern]) => pattern.test(message)).map(([, reason]) => reason)

/** What keeps a printer from printing. `reasons` are keywords without severity; empty means nothing does. */
interface Trouble {
  readonly reasons: string[]
  readonly message: string
}

/** Reads a printer's trouble. A reason without a severity counts as an error (RFC 8011 §5.4.12). */
function readTrouble(printer: IppGroup | undefined): Trouble {
  const message = textOf(printer, 'printer-state-message')
  const blocking = textsOf(printer, 'printer-state-reasons')
    .filter((reason) => stopsPaper.test(withoutSeverity(reason)) || !/-(warning|report)$/.test(reason))
    .map(withoutSeverity)
    .filter((reason) => !harmless.test(reason))
  const silent = reasonIn(message).includes('offline') ? ['offline'] : []
  const stopped =
    integerOf(printer, 'printer-state') === printerState.stopped && blocking.length === 0 ? ['paused'] : []
  return { reasons: [...new Set([...blocking, ...silent, ...stopped])], message }
}

const withoutSeverity = (reason: string): string => reason.replace(/-(error|warning|report)$/, '')

/** The state of a printer for the picker, with all its reasons. */
export function readPrinterState(printer: IppGroup): Pick<PrinterInfo, 'state' | 'reasons'> {
  const trouble = readTrouble(printer)
  const said = textsOf(printer, 'printer-state-reasons')
    .map(withoutSeverity)
    .filter((reason) => reason !== 'none')
  const reasons = [...new Set([...said, ...trouble.reasons])]
  const state = integerOf(printer, 'printer-state')
  if (trouble.reasons.includes('offline')) return { state: 'unreachable', reasons }
  if (state === printerState.stopped) return { state: 'stopped', reasons }
  return { state: state === printerState.processing ? 'processing' : 'idle', reasons }
}

/**
 * What became of a job, for the agent. Only job-state proves printing: impressions and job-state-reasons lie through
 * CUPS. A job that waits or runs on a printer in trouble is blocked, and the printer says why.
 */
export function readOutcome(job: IppGroup | undefined, printer: IppGroup | undefined): PaperOutcome {
  const trouble = readTrouble(printer)
  const message = textOf(job, 'job-printer-state-message') || trouble.message
  const said = textsOf(job, 'job-state-reasons').filter(
    (reason) => reason !== 'none' && reason !== 'processing-to-stop-point',
  )
  const reasons = said.length > 0 ? said : [...reasonIn(message)]
  switch (integerOf(job, 'job-state')) {
    case jobState.completed:
      return reasons.includes('job-completed-with-errors') ? { state: 'unknown', message } : { state: 'printed' }
    case jobState.canceled:
    case jobState.aborted:
      return { state: 'failed', reasons, message }
    case jobState.held:
    case jobState.stopped:
      return { state: 'blocked', reasons: trouble.reasons.length > 0 ? trouble.reasons : said, message }
    case jobState.pending:
      return trouble.reasons.length > 0 ? { state: 'blocked', ...trouble } : { state: 'sent' }
    case jobState.processing:
      return trouble.reasons.length > 0 ? { state: 'blocked', ...trouble } : { state: 'printing' }
    default:
      return { state: 'unknown', message: 'the printer gave no known job state' }
  }
}
