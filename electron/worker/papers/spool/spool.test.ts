import { describe, expect, it } from 'vitest'
import { jobOf, printerOf, receiptIdOf } from '#tests/builders/spool.ts'
import { spoolBench } from '#tests/builders/spoolBench.ts'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import type { PaperOutcome } from '#shared/ports/printer.ts'
import { err, ok, type Result } from '#shared/result.ts'

const outcomes = (...states: PaperOutcome[]): Result<PaperOutcome>[] => states.map((state) => ok(state))
const blocked = (...reasons: string[]): PaperOutcome => ({ state: 'blocked', reasons, message: 'says the printer' })
const bench = spoolBench()

describe('a queued job', () => {
  it('is made, announced, submitted and followed until it is printed', async () => {
    const { start, pass, trail, script, submitted, paper, views } = bench(jobOf(1))
    script.outcomes = outcomes({ state: 'sent' }, { state: 'printing' }, { state: 'printing' }, { state: 'printed' })
    start()
    await pass(5000)
    expect(trail).toEqual(['1 submitting', '1 sent', '1 printing', '1 printed'])
    expect(views).toEqual(['1 queued', '1 sent', '1 printing', '1 printed'])
    expect(submitted).toEqual([{ printer: 'Bureau', title: '2026/RAB03-G2/000001', pdf: 'receipt RS1:SEAL' }])
    expect(paper.receipts).toBe(1)
  })

  it('is on disk as submitting before it leaves, and as sent with its id after', async () => {
    const { start, pass, state, submitted, job } = bench(jobOf(1))
    const atSubmitting: number[] = []
    state.onRecord = (step) => {
      if (step === '1 submitting') atSubmitting.push(submitted.length)
    }
    start()
    await pass(1)
    expect(atSubmitting).toEqual([0])
    expect(job(1)).toMatchObject({ printer: 'Bureau', spoolerJob: 'Bureau-1' })
  })

  it('is printed from the stored PDF when there is one', async () => {
    const { start, pass, papers, submitted, paper } = bench(jobOf(1))
    papers.set(receiptIdOf(1), { bytes: new TextEncoder().encode('stored'), sha256: 'x' as never })
    start()
    await pass(1000)
    expect(submitted[0]?.pdf).toBe('stored')
    expect(paper.receipts).toBe(0)
  })

  it('that is a reprint carries its mark, and leaves the stored PDF alone', async () => {
    const { start, pass, submitted, papers } = bench(
      jobOf(1, { mark: { copy: 2, at: '2026-11-21T08:00:00Z', by: 'A12', reason: 'lost' } }),
    )
    start()
    await pass(1000)
    expect(submitted).toEqual([
      { printer: 'Bureau', title: '2026/RAB03-G2/000001 DUPLICATA 2', pdf: 'receipt RS1:SEAL DUPLICATA 2' },
    ])
    expect(new TextDecoder().decode(papers.get(receiptIdOf(1))?.bytes)).toBe('receipt RS1:SEAL')
  })

  it('waits until the one before has ended, so that the agent may still choose another printer', async () => {
    const { start, pass, trail, script, submitted, state } = bench(jobOf(1), jobOf(2))
    script.printers = ok([printerOf('Bureau', { isDefault: true }), printerOf('Accueil')])
    script.outcomes = outcomes(blocked('media-empty'))
    const running = start()
    await pass(60_000)
    running.wake()
    await pass(1)
    expect(trail).toEqual(['1 submitting', '1 sent', '1 blocked media-empty'])
    state.chosen = { a5: 'Accueil' }
    running.wake()
    await pass(1)
    expect(submitted.map((one) => one.printer)).toEqual(['Bureau', 'Accueil'])
    script.outcomes = outcomes({ state: 'printed' })
    await pass(2000)
    expect(trail.filter((step) => step.endsWith('printed')).sort()).toEqual(['1 printed', '2 printed'])
  })

  it('follows the one before by itself when that has ended', async () => {
    const { start, pass, trail } = bench(jobOf(1), jobOf(2), jobOf(3))
    start()
    await pass(5000)
    expect(trail.filter((step) => step.endsWith('printed'))).toEqual(['1 printed', '2 printed', '3 printed'])
  })

  it('that is added later is seen when the spool is woken', async () => {
    const { start, pass, trail, add } = bench()
    const running = start()
    await pass(1000)
    add(jobOf(4))
    running.wake()
    await pass(1000)
    expect(trail.at(-1)).toBe('4 printed')
  })
})

describe('a job at the printer', () => {
  it.each<[string, PaperOutcome[], string[]]>([
    [
      'out of paper, then refilled',
      [{ state: 'printing' }, blocked('media-empty', 'media-needed'), { state: 'printing' }, { state: 'printed' }],
      ['1 printing', '1 blocked media-empty media-needed', '1 printing', '1 printed'],
    ],
    ['paused', [blocked('paused'), { state: 'printed' }], ['1 blocked paused', '1 printed']],
    [
      'switched off',
      [{ state: 'printing' }, blocked('offline'), { state: 'printed' }],
      ['1 printing', '1 blocked offline', '1 printed'],
    ],
    [
      'aborting',
      [{ state: 'failed', reasons: ['job-canceled-at-device'], message: '' }],
      ['1 failed job-canceled-at-device'],
    ],
    ['that forgot the job', [{ state: 'unknown', message: 'the spooler no longer knows the job' }], ['1 unknown']],
  ])('that is %s', async (_, told, expected) => {
    const { start, pass, trail, script, submitted } = bench(jobOf(1))
    script.outcomes = outcomes(...told)
    start()
    await pass(10_000)
    expect(trail.slice(2)).toEqual(expected)
    expect(submitted).toHaveLength(1)
  })

  it('is recorded once, however long it stays blocked', async () => {
    const { start, pass, trail, script } = bench(jobOf(1))
    script.outcomes = outcomes(blocked('media-empty'))
    start()
    await pass(3_600_000)
    expect(trail.slice(2)).toEqual(['1 blocked media-empty'])
  })

  it.each(['sent', 'printing'] as const)(
    'that stays %s without news becomes unknown and is never submitted again',
    async (state) => {
      const { start, pass, trail, script, submitted } = bench(jobOf(1))
      script.outcomes = outcomes({ state })
      start()
      await pass(600_000)
      expect(trail.at(-1)).toBe('1 unknown timed-out')
      expect(submitted).toHaveLength(1)
    },
  )

  it('survives a restart of the devices host without a word', async () => {
    const { start, pass, trail, script } = bench(jobOf(1))
    script.outcomes = [err(faultOf('devices.down')), err(faultOf('devices.down')), ok({ state: 'printed' })]
    start()
    await pass(3000)
    expect(trail.slice(2)).toEqual(['1 printed'])
  })

  it('is shown as blocked while nobody can be asked, and followed again after', async () => {
    const { start, pass, trail, script } = bench(jobOf(1))
    script.outcomes = [err(faultOf('printer.noService'))]
    start()
    await pass(30_000)
    expect(trail.slice(2)).toEqual(['1 blocked printer.noService'])
    script.outcomes = outcomes({ state: 'printed' })
    await pass(2000)
    expect(trail.at(-1)).toBe('1 printed')
  })
})

describe('a job of which nothing was sent', () => {
  const causes: [string, FaultCode, (b: ReturnType<typeof bench>) => void, (b: ReturnType<typeof bench>) => void][] = [
    [
      'CUPS does not run',
      'printer.noService',
      ({ script }) => {
        script.printers = err(faultOf('printer.noService'))
      },
      ({ script }) => {
        script.printers = ok([printerOf('Bureau')])
      },
    ],
    [
      'the devices host is down',
      'devices.down',
      ({ script }) => {
        script.printers = err(faultOf('devices.down'))
      },
      ({ script }) => {
        script.printers = ok([printerOf('Bureau')])
      },
    ],
    [
      'there is no printer',
      'printer.none',
      ({ script }) => {
        script.printers = ok([])
      },
      ({ script }) => {
        script.printers = ok([printerOf('Bureau')])
      },
    ],
    [
      'the chosen printer is gone',
      'printer.none',
      ({ state }) => {
        state.chosen = { a5: 'Gone' }
      },
      ({ state }) => {
        state.chosen = { a5: 'Bureau' }
      },
    ],
    [
      'the printer knows no A5',
      'printer.media',
      ({ script }) => {
        script.printers = ok([printerOf('Bureau', { papers: ['a4'] })])
      },
      ({ script }) => {
        script.printers = ok([printerOf('Bureau')])
      },
    ],
    [
      'the printer is unreachable',
      'printer.unreachable',
      ({ script }) => {
        script.submit = faultOf('printer.unreachable')
      },
      ({ script }) => {
        script.submit = undefined
      },
    ],
    [
      'the printer refuses jobs',
      'printer.refused',
      ({ script }) => {
        script.submit = faultOf('printer.refused')
      },
      ({ script }) => {
        script.submit = undefined
      },
    ],
  ]
  it.each(causes)('because %s is blocked in sight, tried again, and printed once', async (_, code, breakIt, mend) => {
    const all = bench(jobOf(1))
    breakIt(all)
    all.start()
    await all.pass(20_000)
    expect(all.trail.filter((step) => step !== '1 submitting')[0]).toBe(`1 blocked ${code}`)
    expect(all.submitted).toHaveLength(0)
    mend(all)
    await all.pass(60_000)
    expect(all.trail.at(-1)).toBe('1 printed')
    expect(all.submitted).toHaveLength(1)
  })

  it('is not recorded again while nothing changes', async () => {
    const { start, pass, trail, script } = bench(jobOf(1))
    script.printers = err(faultOf('printer.noService'))
    start()
    await pass(3_600_000)
    expect(trail).toEqual(['1 blocked printer.noService'])
  })

  it('is tried again at once when the spool is woken', async () => {
    const { start, pass, trail, script } = bench(jobOf(1))
    script.printers = err(faultOf('printer.noService'))
    const running = start()
    await pass(3_600_000)
    script.printers = ok([printerOf('Bureau')])
    running.wake()
    await pass(1)
    expect(trail.at(-1)).not.toBe('1 blocked printer.noService')
  })

  it('for its own sake does not hold up the next', async () => {
    const { start, pass, trail, script } = bench(jobOf(1, { medium: 'a4' }), jobOf(2))
    script.printers = ok([printerOf('Bureau', { papers: ['a5'] })])
    start()
    await pass(5000)
    expect(trail).toContain('1 blocked printer.media')
    expect(trail).toContain('2 printed')
  })

  it('goes to the only printer or the default one, never to another than the chosen', async () => {
    const { start, pass, trail, script } = bench(jobOf(1))
    script.printers = ok([printerOf('Bureau'), printerOf('Accueil')])
    start()
    await pass(1000)
    expect(trail).toEqual(['1 blocked printer.none'])
  })
})

describe('a job that cannot be known', () => {
  it.each<FaultCode>(['printer.noAnswer', 'devices.down', 'internal', 'call.invalid'])(
    'after %s at submission is unknown, and never submitted again',
    async (code) => {
      const { start, pass, trail, script, submitted } = bench(jobOf(1))
      script.submit = faultOf(code)
      const running = start()
      await pass(1000)
      script.submit = undefined
      running.wake()
      await pass(600_000)
      expect(trail).toEqual(['1 submitting', `1 unknown ${code}`])
      expect(submitted).toHaveLength(0)
    },
  )

  it('does not keep the next from being printed', async () => {
    const { start, pass, trail, script } = bench(jobOf(1), jobOf(2))
    script.submit = faultOf('printer.noAnswer')
    start()
    await pass(0)
    script.submit = undefined
    await pass(5000)
    expect(trail).toContain('1 unknown printer.noAnswer')
  })
})
