import type { Medium } from '#shared/ports/printer.ts'
import { requested, textAttribute } from './attributes.ts'
import { mediaName } from './media.ts'
import { groupTag, operation, valueTag, type IppAttribute, type IppMessage } from './message.ts'
import { jobAttributes, troubleAttributes } from './states.ts'

/** What paper this program sends: one format, so that every printer either takes it or refuses it before submission. */
const documentFormat = 'application/pdf'

/**
 * The frame of every request: IPP/2.0, UTF-8, English (`states.ts` reads CUPS's English messages). The name is the
 * program's, since who stood at the counter is nobody's business at the spooler.
 */
function request(
  code: number,
  requestId: number,
  attributes: readonly IppAttribute[],
  job: readonly IppAttribute[] = [],
): IppMessage {
  const first = [
    textAttribute('attributes-charset', valueTag.charset, 'utf-8'),
    textAttribute('attributes-natural-language', valueTag.naturalLanguage, 'en'),
  ]
  const operationGroup = { tag: groupTag.operation, attributes: [...first, ...attributes] }
  const groups = job.length === 0 ? [operationGroup] : [operationGroup, { tag: groupTag.job, attributes: job }]
  return { version: [2, 0], code, requestId, groups }
}

const printerUri = (uri: string): IppAttribute => textAttribute('printer-uri', valueTag.uri, uri)
const user = textAttribute('requesting-user-name', valueTag.name, 'guichet')

const aboutPrinter = [
  'printer-name',
  'printer-info',
  'media-supported',
  'printer-is-accepting-jobs',
  'document-format-supported',
  'device-uri',
  ...troubleAttributes,
] as const

/**
 * CUPS-Get-Printers: all queues of a CUPS server. In nobody's name, or CUPS leaves out those that are for other users:
 * a printer that may not be used is not one that is gone.
 */
export const getPrinters = (requestId: number): IppMessage =>
  request(operation.cupsGetPrinters, requestId, [requested(...aboutPrinter)])

/** CUPS-Get-Default: the name of the default queue. */
export const getDefault = (requestId: number): IppMessage =>
  request(operation.cupsGetDefault, requestId, [requested('printer-name')])

/** Get-Printer-Attributes (RFC 8011 §4.2.5). */
export const getPrinterAttributes = (requestId: number, uri: string): IppMessage =>
  request(operation.getPrinterAttributes, requestId, [printerUri(uri), user, requested(...aboutPrinter)])

/** Get-Job-Attributes (RFC 8011 §4.3.4). */
export const getJobAttributes = (requestId: number, uri: string, jobId: number): IppMessage =>
  request(operation.getJobAttributes, requestId, [
    printerUri(uri),
    { name: 'job-id', values: [{ kind: 'integer', tag: valueTag.integer, value: jobId }] },
    user,
    requested(...jobAttributes),
  ])

/** Get-Jobs (RFC 8011 §4.2.6): the last jobs that ended, well or not, as far as the printer remembers. */
export const getEndedJobs = (requestId: number, uri: string): IppMessage =>
  request(operation.getJobs, requestId, [
    printerUri(uri),
    user,
    { name: 'limit', values: [{ kind: 'integer', tag: valueTag.integer, value: 50 }] },
    textAttribute('which-jobs', valueTag.keyword, 'completed'),
    requested('job-id', ...jobAttributes),
  ])

/** Print-Job (RFC 8011 §4.2.1); the document follows the message. */
export const printJob = (
  requestId: number,
  uri: string,
  job: { readonly title: string; readonly paper: Medium },
): IppMessage =>
  request(
    operation.printJob,
    requestId,
    [
      printerUri(uri),
      user,
      textAttribute('job-name', valueTag.name, job.title.slice(0, 200)),
      textAttribute('document-format', valueTag.mimeMediaType, documentFormat),
    ],
    [textAttribute('media', valueTag.keyword, mediaName(job.paper))],
  )

/** Whether a `document-format-supported` list takes our document; a printer that does not say is given the benefit. */
export const takesDocument = (formats: readonly string[]): boolean =>
  formats.length === 0 || formats.includes(documentFormat)
