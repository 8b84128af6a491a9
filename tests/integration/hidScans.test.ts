import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import type { Scan } from '#shared/ports/hidSource.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
let say: (scan: Scan) => void
beforeEach(() => {
  folder = temporaryFolder()
  const devices = devicesWith(paperTrail(join(folder.path, 'paper.txt')))
  worker = startWorker(folder.path, {
    ...devices,
    scans: {
      ...devices.scans,
      watch: (listener) => {
        say = listener
        return () => undefined
      },
    },
  })
})
afterEach(async () => {
  await worker.close()
  folder.remove()
})
const scan: Scan = { device: 'Emulated reader', text: 'I<UTOD231458907<<<<<<<<<<<<<<<', at: '2026-11-21T10:00:00.000Z' }
const scans = (): readonly unknown[] =>
  worker.events.filter((event) => event.name === 'scan').map((event) => event.payload)

test('what is scanned before somebody signs in goes nowhere', async () => {
  say(scan)
  expect(scans()).toEqual([])
  await signedIn(worker)
  say(scan)
  expect(scans()).toEqual([scan])
})

test('a scanned seal says its claims and finds its deposit; a changed or foreign one is refused', async () => {
  await signedIn(worker)
  const [sheet] = await sheetsOf(worker)
  const { identityId } = valueOf(
    await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: 'Leïla' }, reason: 'noCard' }),
  )
  const pieces = (sheet?.pieces ?? []).map((piece) => ({
    code: piece.code,
    state: 'received' as const,
    attachments: [],
  }))
  const deposit = valueOf(
    await worker.ask('receipt.issue', {
      commandId: v7(),
      identityId,
      draft: {
        procedure: sheet?.code ?? '',
        procedureVersion: sheet?.version ?? '',
        pieces,
        capacity: 'self',
        language: 'ar',
      },
    }),
  )
  const { seal } = valueOf(await worker.ask('receipt.pdf', { receiptId: deposit.receiptId }))

  const checked = valueOf(await worker.ask('receipt.check', { seal }))
  expect(checked.claims.number).toBe(deposit.number)
  expect(checked.deposit).toMatchObject({
    receiptId: deposit.receiptId,
    number: deposit.number,
    citizen: deposit.citizen,
  })

  const at = seal.length - 20
  const changed = seal.slice(0, at) + (seal[at] === '0' ? '1' : '0') + seal.slice(at + 1)
  expect(await worker.ask('receipt.check', { seal: changed })).toMatchObject({
    ok: false,
    fault: { code: expect.stringMatching(/^seal\./) as string },
  })
  expect(await worker.ask('receipt.check', { seal: 'GU1:ABC' })).toMatchObject({
    ok: false,
    fault: { code: 'seal.malformed' },
  })
})
