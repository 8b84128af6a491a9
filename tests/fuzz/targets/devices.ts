import { decodeIpp } from '#drivers/printer/ipp/decode.ts'
import { encodeIpp } from '#drivers/printer/ipp/encode.ts'
import { groupTag, type IppMessage } from '#drivers/printer/ipp/message.ts'
import { getEndedJobs, getPrinters, printJob } from '#drivers/printer/ipp/requests.ts'
import { readOutcome, readPrinterState } from '#drivers/printer/ipp/states.ts'
import { paperOutcome } from '#shared/ports/printer.ts'
import { fileType } from '#electron/worker/files/fileType.ts'
import { bytesTarget } from '../bytesTarget.ts'
import { askParser } from '../schemaTarget.ts'
import { must } from '../target.ts'

const job: IppMessage = {
  version: [1, 1],
  code: 0,
  requestId: 1,
  groups: [
    {
      tag: groupTag.job,
      attributes: [
        { name: 'job-state', values: [{ kind: 'integer', tag: 0x23, value: 5 }] },
        {
          name: 'job-state-reasons',
          values: [
            { kind: 'text', tag: 0x44, value: 'job-printing' },
            { kind: 'text', tag: 0x44, value: 'none' },
          ],
        },
      ],
    },
    {
      tag: groupTag.printer,
      attributes: [
        { name: 'printer-state', values: [{ kind: 'integer', tag: 0x23, value: 3 }] },
        { name: 'printer-state-reasons', values: [{ kind: 'text', tag: 0x44, value: 'media-empty-warning' }] },
      ],
    },
  ],
}

/** What a printer answers. */
export const printers = bytesTarget({
  about: 'answers of printers (IPP): a message or where it stops being one, and an outcome of our own words',
  samples: () =>
    [
      job,
      getPrinters(1),
      getEndedJobs(2, 'ipp://localhost/printers/a'),
      printJob(3, 'ipp://localhost/printers/a', { title: 'a', paper: 'a5' }),
    ].map((one) => encodeIpp(one)),
  read: decodeIpp,
  taken: (decoded) => decoded.ok,
  check: (decoded) => {
    if (!decoded.ok) return
    const [first, second] = decoded.message.groups
    must(askParser(paperOutcome, readOutcome(first, second)), 'an outcome that the contract does not know')
    if (second !== undefined) readPrinterState(second)
  },
  grow: (size) => {
    const [group] = job.groups
    const bytes = encodeIpp({
      ...job,
      groups: Array.from({ length: Math.ceil(size / 60) }, () => group ?? { tag: groupTag.job, attributes: [] }),
    })
    return () => decodeIpp(bytes)
  },
})

/** The first bytes of what is attached. */
export const attachments = bytesTarget({
  about: 'types of attached files by their first bytes',
  samples: () => ['%PDF-1.7', '\x89PNG\r\n\x1a\n'].map((text) => Uint8Array.from(Buffer.from(text, 'latin1'))),
  read: fileType,
  taken: (mime) => mime !== undefined,
})
