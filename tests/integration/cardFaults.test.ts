import { beforeAll, describe, expect, it } from 'vitest'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard, type BelgianCardOptions } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen, foreigner } from '#drivers/fake/belgian/persons.ts'
import { parseCertificate } from '#drivers/card/profiles/icao/certificate.ts'
import { createDocument } from '#drivers/fake/icao/document.ts'
import { resident, specimenCan } from '#drivers/fake/icao/holders.ts'
import { createIssuer } from '#drivers/fake/icao/issuer.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import type { VirtualCard } from '#drivers/fake/belgian/applet.ts'
import { readCard } from '#drivers/card/readCard.ts'
import type { Trust } from '#drivers/card/trust.ts'
import type { CardAccess, CardReading } from '#shared/contract/cardEvents.ts'
import { cardDay, channelTo, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { withFaultAtEach, type FaultRun } from '#tests/emulators/card/faultRuns.ts'

let rsa: Authority
let ec: Authority
let rekeyed: Authority
beforeAll(async () => {
  ;[rsa, ec, rekeyed] = await Promise.all([
    createAuthority('rsa', cardDay),
    createAuthority('ec', cardDay),
    createAuthority('ec', cardDay, 'rsa'),
  ])
})

const cardOf = (person: typeof citizen, options: Partial<BelgianCardOptions> & { authority: Authority }): VirtualCard =>
  createBelgianCard({ person: person(cardDay), photo: specimenPhoto(person(cardDay).photo), ...options })

/** Identity and photo of a reading, as one thing to compare: a mixture is neither the one card nor the other. */
const whose = ({ identity, photo }: CardReading): string => JSON.stringify([identity, photo?.sha256])
/** A reading before its photo is in belongs to a card as far as it goes. */
const begins = (reading: CardReading, whole: CardReading): boolean =>
  JSON.stringify(reading.identity) === JSON.stringify(whole.identity) &&
  (reading.photo === undefined || reading.photo.sha256 === whole.photo?.sha256)

async function wholeOf(
  card: VirtualCard,
  trust: Trust = trustIn(rsa, ec, rekeyed),
  access: CardAccess = {},
): Promise<CardReading> {
  const reading = await readCard(channelTo(withFaults(card)), {
    trust,
    access,
    simulated: true,
    clock: { now: () => cardDay, monotonic: () => 0 },
  })
  return reading.ok ? reading.value : expect.fail(reading.fault.code)
}

const generations: readonly (readonly [string, () => Partial<BelgianCardOptions> & { authority: Authority }])[] = [
  ['1.0', () => ({ authority: rsa, generation: '1.0', photoHash: 'sha1', signatureHash: 'sha1' })],
  ['1.1', () => ({ authority: rsa, generation: '1.1', photoHash: 'sha1', signatureHash: 'sha1' })],
  ['1.7', () => ({ authority: rsa })],
  ['1.7 re-keyed', () => ({ authority: rekeyed, photoHash: 'sha256' })],
  ['1.8', () => ({ authority: ec })],
]

/** What a fault may end in, besides a whole reading: the faults that say what happened. */
const endings: Readonly<Record<string, readonly string[]>> = {
  removed: ['card.removed'],
  mute: ['card.mute'],
  reset: [],
  brokenOff: [],
  swapped: [],
  garbageStatus: ['card.refused', 'card.unsupported', 'card.removed'],
  success: ['card.malformed', 'card.refused', 'card.removed'],
  noStatus: ['card.malformed', 'card.refused', 'card.unsupported', 'card.removed'],
  tooLong: ['card.malformed', 'card.refused', 'card.removed'],
  altered: ['card.malformed', 'card.removed'],
  swappedUnnoticed: ['card.refused', 'card.malformed', 'card.removed', 'card.unsupported'],
}

describe('a fault at each command of a whole reading', () => {
  it.each(generations)(
    'of a card of applet %s ends in one card or in a fault, and never in two cards',
    async (_, options) => {
      const card = (): VirtualCard => cardOf(citizen, options())
      const other = (): VirtualCard => cardOf(foreigner, options())
      const [first, second] = await Promise.all([wholeOf(card()), wholeOf(other())])
      const judge = ({ fault, index, result, events }: FaultRun<CardReading>): void => {
        const told = `${fault} at ${String(index)}`
        if (!result.ok) return expect(endings[fault], told).toContain(result.fault.code)
        const { value } = result
        const proved = Object.values(value.checks).every((verdict) => verdict === 'valid' || verdict === 'trusted')
        // What was altered on the way is shown, but as not authentic.
        if (fault === 'altered' || fault === 'success')
          expect(proved && whose(value) !== whose(first), told).toBe(false)
        else expect([whose(first), whose(second), whose({ ...first, photo: undefined })], told).toContain(whose(value))
        if (fault === 'reset' || fault === 'brokenOff')
          expect([whose(value), value.checks], told).toEqual([whose(first), first.checks])
        if (fault === 'swapped') expect([whose(value), value.checks], told).toEqual([whose(second), second.checks])
        if (fault === 'altered' || fault === 'swappedUnnoticed' || fault === 'success') return
        for (const event of events) {
          if ('reading' in event) expect(begins(event.reading, first) || begins(event.reading, second), told).toBe(true)
        }
      }
      const { commands, runs } = await withFaultAtEach({
        card,
        other,
        trust: trustIn(rsa, ec, rekeyed),
        use: (cards) => cards.read({}),
        judge,
      })
      expect([commands, runs]).toEqual([commands, commands * 11])
    },
    300_000,
  )

  it('of a permit, opened by its number', async () => {
    const issuer = await createIssuer(cardDay)
    const signer = parseCertificate(issuer.countrySigner) ?? expect.fail()
    const trust = { roots: [], pins: new Set<string>(), countrySigners: () => Promise.resolve([signer]) }
    const permit = (): VirtualCard =>
      createDocument({
        holder: resident(cardDay),
        photo: specimenPhoto('foreigner'),
        sign: issuer.signGroups,
        can: specimenCan,
        pace: { cipher: 'AES-128', parameterId: 12 },
      })
    const access = { can: specimenCan }
    const whole = await wholeOf(permit(), trust, access)
    const judge = ({ fault, index, result }: FaultRun<CardReading>): void => {
      const told = `${fault} at ${String(index)}`
      if (!result.ok) return expect(result.fault.code, told).toMatch(/^card\./)
      if (result.value.profile !== 'icao') return
      expect([result.value.identity.familyName, whole.photo?.sha256], told).toEqual([
        whole.identity.familyName,
        result.value.photo?.sha256 ?? whole.photo?.sha256,
      ])
    }
    const { commands } = await withFaultAtEach({
      card: permit,
      other: () => cardOf(citizen, { authority: ec }),
      trust,
      use: (cards) => cards.read({ access }),
      judge,
    })
    expect(commands).toBeGreaterThan(20)
  }, 300_000)
})

describe('a fault at each command of a signature', () => {
  it.each(generations.filter(([name]) => name === '1.7' || name === '1.8'))(
    'of applet %s ends in a signature that verifies or in a fault; the PIN is wiped',
    async (_, options) => {
      const pins: Uint8Array[] = []
      const judge = ({ fault, index, result }: FaultRun<unknown>): void => {
        const told = `${fault} at ${String(index)}`
        if (!result.ok) expect(result.fault.code, told).toMatch(/^card\./)
        expect(
          pins.every((pin) => pin.every((byte) => byte === 0)),
          told,
        ).toBe(true)
      }
      const { commands } = await withFaultAtEach({
        card: () => cardOf(citizen, options()),
        other: () => cardOf(foreigner, options()),
        trust: trustIn(rsa, ec),
        judge,
        use: (cards) => {
          const pin = new TextEncoder().encode('1234')
          pins.push(pin)
          return cards.sign({ key: 'signature', data: new Uint8Array(20), pin })
        },
      })
      expect(commands).toBeGreaterThan(12)
    },
    300_000,
  )
})
