import * as pcsc from 'pcsc-mini'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { createOtherCard } from '#drivers/fake/belgian/applet.ts'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard, type BelgianCardOptions } from '#drivers/fake/belgian/belgianCard.ts'
import { child, citizen, expired, foreigner, type Person } from '#drivers/fake/belgian/persons.ts'
import { withFaults, type CardFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import type { CardReading } from '#shared/contract/cardEvents.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import { at, ending, outcome, watchCards, type CardWatch } from '#tests/builders/cardEvents.ts'
import { cardDay, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { plugCard, type PluggedCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

const allValid = { identity: 'valid', address: 'valid', photo: 'valid', chain: 'trusted' }
/** Commands of a whole reading of the citizen's card. */
const wholeReading = 32

let pcscd: Pcscd
let rsa: Authority
let ec: Authority
let impostor: Authority
let cards: CardSource
let watch: CardWatch
const plugged = new Set<PluggedCard>()

beforeAll(async () => {
  pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
  ;[rsa, ec, impostor] = await Promise.all([
    createAuthority('rsa', cardDay),
    createAuthority('ec', cardDay),
    createAuthority('ec', cardDay),
  ])
  cards = openPcscCards({
    trust: trustIn(rsa, ec),
    clock: { now: () => cardDay, monotonic: () => performance.now() },
    simulated: (reader) => reader === pcscd.readers[1],
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

function linkOf(person: Person, more: Partial<BelgianCardOptions> & CardFaults = {}): CardLink {
  return withFaults(createBelgianCard({ person, photo: specimenPhoto(person.photo), authority: ec, ...more }), more)
}

/** Puts a card in, waits for what becomes of it, and takes it out again. */
async function present(link: CardLink, slot: 0 | 1 = 0): Promise<string | CardReading> {
  const reader = pcscd.readers[slot]
  const end = watch.next(ending(reader))
  const gone = watch.next(at('removed', reader))
  gone.catch(() => undefined)
  const card = await plugCard(link, pcscd.ports[slot])
  plugged.add(card)
  const result = outcome(await end)
  await card.pull()
  plugged.delete(card)
  await gone
  return result
}

describe('a card is read by itself when it is put in', () => {
  it('of either generation, of every person', async () => {
    for (const [person, authority] of [
      [citizen, rsa],
      [citizen, ec],
      [foreigner, ec],
      [child, rsa],
      [expired, ec],
    ] as const) {
      const reading = await present(linkOf(person(cardDay), { authority }))
      expect(reading).toMatchObject({
        profile: 'be-eid',
        reader: pcscd.readers[0],
        simulated: false,
        checks: allValid,
        identity: { familyName: person(cardDay).fields.name },
      })
    }
  })

  it('in the other reader too, and both at once stay apart', async () => {
    const [first, second] = await Promise.all([
      present(linkOf(citizen(cardDay)), 0),
      present(linkOf(foreigner(cardDay), { msPerApdu: 5 }), 1),
    ])
    expect(first).toMatchObject({
      reader: pcscd.readers[0],
      simulated: false,
      identity: { familyName: 'Spécimen-Lefèbvre' },
    })
    expect(second).toMatchObject({
      reader: pcscd.readers[1],
      simulated: true,
      identity: { familyName: 'SPECIMEN BENALI' },
    })
  })

  it('and again when it is asked for', async () => {
    const done = watch.next(at('done', pcscd.readers[0]))
    plugged.add(await plugCard(linkOf(citizen(cardDay)), pcscd.ports[0]))
    await done
    expect(await cards.list()).toEqual({
      ok: true,
      value: [
        { reader: pcscd.readers[0], simulated: false, card: true },
        { reader: pcscd.readers[1], simulated: true, card: false },
      ],
    })
    expect(await cards.read({})).toMatchObject({
      ok: true,
      value: { checks: allValid, exchange: { apdus: wholeReading } },
    })
    expect(await cards.read({ reader: pcscd.readers[1] })).toMatchObject({ ok: false, fault: { code: 'card.absent' } })
    expect(await cards.read({ reader: 'none' })).toMatchObject({ ok: false, fault: { code: 'card.noReader' } })
    expect(await cards.read({ signal: AbortSignal.abort() })).toMatchObject({
      ok: false,
      fault: { code: 'call.cancelled' },
    })
    const gone = watch.next(at('removed'))
    for (const card of plugged) await card.pull()
    await gone
  })
})

describe('what is not authentic shows in its own verdict and nowhere else', () => {
  it('identity, address, photo, root', async () => {
    for (const part of ['identity', 'address', 'photo'] as const) {
      expect(await present(linkOf(citizen(cardDay), { authority: rsa, tamper: [part] }))).toMatchObject({
        checks: { ...allValid, [part]: 'invalid' },
      })
    }
    expect(await present(linkOf(citizen(cardDay), { authority: impostor }))).toMatchObject({
      checks: { ...allValid, chain: 'untrusted' },
    })
  })
})

describe('what goes wrong is told, and the next card is read', () => {
  it('the card is pulled at any command', async () => {
    const pull = async (slot: 0 | 1): Promise<void> => {
      for (let index: number = slot; index < wholeReading; index += 2) {
        expect(await present(linkOf(citizen(cardDay), { removedAt: index }), slot)).toBe('card.removed')
        expect(await present(linkOf(citizen(cardDay)), slot)).toMatchObject({
          checks: allValid,
          exchange: { apdus: wholeReading },
        })
      }
    }
    await Promise.all([pull(0), pull(1)])
  })

  it('the card is no identity card, falls silent, or has a file that stops short', async () => {
    expect(await present(withFaults(createOtherCard()))).toBe('card.unsupported')
    expect(
      await Promise.all([
        present(linkOf(citizen(cardDay), { muteAt: 0 }), 0),
        present(linkOf(citizen(cardDay), { muteAt: 9 }), 1),
      ]),
    ).toEqual(['card.mute', 'card.mute'])
    expect(await present(linkOf(citizen(cardDay), { shortFile: 'identity' }))).toBe('card.malformed')
    expect(await present(linkOf(citizen(cardDay)))).toMatchObject({ checks: allValid })
  })

  it('another program keeps the card for itself, and lets it go', async () => {
    const done = watch.next(at('done'))
    const card = await plugCard(linkOf(citizen(cardDay)), pcscd.ports[0])
    plugged.add(card)
    await done
    const other = new pcsc.Client().start()
    await new Promise((resolve) => {
      other.once('reader', resolve)
    })
    const held = await other.reader(pcscd.readers[0])?.connect(pcsc.CardMode.EXCLUSIVE)
    expect(await cards.read({})).toMatchObject({ ok: false, fault: { code: 'card.busy' } })
    const again = watch.next(at('done'))
    await held?.disconnect(pcsc.CardDisposition.RESET)
    expect((await again).reading).toMatchObject({ checks: allValid })
    other.stop()
    const gone = watch.next(at('removed'))
    await card.pull()
    await gone
  })

  it('the service stops while a card is read', async () => {
    const begun = watch.next(at('identity', pcscd.readers[0]))
    plugged.add(await plugCard(linkOf(citizen(cardDay), { msPerApdu: 60 }), pcscd.ports[0]))
    await begun
    const lost = watch.next(at('noService'))
    const back = watch.next(at('empty', pcscd.readers[1]))
    await pcscd.stop()
    await lost
    expect(await cards.read({})).toMatchObject({ ok: false, fault: { code: 'card.noService' } })
    await pcscd.start()
    await back
    for (const card of plugged) await card.pull()
    expect(await present(linkOf(citizen(cardDay)))).toMatchObject({ checks: allValid })
  })

  it('the service stops, and comes back', async () => {
    const lost = watch.next(at('noService'))
    await pcscd.stop()
    await lost
    expect(await cards.list()).toMatchObject({ ok: false, fault: { code: 'card.noService' } })
    expect(await cards.read({})).toMatchObject({ ok: false, fault: { code: 'card.noService' } })
    const back = watch.next(at('empty', pcscd.readers[1]))
    await pcscd.start()
    await back
    expect(await present(linkOf(citizen(cardDay)))).toMatchObject({ checks: allValid })
  })
})
