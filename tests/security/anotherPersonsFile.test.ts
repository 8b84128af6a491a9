import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import type { In } from '#shared/contract/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { forgettingCounter } from '#tests/builders/forgettingCounter.ts'
import { accessesOf, depositFor } from '#tests/builders/markedCitizen.ts'
import { valueOf } from '#tests/builders/register.ts'
import { signedIn, type TestWorker } from '#tests/builders/worker.ts'

// What is tried: a copy, an answer or a name of somebody who was never asked about, under an id that was used before.

let worker: TestWorker
const { withoutDigests } = forgettingCounter((now) => {
  worker = now
})
const second = (login = 'admin') => ({ login, password: 'guichet-demo' })
const used = (type: string) => err(faultOf('command.reused', type))

test('an id that was used answers the same question alone, and each answer that shows somebody is an access', async () => {
  await signedIn(worker)
  const mine = await depositFor(worker, { familyName: 'PREMIERE' })
  const theirs = await depositFor(worker, { familyName: 'SECONDE', documentNumber: 'ZZDOC2' })
  await signedIn(worker, 'supervisor')

  const copy = { commandId: v7(), files: [mine.deposit.requestId] }
  const { pdf } = valueOf(await worker.ask('personalData.export', copy))
  const erasure: In<'personalData.erase'> = {
    commandId: v7(),
    files: [mine.deposit.requestId],
    right: 'opposition',
    reason: 'demande écrite',
    second: second(),
  }
  valueOf(await worker.ask('personalData.erase', erasure))
  const cancel: In<'correction.cancel'> = {
    commandId: v7(),
    act: mine.order.commandId,
    reason: 'déposé deux fois',
    second: second('agent'),
  }
  valueOf(await worker.ask('correction.cancel', cancel))

  const others = async (): Promise<void> => {
    const before = (await accessesOf(worker)).length
    const files = [theirs.deposit.requestId]
    const exported = used('ma.guichet.personalData.exported.v1')
    expect(await worker.ask('personalData.export', { ...copy, files })).toEqual(exported)
    expect(await worker.ask('personalData.export', { ...copy, files: [...copy.files, ...files] })).toEqual(exported)
    expect(await worker.ask('personalData.export', { ...copy, commandId: erasure.commandId })).toEqual(exported)
    const erased = used('ma.guichet.personalData.erased.v1')
    expect(await worker.ask('personalData.erase', { ...erasure, files })).toEqual(erased)
    expect(await worker.ask('personalData.erase', { ...erasure, right: 'erasure' })).toEqual(erased)
    const cancelled = used('ma.guichet.request.cancelled.v1')
    expect(await worker.ask('correction.cancel', { ...cancel, act: theirs.order.commandId })).toEqual(cancelled)
    expect(await worker.ask('correction.cancel', { ...cancel, reason: 'autre raison' })).toEqual(cancelled)
    expect((await accessesOf(worker)).length).toBe(before)
  }
  await others()

  const before = (await accessesOf(worker)).length
  expect(Buffer.from(valueOf(await worker.ask('personalData.export', copy)).pdf).equals(Buffer.from(pdf))).toBe(true)
  const [line, ...earlier] = await accessesOf(worker)
  expect(earlier.length).toBe(before)
  expect(line).toMatchObject({ means: 'copy', actor: 'CS-002', number: mine.deposit.number })
  valueOf(await worker.ask('personalData.erase', erasure))
  valueOf(await worker.ask('correction.cancel', cancel))

  await withoutDigests()
  await signedIn(worker, 'supervisor')
  await others()
  valueOf(await worker.ask('personalData.export', copy))
  valueOf(await worker.ask('correction.cancel', cancel))
})

test('a receipt that is asked for again names its citizen to whoever asks: in the log, under his name', async () => {
  await signedIn(worker)
  const { order, deposit } = await depositFor(worker, { familyName: 'TROISIEME', documentNumber: 'ZZDOC3' })
  await signedIn(worker, 'supervisor')
  const before = (await accessesOf(worker)).length
  expect(valueOf(await worker.ask('receipt.issue', order)).number).toBe(deposit.number)
  const [line, ...earlier] = await accessesOf(worker)
  expect(earlier.length).toBe(before)
  expect(line).toMatchObject({ means: 'receipt', actor: 'CS-002', number: deposit.number })
})
