import { describe, expect, it } from 'vitest'
import { jobIdOf, jobOf, plainPaper, receiptIdOf } from '#tests/builders/spool.ts'
import { playedClock, spoolBench } from '#tests/builders/spoolBench.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { openSpool } from './spool.ts'

const bench = spoolBench()

describe('a press that is down', () => {
  it('costs no paper: the job waits, the next one is printed, and it is made again', async () => {
    const { start, pass, trail, submitted, paper } = bench(jobOf(1))
    paper.fault = faultOf('press.down')
    start()
    await pass(100)
    expect(trail).toEqual(['1 blocked press.down'])
    paper.fault = undefined
    await pass(60_000)
    expect(trail.slice(1, 3)).toEqual(['1 submitting press.down', '1 sent'])
    expect(submitted).toHaveLength(1)
  })
})

describe('after a crash', () => {
  it.each(['sent', 'printing', 'blocked'] as const)(
    'a job found %s at the printer is followed, not submitted',
    async (state) => {
      const { start, pass, trail, submitted, asked } = bench(
        jobOf(1, { state, printer: 'Bureau', spoolerJob: '42', reasons: state === 'blocked' ? ['media-empty'] : [] }),
      )
      start()
      await pass(1000)
      expect(asked[0]).toBe('42')
      expect(trail).toEqual(['1 printed'])
      expect(submitted).toHaveLength(0)
    },
  )

  it('a job that was leaving is unknown: the agent is asked', async () => {
    const { start, pass, trail, submitted } = bench(jobOf(1, { state: 'submitting', printer: 'Bureau' }))
    start()
    await pass(600_000)
    expect(trail).toEqual(['1 unknown interrupted'])
    expect(submitted).toHaveLength(0)
  })

  it('a job that somebody ended while its printer was looked for is not handed over', async () => {
    const all = bench(jobOf(1), jobOf(2))
    const list = all.open.printer.list
    all.open.printer.list = () => {
      all.add(jobOf(1, { state: 'unknown', reasons: ['interrupted'] }))
      return list()
    }
    all.start()
    await all.pass(10_000)
    expect(all.submitted.map((job) => job.title)).toEqual([jobOf(2).title])
    expect(all.job(1)?.state).toBe('unknown')
  })

  it('a job that was queued, or blocked before it left, is printed', async () => {
    const { start, pass, trail, submitted } = bench(
      jobOf(1, { state: 'blocked', reasons: ['printer.noService'] }),
      jobOf(2),
    )
    start()
    await pass(5000)
    expect(trail.filter((step) => step.endsWith('printed'))).toEqual(['1 printed', '2 printed'])
    expect(submitted).toHaveLength(2)
  })

  it('at any step of a job, nothing is submitted twice and nothing is forgotten', async () => {
    for (const crashAt of ['1 submitting', '1 sent', '1 printing', '1 printed']) {
      const all = bench(jobOf(1))
      all.script.outcomes = [ok({ state: 'printing' }), ok({ state: 'printed' })]
      // The program dies right after this step is on disk: nothing that follows is written, or even done.
      let dead = false
      all.state.onRecord = (step) => {
        dead ||= step === crashAt
      }
      openSpool({
        store: {
          ...all.store,
          unfinished: () => (dead ? ok([]) : all.store.unfinished()),
          record: (id, change) => (dead ? err(faultOf('internal')) : all.store.record(id, change)),
        },
        printer: { ...all.printer, submit: (job) => (dead ? new Promise(() => undefined) : all.printer.submit(job)) },
        paper: plainPaper().maker,
        clock: playedClock,
        onChange: () => undefined,
      })
      await all.pass(3000)
      expect(all.trail.at(-1)).toBe(crashAt)
      const sentBefore = all.submitted.length
      all.state.onRecord = () => undefined
      const next = openSpool({
        store: all.store,
        paper: plainPaper().maker,
        printer: all.printer,
        clock: playedClock,
        onChange: () => undefined,
      })
      await all.pass(5000)
      await next.close()
      expect(all.submitted).toHaveLength(sentBefore)
      expect(all.job(1)?.state).toBe(crashAt === '1 submitting' ? 'unknown' : 'printed')
    }
  })
})

describe('paper and register in trouble', () => {
  it('a receipt that cannot be drawn fails with its fault, and the next is printed', async () => {
    const { start, pass, trail, paper, papers } = bench(jobOf(1), jobOf(2))
    papers.set(receiptIdOf(2), { bytes: new TextEncoder().encode('stored'), sha256: 'x' as never })
    paper.fault = faultOf('receipt.glyphMissing')
    start()
    await pass(5000)
    expect(trail[0]).toBe('1 failed receipt.glyphMissing')
    expect(trail.at(-1)).toBe('2 printed')
  })

  it('a layout engine that throws costs one paper', async () => {
    const { start, pass, trail, paper } = bench(jobOf(1))
    paper.throws = true
    start()
    await pass(1000)
    expect(trail).toEqual(['1 failed internal'])
  })

  it('a full disk before submission sends nothing; the job goes on when there is room', async () => {
    const { start, pass, trail, state, submitted, papers } = bench(jobOf(1))
    papers.set(receiptIdOf(1), { bytes: new TextEncoder().encode('stored'), sha256: 'x' as never })
    state.full = true
    start()
    await pass(10_000)
    expect(submitted).toHaveLength(0)
    state.full = false
    await pass(10_000)
    expect(trail.at(-1)).toBe('1 printed')
  })

  it('a full disk right after submission loses nothing: the step is written when there is room', async () => {
    const { start, pass, trail, state, submitted } = bench(jobOf(1))
    state.onRecord = (step) => {
      if (step === '1 submitting') state.full = true
    }
    start()
    await pass(10_000)
    expect(trail).toEqual(['1 submitting'])
    expect(submitted).toHaveLength(1)
    state.full = false
    await pass(10_000)
    expect(trail).toEqual(['1 submitting', '1 sent', '1 printed'])
    expect(submitted).toHaveLength(1)
  })

  it('two who ask for a PDF at once get the same', async () => {
    const { start, pass, paper } = bench()
    const running = start()
    const [a, b] = await Promise.all([running.pdf(receiptIdOf(1)), running.pdf(receiptIdOf(1))])
    await pass(1)
    expect(a).toEqual(b)
    expect(paper.receipts).toBe(1)
  })

  it('ends only when the running step has ended', async () => {
    const { start, pass, job } = bench(jobOf(1))
    const running = start()
    const closing = running.close()
    await pass(10)
    await closing
    expect(job(1)?.printJobId).toBe(jobIdOf(1))
    expect(job(1)?.state).not.toBe('submitting')
  })
})
