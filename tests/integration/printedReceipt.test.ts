import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openIppPrinters } from '#drivers/printer/ipp/printers.ts'
import { parseIppServer } from '#drivers/printer/ipp/server.ts'
import type { Payload } from '#shared/contract/events.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { Printer } from '#shared/ports/printer.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { startPrinterBench, type PrinterBench } from '#tests/emulators/printer/bench.ts'
import { output } from './pdfTools.ts'

let bench: PrinterBench
let printer: Printer
const folder = temporaryFolder()
beforeAll(async () => {
  bench = await startPrinterBench()
  const server = parseIppServer(bench.server)
  if (server === undefined) throw new Error(bench.server)
  printer = openIppPrinters({ server })
})
afterAll(async () => {
  await bench.stop()
  folder.remove()
})

async function deposit(worker: TestWorker): Promise<DepositView> {
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  const citizen = valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Houda' }, reason: 'noCard' }),
  )
  const draft = {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces: sheet.pieces.map(({ code }) => ({ code, state: 'received' as const })),
  }
  return valueOf(await worker.ask('receipt.issue', { commandId: v7(), identityId: citizen.identityId, draft }))
}
const paperOf = (worker: TestWorker): Payload<'print'>[] =>
  worker.events.flatMap(({ name, payload }) => (name === 'print' ? [payload as Payload<'print'>] : []))
const statesOf = (worker: TestWorker): readonly string[] => paperOf(worker).map((job) => `${job.copy} ${job.state}`)
const until = (worker: TestWorker, state: string): Promise<void> =>
  expect.poll(() => statesOf(worker).at(-1), { timeout: 30_000 }).toBe(state)
async function shown(pdf: Uint8Array): Promise<{ text: string; qr: string }> {
  const file = join(folder.path, 'out')
  await writeFile(`${file}.pdf`, pdf)
  await output('pdftoppm', ['-png', '-r', '200', '-f', '1', '-singlefile', `${file}.pdf`, file])
  const [text, qr] = await Promise.all([
    output('pdftotext', [`${file}.pdf`, '-']),
    output('zbarimg', ['--quiet', '--raw', '--nodbus', `${file}.png`]),
  ])
  return { text, qr: qr.trim() }
}

it('a deposit comes out of a real printer, sealed, and its reprint says DUPLICATA', async () => {
  const worker = await signedIn(startWorker(folder.path, devicesWith(printer)))
  const { receiptId, number } = await deposit(worker)
  await until(worker, '0 printed')
  expect(new Set(statesOf(worker))).toEqual(new Set(['0 queued', '0 sent', '0 printing', '0 printed']))
  const stored = valueOf(await worker.ask('receipt.pdf', { receiptId }))
  const [original] = await bench.received()
  const seen = await shown(original ?? new Uint8Array())
  expect(seen.qr).toBe(stored.seal)
  expect(seen.text).toContain(number)

  valueOf(await worker.ask('receipt.reprint', { receiptId, reason: 'exemplaire perdu' }))
  await until(worker, '1 printed')
  const papers = await bench.received()
  expect(papers).toHaveLength(2)
  expect((await shown(papers[1] ?? new Uint8Array())).text).toMatch(/DUPLICATA/)
  const again = valueOf(await worker.ask('receipt.pdf', { receiptId }))
  expect(again.sha256).toBe(stored.sha256)
  expect(createHash('sha256').update(again.pdf).digest('hex')).toBe(again.sha256)
  await worker.close()
})

it('a deposit made while nothing could print comes out at the next start, once', async () => {
  const before = (await bench.received()).length
  const nobody = {
    ...paperTrail(join(folder.path, 'never.txt')),
    list: () => Promise.resolve({ ok: false, fault: { code: 'printer.noService' } } as const),
  }
  const first = await signedIn(startWorker(folder.path, devicesWith(nobody)))
  await deposit(first)
  await until(first, '0 blocked')
  await first.close()
  const second = await signedIn(startWorker(folder.path, devicesWith(printer)))
  await until(second, '0 printed')
  await second.close()
  const third = await signedIn(startWorker(folder.path, devicesWith(printer)))
  expect(valueOf(await third.ask('print.list', {})).jobs.map((job) => job.state)).toEqual([
    'printed',
    'printed',
    'printed',
  ])
  await third.close()
  expect(await bench.received()).toHaveLength(before + 1)
})
