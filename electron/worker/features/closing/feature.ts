import type { calls } from '#shared/contract/features/closing/calls.ts'
import { faultOf } from '#shared/fault.ts'
import type { ClosingId, PrintJobId } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { findClosingById } from '../../core/rows/closings.ts'
import { closeDay } from './closeDay.ts'
import { printClosing } from './printClosing.ts'
import { reopenDay } from './reopenDay.ts'
import { viewDayStatus } from './viewDayStatus.ts'

/** The closing of the day: for supervisors, and for whoever audits. */
export const closing: Feature<typeof calls> = {
  calls: ({ context, spool, key, printChanged }) => ({
    'day.status': ({ day }) => ok(viewDayStatus(context, day)),
    'day.close': (order, { who }) => {
      const closed = closeDay(context, key, who, order)
      return closed
    },
    'day.reopen': async (order, { who }) => {
      const reopened = await reopenDay(context, who, order)
      return reopened
    },
    'closing.pdf': async ({ closingId }) => {
      if (findClosingById(context.store.db, closingId) === undefined) return err(faultOf('day.notClosed'))
      const pdf = await spool.pdf(closingId as ClosingId) // found above
      // A plain copy: what SQLite hands out is a Buffer, which the wire would carry with all that lies around it.
      return pdf.ok ? ok({ pdf: new Uint8Array(pdf.value.bytes), sha256: pdf.value.sha256 }) : pdf
    },
    'closing.print': ({ closingId }, { who }) => {
      // newId makes UUIDs
      const queued = printClosing(context, who, { closingId, printJobId: context.newId() as PrintJobId })
      if (!queued.ok) return queued
      printChanged(queued.value)
      return queued
    },
  }),
}
