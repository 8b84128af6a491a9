import type { OfficeSeed } from '#shared/domain/office.ts'
import type { PaperOrder } from '#shared/contract/papers.ts'
import type { Press } from '#shared/ports/press.ts'
import { officeDay } from '../core/context.ts'
import { closingCode } from '../journal/closingCode.ts'
import type { PaperRenderer } from './spool/ports.ts'

/** A closing bears the code of what it proves, which follows from its facts. */
const withCode = (order: PaperOrder): PaperOrder =>
  order.kind === 'closing' ? { ...order, seal: closingCode(order.facts) } : order

/** The spool's side of the press: `office` tells a duplicata the local time. */
export const createPaperMaker = (press: Press, office: Pick<OfficeSeed, 'zone' | 'legalTime'>): PaperRenderer => ({
  make: (content) => press.make(withCode(content)),
  mark: (pdf, mark) =>
    press.duplicata(pdf, {
      ...mark,
      zone: office.zone,
      utcOffsetMinutes: officeDay(office, new Date(mark.at)).utcOffsetMinutes,
    }),
})
