import type { PrinterInfo } from '#shared/ports/printer.ts'
import type { Tone } from '../../ui/tones.ts'

/** How loud the state of a printer is. */
export const printerTones: Readonly<Record<PrinterInfo['state'], Tone>> = {
  idle: 'ok',
  processing: 'info',
  stopped: 'warn',
  unreachable: 'danger',
}
