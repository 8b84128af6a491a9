import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { medium, type Medium } from '#shared/ports/printer.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { jobOf, printerOf, spoolParts } from '#tests/builders/spool.ts'
import { openSpool } from './spool.ts'
import type { SpoolJob } from './ports.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-21T08:00:00Z') })
})
afterEach(() => {
  vi.clearAllTimers()
  vi.useRealTimers()
})

/** A spool over jobs, and a printer for each medium that is named. */
function office(jobs: readonly SpoolJob[], chosen: Partial<Record<Medium, string>>) {
  const parts = spoolParts(jobs)
  parts.state.chosen = chosen
  parts.script.printers = ok(
    [...new Set(Object.values(chosen))].map((name) => printerOf(name, { papers: [...medium.options] })),
  )
  const start = () => openSpool({ ...parts.open, clock: { now: () => new Date(), monotonic: () => Date.now() } })
  return { ...parts, start, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

test('each medium goes to its own printer', async () => {
  const { start, pass, submitted } = office(
    [jobOf(1, { medium: 'a5' }), jobOf(2, { medium: 'a4' }), jobOf(3, { medium: '80mm' })],
    { a5: 'Guichet', a4: 'Bureau', '80mm': 'Tickets' },
  )
  start()
  await pass(100)
  expect(submitted.map((job) => [job.printer, job.title.slice(-1)])).toEqual([
    ['Guichet', '1'],
    ['Bureau', '2'],
    ['Tickets', '3'],
  ])
})

test('a medium whose printer is gone, or takes nothing, holds back no other', async () => {
  const all = office([jobOf(1, { medium: 'a4' }), jobOf(2, { medium: 'a5' }), jobOf(3, { medium: 'a5' })], {
    a5: 'Guichet',
    a4: 'Bureau',
  })
  all.script.printers = ok([printerOf('Guichet')])
  all.start()
  await all.pass(10_000)
  expect(all.trail).toContain('1 blocked printer.none')
  expect(all.submitted.map((job) => job.title.slice(-1))).toEqual(['2', '3'])
  all.script.printers = ok([printerOf('Guichet'), printerOf('Bureau')])
  await all.pass(120_000)
  expect(all.job(1)?.state).toBe('printed')
})

test('a printer that holds a job of one medium holds back the other medium that it prints, and no third', async () => {
  const all = office([jobOf(1, { medium: 'a5' }), jobOf(2, { medium: 'a4' }), jobOf(3, { medium: 'label' })], {
    a5: 'Bureau',
    a4: 'Bureau',
    label: 'Étiquettes',
  })
  all.script.outcomes = [ok({ state: 'printing' })]
  all.start()
  await all.pass(5_000)
  expect(all.submitted.map((job) => job.title.slice(-1))).toEqual(['1', '3'])
  all.script.outcomes = [ok({ state: 'printed' })]
  await all.pass(10_000)
  expect(all.submitted.map((job) => job.title.slice(-1))).toEqual(['1', '3', '2'])
})

test('on one printer and one medium the oldest comes first, whatever stands still elsewhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<Medium>('a4', 'a5', '80mm'), { minLength: 1, maxLength: 9 }),
      fc.subarray<Medium>(['a4', 'a5', '80mm']),
      async (media, working) => {
        const jobs = media.map((one, index) => jobOf(index + 1, { medium: one }))
        const all = office(jobs, { a4: 'P-a4', a5: 'P-a5', '80mm': 'P-80mm' })
        all.script.printers =
          working.length === 0
            ? err(faultOf('printer.noService'))
            : ok(working.map((one) => printerOf(`P-${one}`, { papers: [...medium.options] })))
        const spool = all.start()
        await all.pass(60_000)
        for (const one of medium.options) {
          const expected = working.includes(one) ? jobs.filter((job) => job.medium === one).map((job) => job.title) : []
          expect(all.submitted.filter((job) => job.printer === `P-${one}`).map((job) => job.title)).toEqual(expected)
        }
        const closing = spool.close()
        await all.pass(1_000)
        await closing
      },
    ),
    { numRuns: 60 },
  )
})
