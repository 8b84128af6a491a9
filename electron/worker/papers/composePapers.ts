import type { Payload } from '#shared/contract/events.ts'
import { createPaperMaker } from './press.ts'
import { openSpool, type Spool } from './spool/spool.ts'
import { createSpoolStore } from './rows/spoolStore.ts'
import { readOffice, type Context } from '../core/context.ts'
import type { Background } from '../core/background.ts'
import type { WorkerOptions } from '../core/workerOptions.ts'

/** What is printed, and how it gets there. */
export interface JoinedPaper {
  readonly spool: Spool
  readonly close: () => Promise<void>
}

/** The spool of a register over the paper of its office. */
export function composePapers(
  { store, journal, clock }: Context,
  { press, devices }: Pick<WorkerOptions, 'press' | 'devices'>,
  onChange: (view: Payload<'print'>) => void,
  background?: Background,
): JoinedPaper {
  const spool = openSpool({
    store: createSpoolStore(store, journal),
    paper: createPaperMaker(press, readOffice(store)),
    printer: devices.printer,
    clock,
    onChange,
    ...(background === undefined ? {} : { background }),
  })
  return { spool, close: () => spool.close() }
}
