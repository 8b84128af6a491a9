import type { Payload } from '#shared/contract/events.ts'
import { closingCode } from '../journal/closingCode.ts'
import type { PaperMaker } from './spool/ports.ts'
import { openSpool, type Spool } from './spool/spool.ts'
import { createSpoolStore } from './rows/spoolStore.ts'
import { officeDay, readOffice, type Context } from '../core/context.ts'
import type { WorkerParts } from '../core/workerOptions.ts'

/** What is printed, and how it gets there. */
export interface JoinedPaper {
  readonly spool: Spool
  readonly close: () => Promise<void>
}

/** The spool of a register over the paper of its office. */
export function joinPaper(
  { store, journal, clock }: Context,
  { press, devices }: Pick<WorkerParts, 'press' | 'devices'>,
  onChange: (view: Payload<'print'>) => void,
): JoinedPaper {
  const office = readOffice(store)
  const maker: PaperMaker = {
    make: (content) =>
      press.make(
        'receipt' in content
          ? { kind: 'receipt', ...content.receipt }
          : {
              kind: 'closing',
              facts: { ...content.closing, authority: office.authority, office: office.name },
              seal: closingCode(content.closing),
            },
      ),
    duplicata: (pdf, mark) =>
      press.duplicata(pdf, {
        ...mark,
        zone: office.zone,
        utcOffsetMinutes: officeDay(office, new Date(mark.at)).utcOffsetMinutes,
      }),
  }
  const spool = openSpool({
    store: createSpoolStore(store, journal),
    paper: maker,
    printer: devices.printer,
    clock,
    onChange,
  })
  return { spool, close: () => spool.close() }
}
