import type { RollDots, TicketPrinterState } from '#shared/ports/ticketPrinter.ts'

/** Bits 0 and 7 are off, 1 and 4 on, in every answer to DLE EOT (ESC/POS Command Reference). */
export const isStatus = (byte: number): boolean => (byte & 0x93) === 0x12

/** Bits 4 and 7 are off in an answer to GS r 1 (there too). */
export const isSensor = (byte: number): boolean => (byte & 0x90) === 0

/** The answers to DLE EOT 1, 2 and 4; one that did not come is absent. */
export interface StatusBytes {
  readonly printer: number | undefined
  readonly cause: number | undefined
  readonly paper: number | undefined
}

/** Bits of these answers (ESC/POS Command Reference, DLE EOT). */
const bits = { offline: 0x08, coverOpen: 0x04, stoppedForPaper: 0x20, paperEnd: 0x60, nearEnd: 0x0c } as const

/** What the printer means: the cause that a person can mend comes first. */
export function stateOf({ printer, cause, paper }: StatusBytes, dots: RollDots): TicketPrinterState {
  const out = (why: 'paper' | 'cover' | 'offline' | 'unreachable') => ({ state: 'out', dots, why }) as const
  if (printer === undefined || cause === undefined || paper === undefined) return out('unreachable')
  if ((cause & bits.coverOpen) !== 0) return out('cover')
  if ((cause & bits.stoppedForPaper) !== 0 || (paper & bits.paperEnd) !== 0) return out('paper')
  if ((printer & bits.offline) !== 0) return out('offline')
  return { state: 'ready', dots, low: (paper & bits.nearEnd) !== 0 }
}
