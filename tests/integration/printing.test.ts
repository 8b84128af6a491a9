import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { PDFDocument, PageSizes } from '@cantoo/pdf-lib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openIppPrinters } from '#drivers/printer/ipp/printers.ts'
import { parseIppServer } from '#drivers/printer/ipp/server.ts'
import { openSpool, type Spool } from '#electron/worker/papers/spool/spool.ts'
import type { Printer } from '#shared/ports/printer.ts'
import { ok } from '#shared/result.ts'
import { aReceipt } from '#tests/builders/receipt.ts'
import { jobOf, memoryStore } from '#tests/builders/spool.ts'
import { startPrinterBench, type PrinterBench } from '#tests/emulators/printer/bench.ts'

const run = promisify(execFile)
const printersAt = (address: string): Printer => {
  const server = parseIppServer(address)
  if (server === undefined) throw new Error(address)
  return openIppPrinters({ server })
}
async function page(size: [number, number], text: string): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.addPage(size).drawText(text, { x: 40, y: 200 })
  return document.save()
}

let bench: PrinterBench
let a5: Uint8Array
beforeAll(async () => {
  bench = await startPrinterBench()
  a5 = await page(PageSizes.A5, 'SPECIMEN')
})
afterEach(() => bench.set('ready'))
afterAll(() => bench.stop())

/** Prints one receipt through the spool; `seen` grows with each state that the agent is shown. */
function issue(printer: Printer, existing: ReturnType<typeof memoryStore> = memoryStore([jobOf(1)], aReceipt())) {
  const seen: string[] = []
  const reasons: string[] = []
  const spool: Spool = openSpool({
    store: existing.store,
    printer,
    paper: {
      make: () => Promise.resolve(ok({ pdf: a5, template: '2026.1' })),
      mark: (pdf) => Promise.resolve(ok(pdf)),
    },
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    onChange: (view) => {
      if (seen.at(-1) !== view.state) seen.push(view.state)
      reasons.push(...view.reasons)
    },
  })
  const until = async (state: string): Promise<void> => {
    for (let i = 0; i < 600; i += 1) {
      if (seen.at(-1) === state) return
      await delay(50)
    }
    throw new Error(`never ${state}, only ${seen.join(', ')} (${reasons.join(', ')})`)
  }
  return { seen, reasons, spool, until, register: existing }
}

/** A quota counts what was printed before. */
async function printedBefore(printer: Printer): Promise<void> {
  const { until, spool } = issue(printer)
  await until('printed')
  await spool.close()
}

describe('a printer behind CUPS', () => {
  it('is listed with its papers and its state', async () => {
    expect(await printersAt(bench.server).list()).toEqual(
      ok([
        { name: 'Bureau', description: 'Bureau', state: 'idle', reasons: [], papers: ['a4', 'a5'], isDefault: true },
      ]),
    )
  })

  it('prints: the agent sees sent, printing, printed, and one page came out', async () => {
    const before = (await bench.received()).length
    const { until, seen, spool } = issue(printersAt(bench.server))
    await until('printed')
    await spool.close()
    expect(seen).toEqual(['queued', 'sent', 'printing', 'printed'])
    const received = await bench.received()
    expect(received).toHaveLength(before + 1)
    const paper = await PDFDocument.load(received.at(-1) ?? new Uint8Array())
    const { width, height } = paper.getPage(0).getSize()
    expect([Math.round(width), Math.round(height)]).toEqual([420, 595])
  })

  it('is out of paper: the agent sees blocked with the reason, and printed after the refill', async () => {
    await bench.set('paperOut')
    const { until, reasons, spool } = issue(printersAt(bench.server))
    await until('blocked')
    expect(reasons).toContain('media-empty')
    await bench.set('ready')
    await until('printed')
    await spool.close()
  })

  it('is paused: the agent sees blocked, and printed after it was released', async () => {
    await bench.set('paused')
    const { until, reasons, spool } = issue(printersAt(bench.server))
    await until('blocked')
    expect(reasons).toContain('paused')
    await bench.set('ready')
    await until('printed')
    await spool.close()
  })

  it('is switched off: the agent sees blocked, and printed when it is back, once', async () => {
    const before = (await bench.received()).length
    await bench.set('off')
    const { until, reasons, spool } = issue(printersAt(bench.server))
    await until('blocked')
    expect(reasons).toContain('offline')
    await bench.set('ready')
    await until('printed')
    await spool.close()
    expect(await bench.received()).toHaveLength(before + 1)
  })

  it('aborts: the agent sees failed', async () => {
    await bench.set('abort')
    const { until, reasons, spool } = issue(printersAt(bench.server))
    await until('failed')
    await spool.close()
    expect(reasons).toContain('job-canceled-at-device')
  })

  it('gets a job that somebody cancels: the agent sees failed', async () => {
    await bench.set('slow')
    const { until, spool } = issue(printersAt(bench.server))
    await until('printing')
    await run('cancel', ['-h', bench.server, '-a'])
    await until('failed')
    await spool.close()
  })

  it('gets a paper it does not know past our check: CUPS accepts and cancels, and that is told', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guichet-a3-'))
    await writeFile(join(folder, 'a3.pdf'), await page(PageSizes.A3, 'SPECIMEN'))
    const { stdout } = await run('lp', [
      '-h',
      bench.server,
      '-d',
      'Bureau',
      '-o',
      'media=iso_a3_297x420mm',
      join(folder, 'a3.pdf'),
    ])
    await rm(folder, { recursive: true })
    const spoolerJob = /Bureau-(\d+)/.exec(stdout)?.[1] ?? ''
    const printer = printersAt(bench.server)
    for (let i = 0; i < 100; i += 1) {
      const outcome = await printer.outcome({ printer: 'Bureau', spoolerJob })
      if (outcome.ok && outcome.value.state === 'failed') {
        expect(outcome.value.reasons).toEqual(['unsupported-attributes-or-values'])
        return
      }
      await delay(100)
    }
    throw new Error('never failed')
  })

  it('does not exist, or its job does not: that is told, never taken for printed', async () => {
    const printer = printersAt(bench.server)
    expect(await printer.submit({ printer: 'Nowhere', title: 't', paper: 'a5', pdf: a5 })).toMatchObject({
      fault: { code: 'printer.none' },
    })
    expect(await printer.outcome({ printer: 'Bureau', spoolerJob: '99999' })).toMatchObject({
      value: { state: 'unknown' },
    })
    expect(await printer.outcome({ printer: 'Bureau', spoolerJob: 'x' })).toMatchObject({ value: { state: 'unknown' } })
  })

  it.each([
    ['closed', 'printer.closed', /accepts no jobs|not accepting/i],
    ['quota', 'printer.quota', /quota limit reached/i],
    ['forOthers', 'printer.notAllowed', /not allowed/i],
  ] as const)(
    'is %s: blocked with that reason and the words of CUPS, shown once however often it is tried, printed afterwards',
    async (mood, code, words) => {
      const printer = printersAt(bench.server)
      if (mood === 'quota') await printedBefore(printer)
      await bench.set(mood)
      expect(await printer.list()).toMatchObject({ value: [{ name: 'Bureau' }] })
      expect(await printer.submit({ printer: 'Bureau', title: 't', paper: 'a5', pdf: a5 })).toMatchObject({
        fault: { code, detail: expect.stringMatching(words) as string },
      })
      const { until, reasons, seen, spool } = issue(printer)
      await until('blocked')
      await delay(4_000)
      expect([...new Set(reasons)]).toEqual([code])
      expect(seen).toEqual(['queued', 'blocked'])
      await bench.set('ready')
      await until('printed')
      await spool.close()
    },
  )

  it('holds what it gets: blocked, and its own word for it', async () => {
    await bench.set('held')
    const { until, reasons, spool } = issue(printersAt(bench.server))
    await until('blocked')
    expect(reasons).toContain('job-hold-until-specified')
    await run('cancel', ['-h', bench.server, '-a'])
    await until('failed')
    await spool.close()
  })

  it('is behind a CUPS that is down: nothing is sent, the agent sees why, and it is printed when CUPS is back', async () => {
    await bench.spooler('down')
    const { until, reasons, seen, spool } = issue(printersAt(bench.server))
    await until('blocked')
    expect(reasons).toEqual(['printer.noService'])
    expect(seen).not.toContain('sent')
    await bench.spooler('up')
    await until('printed')
    await spool.close()
  })
})

describe('a program that dies', () => {
  it('while the job is at the printer: the next start follows it to the end and sends nothing again', async () => {
    const before = (await bench.received()).length
    await bench.set('slow')
    const first = issue(printersAt(bench.server))
    await first.until('printing')
    await first.spool.close()
    const second = issue(printersAt(bench.server), first.register)
    await bench.set('ready')
    await second.until('printed')
    await second.spool.close()
    expect(await bench.received()).toHaveLength(before + 1)
  })
})

describe('a printer that speaks IPP itself', () => {
  it('gets the very bytes of the stored PDF', async () => {
    const before = (await bench.received()).length
    const { until, spool } = issue(printersAt(bench.printerUri))
    await until('printed')
    await spool.close()
    const received = await bench.received()
    expect(received).toHaveLength(before + 1)
    expect(Buffer.compare(received.at(-1) ?? new Uint8Array(), a5)).toBe(0)
  })

  it('is switched off: unreachable, and nothing was sent', async () => {
    await bench.set('off')
    const printer = printersAt(bench.printerUri)
    expect(await printer.list()).toMatchObject({ fault: { code: 'printer.unreachable' } })
    expect(await printer.submit({ printer: 'Bureau', title: 't', paper: 'a5', pdf: a5 })).toMatchObject({
      fault: { code: 'printer.unreachable' },
    })
  })
})

describe('a printer without A5', () => {
  it('is refused before anything is sent, in words that name it', async () => {
    const small = await startPrinterBench({ papers: ['a4'], queue: 'Etiquettes' })
    try {
      const printer = printersAt(small.server)
      expect(await printer.submit({ printer: 'Etiquettes', title: 't', paper: 'a5', pdf: a5 })).toMatchObject({
        fault: { code: 'printer.media', values: { printer: 'Etiquettes', paper: 'A5' } },
      })
      const { until, reasons, spool } = issue(printer)
      await until('blocked')
      await spool.close()
      expect(reasons).toEqual(['printer.media'])
      expect(await small.received()).toHaveLength(0)
    } finally {
      await small.stop()
    }
  })
})
