import { describe, expect, it } from 'vitest'
import { groupTag, type IppAttribute, type IppGroup } from './message.ts'
import { readOutcome, readPrinterState } from './states.ts'

const keywords = (name: string, values: readonly string[]): IppAttribute[] => {
  const [first, ...rest] = values.map((value) => ({ kind: 'text' as const, tag: 0x44, value }))
  return first === undefined ? [] : [{ name, values: [first, ...rest] }]
}
const number = (name: string, value: number): IppAttribute => ({
  name,
  values: [{ kind: 'integer', tag: 0x23, value }],
})
const job = (state: number, reasons: string[] = [], message = ''): IppGroup => ({
  tag: groupTag.job,
  attributes: [
    number('job-state', state),
    ...keywords('job-state-reasons', reasons),
    ...keywords('job-printer-state-message', [message]),
  ],
})
const printer = (state: number, reasons: string[] = ['none'], message = ''): IppGroup => ({
  tag: groupTag.printer,
  attributes: [
    number('printer-state', state),
    ...keywords('printer-state-reasons', reasons),
    ...keywords('printer-state-message', [message]),
  ],
})

describe('what became of a job, as observed on CUPS 2.4', () => {
  it.each([
    ['waits for its turn', job(3), printer(4), { state: 'sent' }],
    ['is printed', job(5, ['job-printing']), printer(4), { state: 'printing' }],
    ['came out', job(9, ['processing-to-stop-point']), printer(3), { state: 'printed' }],
    [
      'came out, although the next one waits for paper',
      job(9),
      printer(4, ['media-empty-error']),
      { state: 'printed' },
    ],
    [
      'came out with errors',
      job(9, ['job-completed-with-errors'], 'Lost'),
      printer(3),
      { state: 'unknown', message: 'Lost' },
    ],
    [
      'waits for paper, said as a warning',
      job(5, ['job-printing']),
      printer(4, ['media-empty-warning', 'media-needed-warning', 'cups-waiting-for-job-completed'], 'Printing.'),
      { state: 'blocked', reasons: ['media-empty', 'media-needed'], message: 'Printing.' },
    ],
    [
      'waits on a paused queue',
      job(3),
      printer(5, ['paused'], 'Paused'),
      { state: 'blocked', reasons: ['paused'], message: 'Paused' },
    ],
    [
      'waits on a stopped printer that gives no reason',
      job(3),
      printer(5),
      { state: 'blocked', reasons: ['paused'], message: '' },
    ],
    [
      'cannot reach its printer',
      job(5, ['job-printing']),
      printer(4, ['none'], 'The printer may not exist or is unavailable at this time.'),
      { state: 'blocked', reasons: ['offline'], message: 'The printer may not exist or is unavailable at this time.' },
    ],
    [
      'runs although toner is low',
      job(5),
      printer(4, ['toner-low-warning', 'marker-supply-low-report', 'connecting-to-device']),
      { state: 'printing' },
    ],
    [
      'is held',
      job(4, ['job-hold-until-specified']),
      printer(3),
      { state: 'blocked', reasons: ['job-hold-until-specified'], message: '' },
    ],
    [
      'was refused by the printer',
      job(7, ['processing-to-stop-point'], 'Print job canceled at printer.'),
      printer(3),
      { state: 'failed', reasons: ['job-canceled-at-device'], message: 'Print job canceled at printer.' },
    ],
    [
      'asked for paper the printer does not know',
      job(7, ['processing-to-stop-point'], 'Printer cannot print with supplied options.'),
      printer(3),
      {
        state: 'failed',
        reasons: ['unsupported-attributes-or-values'],
        message: 'Printer cannot print with supplied options.',
      },
    ],
    [
      'was cancelled by somebody',
      job(7, ['job-canceled-by-user']),
      printer(3),
      { state: 'failed', reasons: ['job-canceled-by-user'], message: '' },
    ],
    [
      'was aborted',
      job(8, ['aborted-by-system']),
      printer(3),
      { state: 'failed', reasons: ['aborted-by-system'], message: '' },
    ],
  ])('a job that %s', (_, theJob, thePrinter, outcome) => {
    expect(readOutcome(theJob, thePrinter)).toEqual(outcome)
  })

  it('is unknown when the printer names no state', () => {
    expect(readOutcome(undefined, undefined).state).toBe('unknown')
  })
})

describe('the state of a printer', () => {
  it('keeps its reasons without severity', () => {
    expect(readPrinterState(printer(3, ['toner-low-report']))).toEqual({ state: 'idle', reasons: ['toner-low'] })
    expect(readPrinterState(printer(5, ['paused']))).toEqual({ state: 'stopped', reasons: ['paused'] })
    expect(readPrinterState(printer(4, ['none'], 'The printer is not responding.'))).toEqual({
      state: 'unreachable',
      reasons: ['offline'],
    })
  })
})
