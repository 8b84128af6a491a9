import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen } from '#drivers/fake/belgian/persons.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { createDocument, zoneOf, type DocumentOptions } from '#drivers/fake/icao/document.ts'
import { resident, specimenCan } from '#drivers/fake/icao/holders.ts'
import { createIssuer, type Issuer } from '#drivers/fake/icao/issuer.ts'
import type { CardAccess } from '#shared/contract/cardEvents.ts'
import { cardDay, channelTo, specimenPhoto, trustIn } from '#tests/builders/cards.ts'
import { parseCertificate } from './profiles/icao/certificate.ts'
import { readCard } from './readCard.ts'
import type { VirtualCard } from '#drivers/fake/belgian/applet.ts'
import type { Trust } from './trust.ts'

/** One answer on the way between chip and program that is not what the chip said. */
type Bend = (said: Uint8Array) => Uint8Array
const status = fc.constantFrom(
  ...[0x9000, 0x6100, 0x6110, 0x6282, 0x6300, 0x6700, 0x6982, 0x6985, 0x6986, 0x6988, 0x6a80, 0x6a82, 0x6a86, 0x6a88],
  ...[0x6b00, 0x6c00, 0x6c10, 0x6c64, 0x6d00, 0x6e00, 0x6f00],
)
const bytesOf = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)
const bend: fc.Arbitrary<Bend> = fc.oneof(
  { weight: 4, arbitrary: status.map((value) => () => bytesOf(value)) },
  status.map((value) => (said: Uint8Array) => Buffer.concat([said.subarray(0, -2), bytesOf(value)])),
  fc
    .nat({ max: 300 })
    .map(
      (length) => (said: Uint8Array) =>
        Buffer.concat([said.subarray(0, Math.min(length, said.length - 2)), said.subarray(-2)]),
    ),
  fc.constantFrom(0, 1).map((length) => (said: Uint8Array) => said.subarray(0, length)),
)

let issuer: Issuer
let rsa: Authority
let ec: Authority
beforeAll(async () => {
  issuer = await createIssuer(cardDay)
  rsa = await createAuthority('rsa', cardDay)
  ec = await createAuthority('ec', cardDay)
})

interface Genuine {
  readonly card: () => VirtualCard
  readonly trust: () => Trust
  readonly access: CardAccess
  /** Answers that one reading has. */
  readonly apdus: number
}

const chipKey = { parameterId: 12, cipher: 'AES-128', secret: 4711n } as const
const activeKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const document = (options: Partial<DocumentOptions>, access: CardAccess, apdus: number): Genuine => ({
  card: () =>
    createDocument({
      holder: resident(cardDay),
      photo: specimenPhoto('citizen'),
      sign: issuer.signGroups,
      can: specimenCan,
      ...options,
    }),
  trust: () => ({
    roots: [],
    pins: new Set(),
    countrySigners: () => Promise.resolve([parseCertificate(issuer.countrySigner) ?? expect.fail('no certificate')]),
  }),
  access,
  apdus,
})
const pace = { cipher: 'AES-128', parameterId: 12 } as const
const genuine: Readonly<Record<string, () => Genuine>> = {
  'a document opened by PACE that proves its chip by agreement': () =>
    document({ pace, chipKey }, { can: specimenCan }, 110),
  'a document opened by BAC that proves its chip by a signature': () =>
    document({ activeKey }, { mrz: zoneOf(resident(cardDay)) }, 100),
  'a document that proves its chip while it opens': () =>
    document(
      { pace: { ...pace, mapping: 'ECDH-CAM' }, chipKey, signInfos: issuer.signInfos },
      { can: specimenCan },
      110,
    ),
  'a Belgian card of applet 1.7': () => belgian(rsa, 27),
  'a Belgian card of applet 1.8': () => belgian(ec, 32),
}
const belgian = (authority: Authority, apdus: number): Genuine => ({
  card: () => createBelgianCard({ person: citizen(cardDay), photo: specimenPhoto('citizen'), authority }),
  trust: () => trustIn(authority),
  access: {},
  apdus,
})

/** Every verdict that is said about a card, or the fault. */
async function verdictsOf({ card, trust, access }: Genuine, at: number, how: Bend): Promise<readonly string[]> {
  const link = withFaults(card(), { answerAt: { index: at, answer: how } })
  const read = await readCard(channelTo(link), {
    trust: trust(),
    simulated: true,
    clock: { now: () => cardDay, monotonic: () => 0 },
    access,
  })
  if (!read.ok) return [read.fault.code]
  const { checks, emrtd } = read.value
  return [
    ...Object.values(checks),
    ...Object.values(emrtd?.checks.dataGroups ?? {}),
    ...(emrtd === undefined ? [] : [emrtd.checks.chip, emrtd.checks.passive]),
  ]
}

describe('an answer that is bent on its way never makes a genuine card false', () => {
  test.each(Object.keys(genuine))(
    '%s',
    async (name) => {
      const one = genuine[name]?.() ?? expect.fail()
      expect(
        (await verdictsOf(one, -1, (said) => said)).filter((verdict) => verdict !== 'notChecked').length,
      ).toBeGreaterThanOrEqual(4)
      expect(await verdictsOf(one, -1, (said) => said)).not.toContain('untrusted')
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: one.apdus }), bend, async (at, how) => {
          expect(await verdictsOf(one, at, how)).not.toContain('invalid')
        }),
        { numRuns: Number(process.env['RUNS'] ?? 40) },
      )
    },
    300_000,
  )
})

/** Refusals of lengths and offsets, and of nothing in particular, as readers and drivers make them. */
const ofTransport = [0x9000, 0x6100, 0x6110, 0x6700, 0x6b00, 0x6c00, 0x6c80, 0x6f00]

describe('a transport that never carries a kind of command makes no genuine card false', () => {
  test.each(Object.keys(genuine))(
    '%s',
    async (name) => {
      const one = genuine[name]?.() ?? expect.fail()
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(0x22, 0x86, 0x88, 0xb0, 0xb1, 0xa4, 0xc0),
          fc.constantFrom(...ofTransport),
          fc.nat({ max: one.apdus }),
          async (instruction, value, from) => {
            const card = (): VirtualCard => {
              const made = one.card()
              let count = 0
              return {
                ...made,
                answer: (command) => {
                  const answer = made.answer(command)
                  return (count += 1) > from && command[1] === instruction ? bytesOf(value) : answer
                },
              }
            }
            expect(await verdictsOf({ ...one, card }, -1, (said) => said)).not.toContain('invalid')
          },
        ),
        { numRuns: Number(process.env['RUNS'] ?? 25) },
      )
    },
    300_000,
  )
})
