import { faultOf, type Fault, type FaultCode } from '#shared/fault.ts'
import { medium, type Medium, type Printer, type PrinterInfo } from '#shared/ports/printer.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { booleanOf, groupsOf, integerOf, statusMessage, textOf, textsOf } from './attributes.ts'
import { askDevice } from './device.ts'
import { takes } from './media.ts'
import { groupTag, status, type IppGroup, type IppMessage } from './message.ts'
import { getDefault, getJobAttributes, getPrinterAttributes, getPrinters, printJob, takesDocument } from './requests.ts'
import type { IppServer } from './server.ts'
import { readOutcome, readPrinterState } from './states.ts'
import { exchangeIpp, type Exchange } from './transport.ts'

/** Job ids are positive 32-bit integers (RFC 8011 §5.3.2). */
const jobIdPattern = /^[1-9]\d{0,9}$/

/** Office printers by IPP: the queues of CUPS, or one printer that speaks IPP itself. Faults: those of the port. */
export function openIppPrinters(options: { readonly server: IppServer }): Printer {
  const { server } = options
  let lastRequest = 0

  const ask = async (
    make: (requestId: number) => IppMessage,
    where: Omit<Exchange, 'message'>,
  ): Promise<Result<IppMessage>> => {
    const answer = await exchangeIpp(server, { ...where, message: make((lastRequest += 1)) })
    if (!answer.ok || answer.value.code <= status.lastSuccess) return answer
    return err(refusal(answer.value))
  }

  const at = (name: string): { uri: string; path: string } => {
    if (server.kind === 'printer') return { uri: server.uri, path: server.path }
    const path = `/printers/${encodeURIComponent(name)}`
    return { uri: new URL(path, server.uri).href, path }
  }

  const ofPrinter = async (name: string): Promise<Result<IppGroup | undefined>> => {
    const { uri, path } = at(name)
    const answer = await ask((id) => getPrinterAttributes(id, uri), { path })
    return answer.ok ? ok(groupsOf(answer.value, groupTag.printer)[0]) : answer
  }

  const listQueues = async (): Promise<Result<readonly PrinterInfo[]>> => {
    const answer = await ask(getPrinters, { path: '/' })
    if (!answer.ok) return answer.fault.code === 'printer.none' ? ok([]) : answer
    const preferred = await ask(getDefault, { path: '/' })
    const name = preferred.ok ? textOf(groupsOf(preferred.value, groupTag.printer)[0], 'printer-name') : ''
    return ok(groupsOf(answer.value, groupTag.printer).map((group) => infoOf(group, name)))
  }

  return {
    list: async () => {
      if (server.kind === 'cups') return listQueues()
      const printer = await ofPrinter('')
      return printer.ok
        ? ok(printer.value === undefined ? [] : [infoOf(printer.value, textOf(printer.value, 'printer-name'))])
        : printer
    },

    submit: async (job) => {
      const { uri, path } = at(job.printer)
      const printer = await ofPrinter(job.printer)
      if (!printer.ok) return printer
      const refused = whyNot(printer.value, job)
      if (refused !== undefined) return err(refused)
      const answer = await ask((id) => printJob(id, uri, job), { path, document: job.pdf })
      if (!answer.ok) return answer
      const jobId = integerOf(groupsOf(answer.value, groupTag.job)[0], 'job-id')
      return jobId === undefined
        ? err(faultOf('printer.noAnswer', 'accepted without a job id'))
        : ok({ spoolerJob: String(jobId) })
    },

    outcome: async (job) => {
      if (!jobIdPattern.test(job.spoolerJob)) return ok({ state: 'unknown', message: 'not a job of this spooler' })
      const { uri, path } = at(job.printer)
      const answer = await ask((id) => getJobAttributes(id, uri, Number(job.spoolerJob)), { path })
      if (!answer.ok) {
        return answer.fault.code === 'printer.none'
          ? ok({ state: 'unknown', message: 'the spooler no longer knows the job' })
          : answer
      }
      // Asked after the job: a printer that recovers in between can only make a job look better, never printed.
      const printer = await ofPrinter(job.printer)
      if (!printer.ok) return printer
      const its = groupsOf(answer.value, groupTag.job)[0]
      const outcome = readOutcome(its, printer.value)
      const contradiction =
        outcome.state === 'printed'
          ? await askDevice(server, textOf(printer.value, 'device-uri'), textOf(its, 'job-name'))
          : undefined
      return ok(contradiction ?? outcome)
    },
  }
}

/**
 * The fault of an IPP status above success. Not-found is about what was asked for: a queue, or a job. CUPS calls a quota
 * «not possible», as it does other things: only its words tell (they are asked for in English).
 */
function refusal(answer: IppMessage): Fault {
  const said = statusMessage(answer)
  const detail = `IPP 0x${answer.code.toString(16).padStart(4, '0')} ${said}`.trim()
  return faultOf(refused[answer.code] ?? (/quota/iu.test(said) ? 'printer.quota' : 'printer.refused'), detail)
}
const refused: Readonly<Partial<Record<number, FaultCode>>> = {
  [status.notFound]: 'printer.none',
  [status.forbidden]: 'printer.notAllowed',
  [status.notAuthorized]: 'printer.notAllowed',
  [status.notAcceptingJobs]: 'printer.closed',
}

/** Why a job would not come out, known before it is sent: CUPS accepts it all the same and cancels it later. */
function whyNot(
  printer: IppGroup | undefined,
  job: { readonly printer: string; readonly paper: Medium },
): Fault | undefined {
  const name = textOf(printer, 'printer-name')
  if (name !== '' && name !== job.printer) return faultOf('printer.none', `the printer is called ${name}`)
  const media = textsOf(printer, 'media-supported')
  if (media.length > 0 && !takes(media, job.paper))
    return faultOf('printer.media', undefined, { printer: job.printer, paper: job.paper.toUpperCase() })
  if (!takesDocument(textsOf(printer, 'document-format-supported')))
    return faultOf('printer.refused', 'the printer takes no PDF')
  if (booleanOf(printer, 'printer-is-accepting-jobs') === false)
    return faultOf('printer.closed', 'the printer accepts no jobs')
  return undefined
}

function infoOf(group: IppGroup, preferred: string): PrinterInfo {
  const name = textOf(group, 'printer-name')
  const media = textsOf(group, 'media-supported')
  return {
    name,
    description: textOf(group, 'printer-info') || name,
    ...readPrinterState(group),
    papers: medium.options.filter((one) => media.length === 0 || takes(media, one)),
    isDefault: preferred !== '' && name === preferred,
  }
}
