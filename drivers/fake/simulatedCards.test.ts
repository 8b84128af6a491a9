import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SimulatedCards } from '#shared/ports/cardSource.ts'
import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { specimenZones } from '#shared/domain/specimen.ts'
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
    for (const card of ['citizen', 'foreigner', 'child', 'expired', 'slow'] as const)
      expect(await insert(card)).toMatchObject(valid)
    expect(await cards.read({ reader: simulatedReader })).toMatchObject({ ok: true, value: valid })
  })

  it('offers a permit whose chip opens with its number, and a copy of it', async () => {
    expect(await insert('icao')).toBe('card.accessNeeded')
    const open = { access: { can: '123456' } }
    const permit = { profile: 'icao', simulated: true, checks: { identity: 'valid', photo: 'valid', chain: 'trusted' } }
    expect(await cards.read(open)).toMatchObject({
      ok: true,
      value: { ...permit, emrtd: { checks: { chip: 'valid' } } },
    })
    // A chip of ICAO has no signature to give: nobody is asked for a PIN.
    expect(await cards.read(open)).not.toHaveProperty('value.signs')
    expect(await insert('icaoCopy')).toBe('card.accessNeeded')
    expect(await cards.read(open)).toMatchObject({
      ok: true,
      value: { ...permit, emrtd: { checks: { chip: 'invalid' } } },
    })
  })

  it('offers documents of every kind, each with what it is for', async () => {
    const can = { access: { can: '123456' } }
    const zone = (card: 'cnie' | 'passport') => ({ access: { mrz: specimenZones[card] ?? '' } })
    expect(await insert('notYetValid')).toBe('card.accessNeeded')
    expect(await cards.read(can)).toMatchObject({
      ok: true,
      value: { identity: { validFrom: '2027-11-15' }, checks: { chain: 'trusted' } },
    })
    expect(await insert('passport')).toBe('card.accessNeeded')
    expect(await cards.read(zone('passport'))).toMatchObject({
      ok: true,
      value: { emrtd: { access: 'BAC', documentCode: 'P', checks: { chip: 'valid', chipBy: 'CA' } } },
    })
    // A country whose signer no office has: the signature is right, and who signed is unknown.
    const unknown = { identity: 'valid', photo: 'valid', chain: 'untrusted' }
    expect(await insert('residence')).toBe('card.accessNeeded')
    expect(await cards.read(can)).toMatchObject({
      ok: true,
      value: {
        profile: 'ma-cnie',
        identity: { nationality: 'SEN', issuer: 'SPECIMEN', documentNumber: 'SR0000051' },
        checks: unknown,
      },
    })
    expect(await insert('cnie')).toBe('card.accessNeeded')
    const cnie = {
      profile: 'ma-cnie',
      identity: {
        nationalNumber: 'ZZ012345',
        nativeName: 'بناني ياسمين',
        address: { street: '12, RUE SPECIMEN', postalCode: '10000', municipality: 'RABAT' },
      },
      checks: unknown,
    }
    expect(await cards.read(can)).toMatchObject({
      ok: true,
      value: { ...cnie, emrtd: { access: 'PACE-CAN', checks: { chip: 'valid', chipBy: 'CAM' } } },
    })
    expect(await cards.read(zone('cnie'))).toMatchObject({
      ok: true,
      value: { ...cnie, emrtd: { access: 'PACE-MRZ' } },
    })
  })

  it('offers cards whose chip says nothing to us: the zone, or the hand, is what is left', async () => {
    expect(await insert('cnieClosed')).toBe('card.accessNeeded')
    expect(await cards.read({ access: { can: '123456' } })).toMatchObject({
      ok: false,
      fault: { code: 'card.unsupported' },
    })
    expect(parseMrz(specimenZones.cnieClosed ?? '', cardDay)).toMatchObject({
      issuer: 'MAR',
      composite: true,
      optional: ['ZZ012345'],
    })
    expect(await insert('cnie2008')).toBe('card.unsupported')
  })

  it('offers what goes wrong', async () => {
    expect(await insert('tampered')).toMatchObject({
      checks: { identity: 'invalid', address: 'valid', photo: 'invalid', chain: 'trusted' },
    })
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
