import * as pcsc from 'pcsc-mini'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { createAuthority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen } from '#drivers/fake/belgian/persons.ts'
import { withFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import { at, watchCards } from '#tests/builders/cardEvents.ts'
import { cardDay, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { plugCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd } from '#tests/emulators/pcscd.ts'
import { against, median, timed, type Figure } from './measure.ts'

/** Command times of the card, in milliseconds: none, and what a real card takes. */
const speeds = [0, 20] as const

/**
 * A Belgian card of applet 1.7 through pcscd and vpcd, read and proved, against the same commands sent bare through the
 * same
 * library, connection and transaction included.
 */
export async function benchCard(runs: number): Promise<readonly Figure[]> {
  const pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
  const authority = await createAuthority('rsa', cardDay)
  const cards = openPcscCards({
    trust: trustIn(authority),
    clock: { now: () => cardDay, monotonic: () => performance.now() },
  })
  const client = new pcsc.Client().start()
  const watch = watchCards(cards)
  await watch.next(at('empty', pcscd.readers[1]))
  const figures: Figure[] = []
  for (const msPerApdu of speeds) {
    const { link, commands } = recorded(
      withFaults(createBelgianCard({ person: citizen(cardDay), photo: specimenPhoto('citizen'), authority }), {
        msPerApdu,
      }),
    )
    const done = watch.next(at('done'))
    const card = await plugCard(link, pcscd.ports[0])
    await done
    const bare = [...commands]
    const identities: number[] = []
    const whole = (): Promise<number> =>
      timed(async () => {
        const begun = performance.now()
        const shown = watch.next(at('identity')).then(() => identities.push(performance.now() - begun))
        const reading = await cards.read({})
        if (!reading.ok) throw new Error(reading.fault.code)
        await shown
      })
    const [value, floor] = await against(runs, whole, () => timed(() => exchange(client, pcscd.readers[0], bare)))
    const name = `card read and proved, ${String(msPerApdu)} ms per command`
    figures.push({
      name,
      value,
      floor: { name: `${String(bare.length)} bare commands`, value: floor },
      unit: 'ms',
      runs,
    })
    const first = bare.slice(0, 6)
    const firstFloor: number[] = []
    for (let run = 0; run < runs; run += 1)
      firstFloor.push(await timed(() => exchange(client, pcscd.readers[0], first)))
    const shown = { name: `identity and address, ${String(msPerApdu)} ms per command`, value: median(identities) }
    figures.push({
      ...shown,
      floor: { name: `${String(first.length)} bare commands`, value: median(firstFloor) },
      unit: 'ms',
      runs,
    })
    const gone = watch.next(at('removed'))
    await card.pull()
    await gone
  }
  await cards.close()
  client.stop()
  await pcscd.close()
  return figures
}

/** A card that keeps the commands it was sent. */
function recorded(link: CardLink): { link: CardLink; commands: readonly Uint8Array[] } {
  const commands: Uint8Array[] = []
  const transmit = (command: Uint8Array): ReturnType<CardLink['transmit']> => {
    commands.push(command)
    return link.transmit(command)
  }
  return { link: { ...link, transmit }, commands }
}

/** Sends commands bare: connection and transaction, no more. */
export async function exchange(client: pcsc.Client, reader: string, commands: readonly Uint8Array[]): Promise<void> {
  const card = await client.reader(reader)?.connect(pcsc.CardMode.SHARED)
  if (card === undefined) throw new Error('no reader')
  const transaction = await card.transaction()
  // An answer of extended length needs the room for it.
  for (const command of commands)
    await (command[4] === 0 && command.length > 5
      ? card.transmit(command, new ArrayBuffer(65_538))
      : card.transmit(command))
  await transaction.end(pcsc.CardDisposition.LEAVE)
  await card.disconnect(pcsc.CardDisposition.LEAVE)
}
