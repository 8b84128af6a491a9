import { expect, test, vi } from 'vitest'
import { v7 } from 'uuid'
import type { In } from '#shared/contract/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { forgettingCounter } from '#tests/builders/forgettingCounter.ts'
import { accessesOf, depositFor } from '#tests/builders/markedCitizen.ts'
import { valueOf } from '#tests/builders/register.ts'
import { signedIn, type TestWorker } from '#tests/builders/worker.ts'

// What is tried: under an id that was used before, an official answer of two people, of whom one was never asked.

vi.setConfig({ testTimeout: 60_000 })

let worker: TestWorker
const { withoutDigests } = forgettingCounter((now) => {
  worker = now
})
const second = (login: string, password = 'guichet-demo') => ({ login, password })
/** Nobody of that name, and somebody who was not asked. */
const strangers = (other: string) => [second('nobody', 'not a password'), second(other)]

test('nobody is named as the second person who did not prove it for this act', async () => {
  await signedIn(worker)
  const asked = await depositFor(worker)
  const never = await depositFor(worker, { familyName: 'SECONDE', documentNumber: 'ZZDOC2' })
  await signedIn(worker, 'supervisor')
  const erasure: In<'personalData.erase'> = {
    commandId: v7(),
    files: [asked.deposit.requestId],
    right: 'opposition',
    reason: 'demande écrite',
    second: second('admin'),
  }
  valueOf(await worker.ask('personalData.erase', erasure))
  const cancel: In<'correction.cancel'> = {
    commandId: v7(),
    act: asked.order.commandId,
    reason: 'déposé deux fois',
    second: second('agent'),
  }
  valueOf(await worker.ask('correction.cancel', cancel))

  const refused = async (): Promise<void> => {
    const before = (await accessesOf(worker)).length
    const erased = err(faultOf('command.reused', 'ma.guichet.personalData.erased.v1'))
    const others = [never.deposit.requestId]
    for (const witness of strangers('agent')) {
      expect(await worker.ask('personalData.erase', { ...erasure, second: witness })).toEqual(erased)
      expect(await worker.ask('personalData.erase', { ...erasure, files: others, second: witness })).toEqual(erased)
    }
    const cancelled = err(faultOf('command.reused', 'ma.guichet.request.cancelled.v1'))
    for (const witness of strangers('admin'))
      expect(await worker.ask('correction.cancel', { ...cancel, second: witness })).toEqual(cancelled)
    expect((await accessesOf(worker)).length).toBe(before)
  }
  await refused()
  await withoutDigests()
  await signedIn(worker, 'supervisor')
  await refused()

  // Asked anew, under an id of its own, it takes his password.
  for (const witness of [second('nobody', 'not a password'), second('admin', 'not a password')])
    expect(await worker.ask('personalData.erase', { ...erasure, commandId: v7(), second: witness })).toMatchObject({
      fault: { code: expect.stringMatching(/^(?:session|witness)\./u) as string },
    })
})
