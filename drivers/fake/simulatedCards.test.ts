import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SimulatedCards } from '#shared/ports/cardSource.ts'
import { at, ending, outcome, watchCards, type CardWatch } from '#tests/builders/cardEvents.ts'
import { cardDay, specimenFolder } from '#tests/builders/cards.ts'
import { openSimulatedCards, simulatedReader } from './simulatedCards.ts'

let cards: SimulatedCards
let watch: CardWatch
beforeEach(() => {
  cards = openSimulatedCards({ specimenFolder, clock: { now: () => cardDay, monotonic: () => performance.now() } })
  watch = watchCards(cards)
})
afterEach(() => cards.close())

async function insert(...[card]: Parameters<SimulatedCards['insert']>) {
  const end = watch.next(ending(simulatedReader))
  await cards.insert(card)
  return outcome(await end)
}

describe('the simulated card drawer', () => {
  it('is a reader like another, marked as simulated', async () => {
    expect(await cards.list()).toEqual({ ok: true, value: [{ reader: simulatedReader, simulated: true, card: false }] })
    expect(await cards.read({})).toMatchObject({ ok: false, fault: { code: 'card.absent' } })
  })

  it('offers valid cards', async () => {
    const valid = { simulated: true, checks: { identity: 'valid', address: 'valid', photo: 'valid', chain: 'trusted' } }
    for (const card of ['citizen', 'foreigner', 'child', 'expired', 'slow'] as const) expect(await insert(card)).toMatchObject(valid)
    expect(await cards.read({ reader: simulatedReader })).toMatchObject({ ok: true, value: valid })
  })

  it('offers a permit whose chip opens with its number, and a copy of it', async () => {
    expect(await insert('icao')).toBe('card.accessNeeded')
    const open = { access: { can: '123456' } }
    const permit = { profile: 'icao', simulated: true, checks: { identity: 'valid', photo: 'valid', chain: 'trusted' } }
    expect(await cards.read(open)).toMatchObject({ ok: true, value: { ...permit, emrtd: { checks: { chip: 'valid' } } } })
    expect(await insert('icaoCopy')).toBe('card.accessNeeded')
    expect(await cards.read(open)).toMatchObject({ ok: true, value: { ...permit, emrtd: { checks: { chip: 'invalid' } } } })
  })

  it('offers what goes wrong', async () => {
    expect(await insert('tampered')).toMatchObject({ checks: { identity: 'invalid', address: 'valid', photo: 'invalid', chain: 'trusted' } })
    expect(await insert('mute')).toBe('card.mute')
    expect(await insert('notEid')).toBe('card.unsupported')
  })

  it('shows a card that is out of date as such', async () => {
    const reading = await insert('expired')
    expect(typeof reading === 'object' && reading.identity.validUntil).toBe('2025-11-15')
  })

  it('lets a card be pulled while it is read', async () => {
    const identity = watch.next(at('identity'))
    await cards.insert('slow')
    await identity
    const end = watch.next(ending(simulatedReader))
    const gone = watch.next(at('removed'))
    cards.remove()
    expect(outcome(await end)).toBe('card.removed')
    await gone
  })

  it('forgets a card that is taken away before it is in', async () => {
    const inserted = cards.insert('citizen')
    cards.remove()
    expect(await inserted).toMatchObject({ ok: true })
    expect(await cards.list()).toMatchObject({ value: [{ card: false }] })
  })

  it('says which photo is missing', async () => {
    const broken = openSimulatedCards({ specimenFolder: '/nowhere', clock: { now: () => cardDay, monotonic: () => 0 } })
    expect(await broken.insert('citizen')).toMatchObject({ ok: false, fault: { code: 'file.unreadable' } })
    await broken.close()
  })
})
