import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as pcsc from 'pcsc-mini'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { parseCertificate } from '#drivers/card/profiles/icao/certificate.ts'
import { withFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import { createDocument, type DocumentOptions } from '#drivers/fake/icao/document.ts'
import { resident, specimenCan } from '#drivers/fake/icao/holders.ts'
import { createIssuer } from '#drivers/fake/icao/issuer.ts'
import { at, ending, watchCards } from '#tests/builders/cardEvents.ts'
import { cardDay, specimenFolder } from '#tests/builders/cards.ts'
import { plugCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd } from '#tests/emulators/pcscd.ts'
import { exchange } from './card.ts'
import { median, timed, type Figure } from './measure.ts'

/**
 * Command times of the chip, in milliseconds: none, and what a real one takes; and the same with answers of extended
 * length.
 */
const chips = [
  { msPerApdu: 0 },
  { msPerApdu: 20 },
  { msPerApdu: 20, extended: { limit: 4096 } },
] as const satisfies readonly { readonly msPerApdu: number; readonly extended?: DocumentOptions['extended'] }[]
/** A face of this many bytes, as documents hold. */
const faceLength = 18_000

/**
 * A permit opened by PACE with its number (AES-128, P-256), read whole and proved, chip authentication included,
 * against the same
 * exchange with a chip that computes nothing: as many commands, as many bytes both ways, through the same library.
 */
export async function benchIcao(runs: number): Promise<readonly Figure[]> {
  const pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
  const issuer = await createIssuer(cardDay)
  const signers = [parseCertificate(issuer.countrySigner)].filter((one) => one !== undefined)
  const portrait = await readFile(join(specimenFolder, 'citizen.jpg'))
  const photo = Buffer.concat([portrait, Buffer.alloc(faceLength - portrait.length)])
  const cards = openPcscCards({
    trust: { roots: [], pins: new Set(), countrySigners: () => Promise.resolve(signers) },
    clock: { now: () => cardDay, monotonic: () => performance.now() },
  })
  const client = new pcsc.Client().start()
  const watch = watchCards(cards)
  const [reader] = pcscd.readers
  await watch.next(at('empty', pcscd.readers[1]))
  const figures: Figure[] = []
  for (const { msPerApdu, ...length } of chips) {
    const chip = createDocument({
      holder: resident(cardDay),
      photo,
      sign: issuer.signGroups,
      can: specimenCan,
      pace: { cipher: 'AES-128', parameterId: 12 },
      chipKey: { parameterId: 12, cipher: 'AES-128', secret: 0x5eedn },
      ...length,
    })
    const { link, said } = recorded(withFaults(chip, { msPerApdu }))
    const asked = watch.next(ending(reader))
    const card = await plugCard(link, pcscd.ports[0])
    await asked
    const values: number[] = []
    for (let run = 0; run < runs; run += 1) {
      said.length = 0
      values.push(
        await timed(async () => {
          const reading = await cards.read({ reader, access: { can: specimenCan } })
          if (!reading.ok || reading.value.emrtd?.checks.chip !== 'valid') throw new Error('not read')
        }),
      )
    }
    const gone = watch.next(at('removed', reader))
    await card.pull()
    await gone
    const [commands, answers] = [said.map(([command]) => command), said.map(([, answer]) => answer)]
    const floors = await bareFloor(client, watch, {
      reader,
      port: pcscd.ports[0],
      atr: link.atr,
      commands,
      answers,
      msPerApdu,
      runs,
    })
    const name = `permit opened, read and proved, ${String(msPerApdu)} ms per command${'extended' in length ? ', long answers' : ''}`
    figures.push({
      name,
      value: median(values),
      floor: { name: `${String(commands.length)} bare commands`, value: median(floors) },
      unit: 'ms',
      runs,
    })
  }
  await cards.close()
  client.stop()
  await pcscd.close()
  return figures
}

type Said = (readonly [command: Uint8Array, answer: Uint8Array])[]

/** A chip that keeps what was said. */
function recorded(link: CardLink): { link: CardLink; said: Said } {
  const said: Said = []
  return {
    said,
    link: {
      ...link,
      transmit: async (command) => {
        const answer = await link.transmit(command)
        if (typeof answer !== 'string') said.push([command, answer])
        return answer
      },
    },
  }
}

interface Replay {
  readonly reader: string
  readonly port: number
  readonly atr: Uint8Array
  readonly commands: readonly Uint8Array[]
  readonly answers: readonly Uint8Array[]
  readonly msPerApdu: number
  readonly runs: number
}

/** Times of the recorded commands, answered by what was recorded. */
async function bareFloor(
  client: pcsc.Client,
  watch: ReturnType<typeof watchCards>,
  { reader, port, atr, commands, answers, msPerApdu, runs }: Replay,
): Promise<number[]> {
  let next = -1
  // Until the replay begins the card is of no kind that is known.
  const answer = (): Uint8Array =>
    next < 0 ? Uint8Array.of(0x6d, 0x00) : (answers[next++ % answers.length] ?? Uint8Array.of(0x6d, 0x00))
  const asked = watch.next(ending(reader))
  const card = await plugCard(withFaults({ atr, reset: () => undefined, answer }, { msPerApdu }), port)
  await asked
  const floors: number[] = []
  for (let run = 0; run < runs; run += 1) {
    next = 0
    floors.push(await timed(() => exchange(client, reader, commands)))
  }
  const gone = watch.next(at('removed', reader))
  await card.pull()
  await gone
  return floors
}
