import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSimulatedPrinter, simulatedPrinterName } from './simulatedPrinter.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-paper-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const pdf = new TextEncoder().encode('%PDF-1.7')
const job = { printer: simulatedPrinterName, title: '2026/RAB03-G2/000001', paper: 'a5' as const, pdf }

describe('the simulated printer', () => {
  it('leaves the page in its folder and says so', async () => {
    const printer = openSimulatedPrinter({ folder: join(folder, 'made') })
    const submitted = await printer.submit(job)
    expect(submitted).toEqual({ ok: true, value: { spoolerJob: '2026-RAB03-G2-000001.pdf' } })
    expect(new Uint8Array(await readFile(join(folder, 'made', '2026-RAB03-G2-000001.pdf')))).toEqual(pdf)
    expect(await printer.outcome({ printer: simulatedPrinterName, spoolerJob: '2026-RAB03-G2-000001.pdf' })).toEqual({
      ok: true,
      value: { state: 'printed' },
    })
  })

  it('never writes over a page', async () => {
    const printer = openSimulatedPrinter({ folder })
    await printer.submit(job)
    await printer.submit(job)
    expect((await readdir(folder)).sort()).toEqual(['2026-RAB03-G2-000001 (2).pdf', '2026-RAB03-G2-000001.pdf'])
  })

  it('knows nothing outside its folder', async () => {
    await writeFile(join(folder, 'outside.pdf'), pdf)
    const printer = openSimulatedPrinter({ folder: join(folder, 'inside') })
    for (const spoolerJob of ['../outside.pdf', 'gone.pdf', '', '..']) {
      expect(await printer.outcome({ printer: simulatedPrinterName, spoolerJob })).toMatchObject({
        value: { state: 'unknown' },
      })
    }
  })

  it('refuses what it cannot do', async () => {
    await writeFile(join(folder, 'file'), pdf)
    const printer = openSimulatedPrinter({ folder: join(folder, 'file') })
    expect(await printer.submit(job)).toMatchObject({ ok: false, fault: { code: 'printer.refused' } })
    expect(await printer.submit({ ...job, printer: 'Bureau' })).toMatchObject({
      ok: false,
      fault: { code: 'printer.none' },
    })
  })
})
