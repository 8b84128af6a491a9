import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen, foreigner, type Person } from '#drivers/fake/belgian/persons.ts'
import { withFaults, type CardFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import { isSignedBy, signerOf } from '#electron/worker/seal/citizenSignature.ts'
import type { CardEvent, CardReading } from '#shared/contract/cardEvents.ts'
import type { CardSignature } from '#shared/domain/identity/cardSignature.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import type { Result } from '#shared/result.ts'
import { at, ending, outcome, watchCards, type CardWatch } from '#tests/builders/cardEvents.ts'
import { cardDay, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { cardPlace } from '#tests/emulators/card/cardPlace.ts'
import { plugCard, type PluggedCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

/** A card that leaves a command without an answer is given up soon here, in milliseconds. */
const patience = 300
/**
 * Where each fault needs a card that is put in anew, most of a second, a usual run takes every sixth command; all of
 * them with
 * CARD_FAULTS=all. (`cardFaults.test.ts` takes all, without a service between.)
 */
const step = process.env['CARD_FAULTS'] === 'all' ? 1 : 6
type Kind = 'rsa' | 'ec'
/** Commands of a whole reading of each card, and of a signature by it. */
const commands = { read: { rsa: 27, ec: 32 }, sign: { rsa: 18, ec: 15 } } as const

let pcscd: Pcscd
let authorities: Readonly<Record<Kind, Authority>>
let cards: CardSource
let watch: CardWatch
const plugged = new Set<PluggedCard>()

beforeAll(async () => {
  pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
  const [rsa, ec] = await Promise.all([createAuthority('rsa', cardDay), createAuthority('ec', cardDay)])
  authorities = { rsa, ec }
  cards = openPcscCards({
    trust: trustIn(rsa, ec),
    clock: { now: () => cardDay, monotonic: () => performance.now() },
    patience,
  })
  watch = watchCards(cards)
  await watch.next(at('empty', pcscd.readers[1]))
})
afterEach(async () => {
  for (const card of plugged) await card.pull()
  plugged.clear()
})
afterAll(async () => {
  await cards.close()
  await pcscd.close()
})

const [one, other] = [citizen(cardDay), foreigner(cardDay)]
const cardOf = (kind: Kind, person: Person = one) =>
  createBelgianCard({ person, photo: specimenPhoto(person.photo), authority: authorities[kind] })
const linkOf = (kind: Kind, faults: CardFaults = {}): CardLink => withFaults(cardOf(kind), faults)

/** Each kind of card has a reader of its own; both work at once. */
const inBoth = (work: (kind: Kind, slot: 0 | 1) => Promise<void>): Promise<void[]> =>
  Promise.all([work('rsa', 0), work('ec', 1)])

/** Puts a card in, waits for what becomes of it, uses it, and takes it out again. */
async function present<T>(
  link: CardLink,
  slot: 0 | 1,
  use: (first: string | CardReading, reader: string) => Promise<T>,
): Promise<T> {
  const reader = pcscd.readers[slot]
  const end = watch.next(ending(reader))
  const gone = watch.next(at('removed', reader))
  gone.catch(() => undefined)
  const card = await plugCard(link, pcscd.ports[slot])
  plugged.add(card)
  const came = await use(outcome(await end), reader)
  // What is done with the card may take longer than anybody waits for its end.
  const pulled = watch.next(at('removed', reader))
  pulled.catch(() => undefined)
  await card.pull()
  plugged.delete(card)
  await Promise.any([gone, pulled])
  return came
}
const asIs = <T>(first: T): Promise<T> => Promise.resolve(first)

/** Everything read is of one of these persons, as far as it goes. */
function isOf(
  { identity, photo }: Pick<CardReading, 'identity' | 'photo'>,
  told: string,
  ...persons: readonly Person[]
): void {
  const theirs = persons.map((person) => [
    person.fields.name,
    ...(identity.address === undefined ? [] : [person.address?.municipality]),
    ...(photo === undefined ? [] : [hashOf(specimenPhoto(person.photo))]),
  ])
  expect(theirs, told).toContainEqual([
    identity.familyName,
    ...(identity.address === undefined ? [] : [identity.address.municipality]),
    ...(photo === undefined ? [] : [photo.sha256]),
  ])
}
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const answers: Readonly<
  Record<string, { readonly faults: (index: number, kind: Kind) => CardFaults; readonly codes: readonly string[] }>
> = {
  garbageStatus: {
    faults: (index) => ({ answerAt: { index, answer: () => Uint8Array.of(0x6f, 0x42) } }),
    codes: ['card.refused', 'card.unsupported'],
  },
  tooLong: {
    faults: (index) => ({
      answerAt: {
        index,
        answer: (said) => Uint8Array.from([...said.subarray(0, -2), ...new Uint8Array(300), 0x90, 0x00]),
      },
    }),
    codes: ['card.malformed', 'card.refused', 'card.mute', 'card.unsupported'],
  },
  swapped: {
    faults: (index, kind) => ({ swapAt: { index, card: cardOf(kind, other), unnoticed: true } }),
    codes: ['card.removed', 'card.refused', 'card.malformed'],
  },
}

describe('a reading through PC/SC', () => {
  it('with a wrong answer to any command, or another card from it on, is of one card or ends in a fault', async () => {
    await inBoth(async (kind, slot) => {
      const place = cardPlace(linkOf(kind))
      await present(place, slot, async (_, reader) => {
        for (const [name, { faults, codes }] of Object.entries(answers)) {
          for (let index = 0; index < commands.read[kind]; index += 1) {
            const told = `${kind}: ${name} at ${String(index)}`
            const readOnce = (): ReturnType<typeof cards.read> => {
              place.lay(linkOf(kind, faults(index, kind)))
              return cards.read({ reader })
            }
            const first = await readOnce()
            // Beside other work a virtual card may be silent for longer than anybody waits: it is asked once more.
            const read = !first.ok && first.fault.code === 'card.mute' ? await readOnce() : first
            if (read.ok) isOf(read.value, told, one, other)
            else expect(codes, told).toContain(read.fault.code)
          }
        }
        place.lay(linkOf(kind))
        expect(await cards.read({ reader })).toMatchObject({
          value: { checks: { identity: 'valid', chain: 'trusted' }, exchange: { apdus: commands.read[kind] } },
        })
      })
    })
  })

  it('of a card that is pulled, or says nothing any more, ends in that; the next card is read', async () => {
    await inBoth(async (kind, slot) => {
      for (let index = 0; index < commands.read[kind]; index += step) {
        expect(
          await present(linkOf(kind, { removedAt: index }), slot, asIs),
          `${kind}: pulled at ${String(index)}`,
        ).toBe('card.removed')
        expect(await present(linkOf(kind, { muteAt: index }), slot, asIs), `${kind}: mute at ${String(index)}`).toBe(
          'card.mute',
        )
      }
      expect(await present(linkOf(kind), slot, asIs)).toMatchObject({ checks: { identity: 'valid', chain: 'trusted' } })
    })
  })

  it('of a card that is exchanged for another ends with who came last, and shows nobody mixed of the two', async () => {
    await inBoth(async (kind, slot) => {
      const reader = pcscd.readers[slot]
      for (let index = 0; index < commands.read[kind]; index += step) {
        const told = `${kind}: exchanged at ${String(index)}`
        const seen: CardEvent[] = []
        const stop = cards.watch((event) => {
          if ('reader' in event && event.reader === reader) seen.push(event)
        })
        const [done, gone] = [watch.next(at('done', reader)), watch.next(at('removed', reader))]
        gone.catch(() => undefined)
        await (
          await plugCard(linkOf(kind, { removedAt: index }), pcscd.ports[slot])
        ).left
        const card = await plugCard(withFaults(cardOf(kind, other)), pcscd.ports[slot])
        plugged.add(card)
        isOf((await done).reading, told, other)
        for (const event of seen) if ('reading' in event) isOf(event.reading, told, one, other)
        stop()
        const left = watch.next(at('removed', reader))
        await card.pull()
        plugged.delete(card)
        await left
      }
    })
  })
})

describe('a signature through PC/SC', () => {
  const data = new TextEncoder().encode('what is signed')
  const pin = () => new TextEncoder().encode('1234')
  const sign = (reader: string): Promise<Result<CardSignature>> =>
    cards.sign({ reader, key: 'signature', data, pin: pin() })
  const holds = ({ certificate, scheme, signature }: CardSignature): boolean => {
    const signer = signerOf(certificate)
    return signer !== undefined && isSignedBy(signer.key, scheme, data, signature)
  }

  it('with a wrong answer to any command verifies, or is a fault', async () => {
    await inBoth(async (kind, slot) => {
      const place = cardPlace(linkOf(kind))
      await present(place, slot, async (_, reader) => {
        for (const [name, { faults }] of Object.entries(answers)) {
          for (let index = 0; index < commands.sign[kind]; index += 1) {
            place.lay(linkOf(kind, faults(index, kind)))
            const told = `${kind}: ${name} at ${String(index)}`
            const signed = await sign(reader)
            if (signed.ok) expect(holds(signed.value), told).toBe(true)
            else expect(signed.fault.code, told).toMatch(/^card\./)
          }
        }
        place.lay(linkOf(kind))
        const signed = await sign(reader)
        expect(signed.ok && holds(signed.value) && place.count()).toBe(commands.sign[kind])
      })
    })
  })

  it('of a card that is pulled, or says nothing any more, ends in that; the next card signs', async () => {
    await inBoth(async (kind, slot) => {
      for (let index = 0; index < commands.sign[kind]; index += step) {
        for (const [fault, code] of [
          [{ removedAt: index }, 'card.removed'],
          [{ muteAt: index }, 'card.mute'],
        ] as const) {
          const place = cardPlace(linkOf(kind))
          const signed = await present(place, slot, (_, reader) => {
            place.lay(linkOf(kind, fault))
            return sign(reader)
          })
          // The last command forgets the PIN: the signature is there already.
          const told = `${kind}: ${code} at ${String(index)}`
          if (signed.ok) expect([index, holds(signed.value)], told).toEqual([commands.sign[kind] - 1, true])
          else expect(signed.fault.code, told).toBe(code)
        }
      }
      const place = cardPlace(linkOf(kind))
      expect(await present(place, slot, (_, reader) => sign(reader))).toMatchObject({
        ok: true,
        value: { chain: 'trusted' },
      })
    })
  })
})
