import type { Payload } from '#shared/contract/events.ts'
import type { Paper } from '../paper/paper.ts'
import type { PaperMaker } from './spool/ports.ts'
import { openSpool, type Spool } from './spool/spool.ts'
import { createSpoolStore } from './rows/spoolStore.ts'
import { officeDay, readOffice, type Context } from '../core/context.ts'
import type { WorkerParts } from '../core/workerOptions.ts'

/** The engine of the paper is read this long after the start, in milliseconds: the login screen comes first. */
const paperAfter = 500

/** What is printed, and how it gets there. */
export interface JoinedPaper {
  readonly paper: () => Promise<Paper>
  readonly spool: Spool
  readonly close: () => Promise<void>
}

/** The spool of a register over the paper of its office. */
export function joinPaper(
  { store, journal, clock }: Context,
  { resourcesDir, devices }: Pick<WorkerParts, 'resourcesDir' | 'devices'>,
  onChange: (view: Payload<'print'>) => void,
): JoinedPaper {
  const paper = paperLater(resourcesDir)
  const office = readOffice(store)
  const maker: PaperMaker = {
    make: async (content) =>
      'receipt' in content
        ? (await paper()).receipt(content.receipt.facts, content.receipt.seal)
        : (await paper()).closing(content.closing, office),
    duplicata: async (pdf, mark) =>
      (await paper()).duplicata(pdf, {
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
  // A failure here is heard by whoever needs the paper.
  const soon = setTimeout(() => {
    paper().catch(() => undefined)
  }, paperAfter)
  return {
    paper,
    spool,
    close: () => {
      clearTimeout(soon)
      return spool.close()
    },
  }
}

/** The paper, whose engine takes longer to load than everything else together: loaded once, when it is first needed. */
const paperLater = (resourcesDir: string): (() => Promise<Paper>) => {
  let opening: Promise<Paper> | undefined
  return () => (opening ??= import('../paper/paper.ts').then(({ openPaper }) => openPaper({ resourcesDir })))
}
