import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { specimenCan } from '#drivers/fake/icao/holders.ts'
import { openTrainingCards, type TrainingCards } from '#drivers/fake/trainingCards.ts'
import type { CardAccess, CardReading, TrainingCard } from '#shared/contract/cardEvents.ts'
import { cinOf } from '#shared/domain/identity/cin.ts'
import { parseMrz } from '#shared/domain/mrz/mrz.ts'
import { specimenZones } from '#shared/domain/specimen.ts'
import type { Fault } from '#shared/fault.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import { at, ending, outcome, watchCards, type CardWatch } from '#tests/builders/cardEvents.ts'
import { cardDay, specimenFolder } from '#tests/builders/cards.ts'
import { plugCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

let pcscd: Pcscd
let drawer: TrainingCards
let cards: CardSource
let watch: CardWatch

beforeAll(async () => {
  pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
  drawer = await openTrainingCards(specimenFolder, cardDay)
  cards = openPcscCards({ trust: drawer.trust, clock: { now: () => cardDay, monotonic: () => performance.now() } })
  watch = watchCards(cards)
  await watch.next(at('empty', pcscd.readers[1]))
})
afterAll(async () => {
  await cards.close()
  await pcscd.close()
})

/**
 * Puts a card in, tries what the agent has one after the other, and takes it out; how the first reading and each try
 * ended.
 */
async function present(
  kind: TrainingCard,
  ...tries: readonly CardAccess[]
): Promise<{ readonly first: unknown; readonly then: readonly (CardReading | Fault)[] }> {
  const [reader] = pcscd.readers
  const [asked, gone] = [watch.next(ending(reader)), watch.next(at('removed', reader))]
  const link = await drawer.take(kind)
  if (!link.ok) return expect.fail(link.fault.code)
  const card = await plugCard(link.value, pcscd.ports[0])
  const first = outcome(await asked)
  const then: (CardReading | Fault)[] = []
  for (const access of tries) {
    const read = await cards.read({ reader, access })
    then.push(read.ok ? read.value : read.fault)
  }
  await card.pull()
  await gone
  return { first, then }
}

const can = { can: specimenCan }
const zone = { mrz: specimenZones.cnie ?? '' }
const whole = {
  profile: 'ma-cnie',
  identity: {
    familyName: 'SPECIMEN BENNANI',
    nativeName: 'بناني ياسمين',
    nationalNumber: 'ZZ012345',
    documentNumber: 'SP0000042',
    nationality: 'MAR',
  },
  // Nobody published the country's signer: the signature is right, and whose it is is unknown.
  checks: { identity: 'valid', photo: 'valid', chain: 'untrusted' },
}

describe('the Moroccan card', () => {
  it('opens by its number and by its zone, proves its chip, and does not know its issuer', async () => {
    const { first, then } = await present('cnie', can, zone)
    expect(first).toBe('card.accessNeeded')
    expect(then).toMatchObject([
      { ...whole, emrtd: { access: 'PACE-CAN', checks: { passive: 'valid', chip: 'valid', chipBy: 'CAM' } } },
      { ...whole, emrtd: { access: 'PACE-MRZ', checks: { passive: 'valid', chip: 'valid', chipBy: 'CAM' } } },
    ])
  })

  it('counts wrong numbers, says how many are left, and opens by its zone when the number is blocked', async () => {
    const wrong = { can: '654321' }
    const { then } = await present('cnie', wrong, wrong, wrong, can, zone, { ...wrong, ...zone })
    expect(then).toMatchObject([
      { code: 'card.accessRefused', values: { tries: 2 } },
      { code: 'card.accessRefused', values: { tries: 1 } },
      { code: 'card.accessBlocked' },
      { code: 'card.accessBlocked' },
      whole,
      whole,
    ])
  })

  it('whose chip does not open leaves the zone of its back, CIN and all', async () => {
    const { first, then } = await present('cnieClosed', can, { mrz: specimenZones.cnieClosed ?? '' })
    expect([first, ...then.map((one) => 'code' in one && one.code)]).toEqual([
      'card.accessNeeded',
      'card.unsupported',
      'card.unsupported',
    ])
    const printed = parseMrz(specimenZones.cnieClosed ?? '', cardDay)
    expect(printed && [printed.composite, cinOf(printed)]).toEqual([true, 'ZZ012345'])
  })

  it('of 2008 is no card that can be read, and says so at once', async () => {
    expect(await present('cnie2008')).toEqual({ first: 'card.unsupported', then: [] })
  })

  it('for residents is read the same, without a CIN', async () => {
    const { then } = await present('residence', can)
    expect(then).toMatchObject([
      {
        profile: 'ma-cnie',
        identity: { familyName: 'SPECIMEN DIALLO', nationality: 'SEN', documentNumber: 'SR0000051' },
        checks: whole.checks,
      },
    ])
    expect(then[0]).not.toHaveProperty('identity.nationalNumber')
  })
})
