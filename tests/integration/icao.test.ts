import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { parseCertificate, type ParsedCertificate } from '#drivers/card/profiles/icao/certificate.ts'
import {
  createDocument,
  dataGroupsOf,
  zoneOf,
  type DocumentOptions,
  type DocumentTamper,
} from '#drivers/fake/icao/document.ts'
import { resident, specimenCan } from '#drivers/fake/icao/holders.ts'
import { createIssuer, type Issuer } from '#drivers/fake/icao/issuer.ts'
import { overContact } from '#drivers/fake/contactCard.ts'
import { withFaults, type CardFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import type { CardAccess, CardReading } from '#shared/contract/cardEvents.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import { at, ending, outcome, watchCards, type CardWatch } from '#tests/builders/cardEvents.ts'
import { cardDay, specimenFolder, specimenPhoto } from '#tests/builders/cards.ts'
import { buildSecurityObject, schemes } from '#tests/builders/securityObject.ts'
import { plugCard, type PluggedCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

const holder = resident(cardDay)
const mrz = zoneOf(holder)
const chipKey = { parameterId: 12, cipher: 'AES-128', secret: 0x5eedn } as const
const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
const root = join(import.meta.dirname, '..', '..')

let pcscd: Pcscd
let issuer: Issuer
let jp2: Uint8Array
let signers: ParsedCertificate[]
let cards: CardSource
let watch: CardWatch
const plugged = new Set<PluggedCard>()

beforeAll(async () => {
  pcscd = await openPcscd()
  Object.assign(process.env, pcscd.env)
  issuer = await createIssuer(cardDay)
  jp2 = await readFile(join(specimenFolder, 'resident.jp2'))
  signers = [parseCertificate(issuer.countrySigner) ?? expect.fail()]
  cards = openPcscCards({
    trust: { roots: [], pins: new Set(), countrySigners: () => Promise.resolve(signers) },
    clock: { now: () => cardDay, monotonic: () => performance.now() },
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

const linkOf = (options: Partial<DocumentOptions> & CardFaults = {}): CardLink =>
  withFaults(
    createDocument({
      holder,
      photo: jp2,
      sign: issuer.signGroups,
      can: specimenCan,
      pace: { cipher: 'AES-128', parameterId: 12 },
      chipKey,
      ...options,
    }),
    options,
  )

/** Puts a document in, lets the chip ask for what opens it, gives that, and takes the document out again. */
async function present(
  link: CardLink,
  access: CardAccess = { can: specimenCan },
  slot: 0 | 1 = 0,
): Promise<string | CardReading> {
  const reader = pcscd.readers[slot]
  const asked = watch.next(ending(reader))
  const gone = watch.next(at('removed', reader))
  gone.catch(() => undefined)
  const card = await plugCard(link, pcscd.ports[slot])
  plugged.add(card)
  const first = outcome(await asked)
  const read = first === 'card.accessNeeded' ? await cards.read({ reader, access }) : undefined
  await card.pull()
  plugged.delete(card)
  await gone
  return read === undefined ? first : read.ok ? read.value : read.fault.code
}

const groups = { DG1: 'valid', DG2: 'valid', DG11: 'valid', DG12: 'valid', DG14: 'valid' }
const checks = { identity: 'valid', address: 'notChecked', photo: 'valid', chain: 'trusted' }
const proved = { passive: 'valid', dataGroups: groups, chip: 'valid', chipBy: 'CA' }

const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const
const curves = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
type Way = readonly [NonNullable<NonNullable<DocumentOptions['pace']>['mapping']>, (typeof ciphers)[number], number]
const cipherAt = (index: number): (typeof ciphers)[number] => ciphers[index % 4] ?? 'AES-128'
/** Every group with every mapping that it has, the ciphers in turns; P-224 has no integrated mapping. */
const ways: readonly Way[] = [
  ...curves.map((curve, index): Way => ['ECDH-GM', cipherAt(index), curve]),
  ...curves.filter((curve) => curve !== 10).map((curve, index): Way => ['ECDH-IM', cipherAt(index + 1), curve]),
  ...curves.map((curve, index): Way => ['ECDH-CAM', ciphers[1 + (index % 3)] ?? 'AES-128', curve]),
  ...[0, 1, 2].flatMap((group): Way[] => [
    ['DH-GM', cipherAt(group), group],
    ['DH-IM', cipherAt(group + 2), group],
  ]),
]

/** Works through a list with both readers at once. */
async function bothReaders<T>(list: readonly T[], work: (one: T, slot: 0 | 1) => Promise<void>): Promise<void> {
  const side = async (slot: 0 | 1): Promise<void> => {
    for (const [at, one] of list.entries()) if (at % 2 === slot) await work(one, slot)
  }
  await Promise.all([side(0), side(1)])
}

describe('a chip says who it belongs to through PC/SC', () => {
  it('also in contact, where it speaks T=0 and answers in parts', async () => {
    const card = createDocument({
      holder,
      photo: jp2,
      sign: issuer.signGroups,
      can: specimenCan,
      pace: { cipher: 'AES-128', parameterId: 12 },
      chipKey,
    })
    expect(await present(withFaults(overContact(card)))).toMatchObject({
      profile: 'icao',
      checks,
      emrtd: { checks: proved },
    })
  })

  it('after an answer on the way that was not its own', async () => {
    for (const index of [20, 60])
      expect(await present(linkOf({ answerAt: { index, answer: () => Uint8Array.of(0x6b, 0x00) } }))).toMatchObject({
        profile: 'icao',
        checks,
        emrtd: { checks: proved },
      })
  })

  it('by its access number, whatever cipher, group and mapping', async () => {
    await bothReaders(ways, async ([mapping, cipher, parameterId], slot) => {
      const own = mapping === 'ECDH-CAM' ? { chipKey: { ...chipKey, parameterId }, signInfos: issuer.signInfos } : {}
      const reading = await present(
        linkOf({ pace: { cipher, parameterId, mapping }, bac: false, ...own }),
        undefined,
        slot,
      )
      expect(reading, `${mapping} ${cipher} ${String(parameterId)}`).toMatchObject({
        profile: 'icao',
        checks,
        photo: { mime: 'image/png', width: 140, height: 200 },
        identity: { familyName: 'SPECIMEN EL AMRANI', nativeName: 'العمراني سلمى' },
        emrtd: {
          access: 'PACE-CAN',
          names: { native: 'العمراني سلمى' },
          checks: { ...proved, chipBy: mapping === 'ECDH-CAM' ? 'CAM' : 'CA' },
        },
      })
    })
  })

  it('with answers of extended length where they are announced, and with short ones where they are refused all the same', async () => {
    const [short, long, refused] = [
      linkOf(),
      linkOf({ extended: { limit: 4096 } }),
      linkOf({ extended: { limit: 4096, refused: true } }),
    ]
    for (const link of [short, long, refused])
      expect(await present(link)).toMatchObject({ checks, emrtd: { checks: proved } })
    // A portrait of three kilobytes: what is left is what opening and proving takes.
    expect(long.count()).toBeLessThan(short.count() * 0.6)
  })

  it('by its zone, with PACE and with BAC, and with a JPEG photo', async () => {
    expect(await present(linkOf(), { mrz })).toMatchObject({ checks, emrtd: { access: 'PACE-MRZ', checks: proved } })
    const old = withFaults(createDocument({ holder, photo: specimenPhoto('citizen'), sign: issuer.signGroups }))
    expect(await present(old, { mrz })).toMatchObject({
      checks,
      photo: { mime: 'image/jpeg' },
      emrtd: { access: 'BAC', checks: { passive: 'valid', chip: 'notChecked' } },
    })
  })

  it('and proves its chip by an RSA signature that takes an extended answer', async () => {
    const document = createDocument({
      holder,
      photo: jp2,
      sign: issuer.signGroups,
      can: specimenCan,
      pace: { cipher: 'AES-128', parameterId: 12 },
      activeKey: rsaKey,
    })
    expect(await present(withFaults(document))).toMatchObject({
      emrtd: { checks: { ...proved, chipBy: 'AA', dataGroups: { ...groups, DG15: 'valid' } } },
    })
  })
})

describe('what is not as the issuer made it shows in its own verdict', () => {
  const expected: readonly (readonly [DocumentTamper | undefined, object, object])[] = [
    [undefined, checks, proved],
    [1, { ...checks, identity: 'invalid' }, { ...proved, dataGroups: { ...groups, DG1: 'invalid' } }],
    [2, { ...checks, photo: 'invalid' }, { ...proved, dataGroups: { ...groups, DG2: 'invalid' } }],
    [11, checks, { ...proved, dataGroups: { ...groups, DG11: 'invalid' } }],
    [12, checks, { ...proved, dataGroups: { ...groups, DG12: 'invalid' } }],
    [14, checks, { passive: 'valid', chip: 'invalid', dataGroups: { ...groups, DG14: 'invalid' } }],
    ['signature', { ...checks, identity: 'invalid' }, { ...proved, passive: 'invalid' }],
    ['copy', checks, { ...proved, chip: 'invalid' }],
  ]
  it.each(Object.keys(schemes) as (keyof typeof schemes)[])('signed with %s', async (scheme) => {
    const options = {
      holder,
      photo: jp2,
      can: specimenCan,
      pace: { cipher: 'AES-128', parameterId: 12 } as const,
      chipKey,
    }
    const sod = buildSecurityObject(dataGroupsOf({ ...options, sign: () => new Uint8Array(0) }), schemes[scheme])
    const own = signers
    signers = [parseCertificate(sod.countrySigner) ?? expect.fail()]
    await bothReaders(expected, async ([tamper, card, emrtd], slot) => {
      const reading = await present(
        withFaults(createDocument({ ...options, sign: () => sod.file, ...(tamper !== undefined && { tamper }) })),
        undefined,
        slot,
      )
      expect(typeof reading === 'string' ? reading : [reading.checks, reading.emrtd?.checks], String(tamper)).toEqual([
        card,
        emrtd,
      ])
    })
    signers = own
  })

  it('chip authentication mapping', async () => {
    const pace = { cipher: 'AES-128', parameterId: 12, mapping: 'ECDH-CAM' } as const
    for (const [tamper, chip] of [
      [undefined, 'valid'],
      ['copy', 'invalid'],
      ['cardSecurity', 'invalid'],
    ] as const) {
      const reading = await present(
        linkOf({ pace, signInfos: issuer.signInfos, ...(tamper !== undefined && { tamper }) }),
      )
      expect(typeof reading === 'string' ? reading : [reading.checks, reading.emrtd?.checks]).toEqual([
        checks,
        { ...proved, chip, chipBy: 'CAM' },
      ])
    }
  })

  it('an issuer that is not trusted leaves the signature valid', async () => {
    const own = signers
    signers = []
    expect(await present(linkOf())).toMatchObject({
      checks: { ...checks, chain: 'untrusted' },
      emrtd: { checks: proved },
    })
    signers = own
  })
})

describe('what goes wrong is told, and the next document is read', () => {
  it('a wrong number, a wrong zone', async () => {
    expect(await present(linkOf(), { can: '654321' })).toBe('card.accessRefused')
    expect(await present(linkOf(), { mrz: zoneOf({ ...holder, birth: '910305' }) })).toBe('card.accessRefused')
    expect(await present(linkOf())).toMatchObject({ checks })
  })

  it('the document is taken away at any command', async () => {
    const whole = linkOf()
    expect(await present(whole)).toMatchObject({ checks })
    const commands = whole.count()
    const pull = async (slot: 0 | 1): Promise<void> => {
      for (let index: number = slot; index < commands; index += 2)
        expect(await present(linkOf({ removedAt: index }), undefined, slot)).toBe('card.removed')
    }
    await Promise.all([pull(0), pull(1)])
    expect(await present(linkOf())).toMatchObject({ checks, emrtd: { checks: proved } })
  })
})

describe('guichet card read', () => {
  const run = promisify(execFile)
  async function guichet(...words: readonly string[]): Promise<unknown> {
    const said = await run(
      process.execPath,
      [join(root, 'electron', 'cli', 'guichet.ts'), 'card', 'read', ...words, '--json'],
      { env: { ...process.env, ...pcscd.env } },
    ).catch((failed: { stdout: string }) => failed)
    return JSON.parse(said.stdout)
  }

  it('opens with --can or --mrz, trusts --csca, writes --photo', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'csca-'))
    await writeFile(join(folder, 'country.der'), issuer.countrySigner)
    const photo = join(folder, 'photo.png')
    const asked = watch.next(ending(pcscd.readers[0]))
    plugged.add(await plugCard(linkOf(), pcscd.ports[0]))
    await asked
    expect(await guichet('--can', specimenCan, '--csca', folder, '--photo', photo)).toMatchObject({
      profile: 'icao',
      access: 'PACE-CAN',
      documentCode: 'I',
      names: { latin: 'SPECIMEN EL AMRANI SALMA', native: 'العمراني سلمى' },
      checks: { ...checks, ...proved },
      photo: { mime: 'image/png' },
    })
    expect((await readFile(photo)).subarray(1, 4).toString()).toBe('PNG')
    expect(await guichet('--mrz', mrz, '--profile', 'icao')).toMatchObject({
      access: 'PACE-MRZ',
      checks: { chain: 'untrusted', passive: 'valid' },
    })
    expect(await guichet()).toMatchObject({ fault: { code: 'card.accessNeeded' } })
    expect(await guichet('--can', '12')).toMatchObject({ fault: { code: 'call.invalid' } })
    expect(await guichet('--can', specimenCan, '--profile', 'be-eid')).toMatchObject({
      fault: { code: 'card.unsupported' },
    })
    expect(await guichet('--csca', join(folder, 'nowhere'))).toMatchObject({ fault: { code: 'file.unreadable' } })
    await rm(folder, { recursive: true })
  })
})
