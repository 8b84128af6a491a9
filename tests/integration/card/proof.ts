import { readCard } from '#drivers/card/readCard.ts'
import { createAuthority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen } from '#drivers/fake/belgian/persons.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { cardDay, channelTo, specimenPhoto, trustIn } from '#tests/builders/cards.ts'

/**
 * A program of its own, to be run under another runtime: makes, signs, reads and proves cards, and prints the verdicts
 * as JSON.
 */
const verdicts = []
for (const kind of ['rsa', 'ec'] as const) {
  const [authority, impostor] = await Promise.all([createAuthority(kind, cardDay), createAuthority(kind, cardDay)])
  for (const tamper of [[], ['identity'], ['address'], ['photo']] as const) {
    const link = withFaults(
      createBelgianCard({ person: citizen(cardDay), photo: specimenPhoto('citizen'), authority, tamper }),
    )
    const trust = trustIn(tamper.length === 0 ? authority : impostor)
    const reading = await readCard(channelTo(link), {
      trust,
      simulated: true,
      clock: { now: () => cardDay, monotonic: () => performance.now() },
    })
    verdicts.push(reading.ok ? Object.values(reading.value.checks).join(' ') : reading.fault.code)
  }
}
console.log(JSON.stringify(verdicts))
