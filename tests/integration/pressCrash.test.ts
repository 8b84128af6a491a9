import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aReceipt } from '#tests/builders/receipt.ts'
import { pressProcess } from '#tests/builders/pressProcess.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

let folder: ReturnType<typeof temporaryFolder>
const ends: (() => unknown)[] = []
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  folder.remove()
})

const trail = (): readonly string[] => {
  const file = join(folder.path, 'paper.txt')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}
async function counter(made: ReturnType<typeof pressProcess>): Promise<TestWorker> {
  ends.push(made.close)
  const printer = paperTrail(join(folder.path, 'paper.txt'))
  const worker = await signedIn(startWorker(folder.path, devicesWith(printer), { press: made.press }))
  ends.push(worker.close)
  return worker
}
async function deposit(worker: TestWorker): Promise<string> {
  const { identityId } = valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Omar' }, reason: 'noCard' }),
  )
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  const pieces = sheet.pieces.map(({ code }) => ({ code, state: 'received' as const }))
  const draft = { procedure: sheet.code, procedureVersion: sheet.version, pieces }
  return valueOf(await worker.ask('receipt.issue', { commandId: v7(), identityId, draft })).number
}

test('a press that is killed in the middle of a page loses nothing: the paper comes out, once, after its restart', async () => {
  const made = pressProcess({ lives: ['hold', 'work'], paperMs: 60_000 })
  const worker = await counter(made)
  const number = await deposit(worker)
  await expect.poll(() => made.seen.pages).toBe(1)
  made.kill()
  await expect.poll(trail).toEqual([number])
  expect(made.seen).toEqual({ starts: 2, pages: 2 })
  // What follows is printed too, each once.
  const next = await deposit(worker)
  await expect.poll(trail).toEqual([number, next])
})

test('a layout that never ends costs its process, not the counter: acts go on, and the paper comes out of the next', async () => {
  const made = pressProcess({ lives: ['hang', 'work'], paperMs: 12_000 })
  const worker = await counter(made)
  const first = await deposit(worker)
  await expect.poll(() => made.seen.pages).toBe(1)
  const second = await deposit(worker)
  expect(trail()).toEqual([])
  await expect.poll(() => [...trail()].sort(), { timeout: 90_000 }).toEqual([first, second].sort())
  expect(made.seen.starts).toBeGreaterThan(1)
})

test('what the press answers over the wire is a whole file, and a refusal is a fault', async () => {
  const made = pressProcess({ lives: ['work'], paperMs: 60_000 })
  ends.push(made.close)
  const pdf = valueOf(await made.press.make({ kind: 'receipt', facts: aReceipt(), seal: 'RS1:ABC' })).pdf
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  const mark = { copy: 1, at: '2026-11-23T08:05:00.000Z', zone: 'UTC', by: 'A1', reason: 'bourrage' }
  expect(valueOf(await made.press.duplicata(pdf, mark)).byteLength).toBeGreaterThan(pdf.byteLength)
  expect(await made.press.duplicata(pdf.subarray(0, 900), mark)).toMatchObject({ fault: { code: 'receipt.altered' } })
  const nobody = { ...aReceipt(), depositedAt: 'yesterday' }
  expect(await made.press.make({ kind: 'receipt', facts: nobody })).toMatchObject({ fault: { code: 'call.invalid' } })
  const foreign = aReceipt({ agent: { name: '王', code: 'A1' } })
  expect(await made.press.make({ kind: 'receipt', facts: foreign })).toMatchObject({
    fault: { code: 'receipt.glyphMissing' },
  })
})
