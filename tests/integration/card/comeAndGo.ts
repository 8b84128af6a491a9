import { parentPort, workerData } from 'node:worker_threads'
import { createAuthority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen } from '#drivers/fake/belgian/persons.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { cardDay, specimenPhoto } from '#tests/builders/cards.ts'
import { plugCard } from '#tests/emulators/card/vpcd.ts'

/**
 * A thread of its own, so that cards come and go while the main one is busy: `times` in each reader, and at the end one
 * stays in the first.
 */
const { ports, times } = workerData as { readonly ports: readonly [number, number]; readonly times: number }
const authority = await createAuthority('ec', cardDay)
const link = () =>
  withFaults(createBelgianCard({ person: citizen(cardDay), photo: specimenPhoto('citizen'), authority }))
const seen = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 900)
  })
parentPort?.postMessage('ready')
await new Promise((resolve) => parentPort?.once('message', resolve))
for (let time = 0; time < times; time += 1) {
  const cards = await Promise.all(ports.map((port) => plugCard(link(), port)))
  await seen()
  await Promise.all(cards.map((card) => card.pull()))
  await seen()
}
await plugCard(link(), ports[0])
parentPort?.postMessage('done')
