import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDocument, zoneOf, type DocumentOptions, type DocumentTamper } from '#drivers/fake/icao/document.ts'
import { createIssuer, type Issuer } from '#drivers/fake/icao/issuer.ts'
import { resident, specimenCan } from '#drivers/fake/icao/holders.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { cardReading, type CardAccess } from '#shared/contract/cardEvents.ts'
import { cardDay, channelTo, specimenFolder } from '#tests/builders/cards.ts'
import { readCard } from '../../readCard.ts'
import { parseCertificate } from './certificate.ts'

const jp2 = readFileSync(join(specimenFolder, 'resident.jp2'))
const holder = resident(cardDay)
const activeKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
let issuer: Issuer
beforeAll(async () => {
  issuer = await createIssuer(cardDay)
})

async function read(
  access: CardAccess,
  options: Partial<DocumentOptions> = {},
  trusted = true,
  shortOnly = new Set<string>(),
) {
  const link = withFaults(
    createDocument({
      holder,
      photo: jp2,
      sign: issuer.signGroups,
      can: specimenCan,
      pace: { cipher: 'AES-128', parameterId: 12 },
      chipKey: { parameterId: 12, cipher: 'AES-128', secret: 4711n },
      ...options,
    }),
  )
  const signers = trusted ? [parseCertificate(issuer.countrySigner) ?? expect.fail()] : []
  const seen: string[] = []
  const result = await readCard(channelTo(link), {
    trust: { roots: [], pins: new Set(), countrySigners: () => Promise.resolve(signers) },
    simulated: false,
    clock: { now: () => cardDay, monotonic: () => 0 },
    access,
    shortOnly,
    onProgress: ({ state }) => {
      if (state !== 'reading') seen.push(state)
    },
  })
  if (result.ok) expect(cardReading.parse(result.value)).toEqual(result.value)
  return { result, seen, apdus: link.count() }
}

const groups = { DG1: 'valid', DG2: 'valid', DG11: 'valid', DG12: 'valid', DG14: 'valid' }
const proved = { identity: 'valid', address: 'notChecked', photo: 'valid', chain: 'trusted' }

describe('a document', () => {
  test('opened by its access number says who it belongs to, in both scripts, and what is proved', async () => {
    const { result, seen } = await read({ can: specimenCan })
    expect(result).toMatchObject({
      ok: true,
      value: {
        profile: 'icao',
        checks: proved,
        identity: {
          familyName: 'SPECIMEN EL AMRANI',
          givenNames: 'SALMA',
          nativeName: 'العمراني سلمى',
          nationalNumber: 'ZZ100001',
          birthDate: { value: '1991-03-04', precision: 'day' },
          sex: 'F',
          documentNumber: 'X00000017',
          documentType: 'I',
          issuer: 'UTOPIA SPECIMEN',
          validFrom: '2025-01-15',
        },
        photo: { mime: 'image/png', width: 140, height: 200, sha256: createHash('sha256').update(jp2).digest('hex') },
        emrtd: {
          access: 'PACE-CAN',
          documentCode: 'I',
          names: { latin: 'SPECIMEN EL AMRANI SALMA', native: 'العمراني سلمى' },
          checks: { passive: 'valid', dataGroups: groups, chip: 'valid' },
        },
      },
    })
    expect(seen).toEqual(['identity', 'photo'])
  })

  test('opens by its zone with PACE, and with BAC where it has no PACE', async () => {
    const mrz = zoneOf(holder)
    expect((await read({ mrz })).result).toMatchObject({ ok: true, value: { emrtd: { access: 'PACE-MRZ' } } })
    expect((await read({ mrz: mrz.replace(/(.{30})(.{30})/, '$1\n$2\n') })).result).toMatchObject({
      ok: true,
      value: { emrtd: { access: 'PACE-MRZ' } },
    })
    const link = createDocument({ holder, photo: jp2, sign: issuer.signGroups })
    const result = await readCard(channelTo(withFaults(link)), {
      trust: { roots: [], pins: new Set() },
      simulated: false,
      clock: { now: () => cardDay, monotonic: () => 0 },
      access: { mrz },
    })
    expect(result).toMatchObject({ ok: true, value: { emrtd: { access: 'BAC', checks: { chip: 'notChecked' } } } })
  })

  test('asks for what opens it, and says when that is wrong', async () => {
    expect((await read({})).result).toMatchObject({ ok: false, fault: { code: 'card.accessNeeded' } })
    expect((await read({ can: '654321' })).result).toMatchObject({ ok: false, fault: { code: 'card.accessRefused' } })
    expect((await read({ mrz: 'no zone' })).result).toMatchObject({ ok: false, fault: { code: 'card.accessRefused' } })
    expect((await read({ can: '654321', mrz: zoneOf(holder) })).result).toMatchObject({
      ok: true,
      value: { emrtd: { access: 'PACE-MRZ' } },
    })
  })

  test('of an issuer that nobody trusts is signed all the same', async () => {
    expect((await read({ can: specimenCan }, {}, false)).result).toMatchObject({
      ok: true,
      value: { checks: { ...proved, chain: 'untrusted' }, emrtd: { checks: { passive: 'valid' } } },
    })
  })

  test('with active authentication proves its chip too', async () => {
    const { result } = await read({ can: specimenCan }, { activeKey, pace: { cipher: 'AES-256', parameterId: 13 } })
    expect(result).toMatchObject({
      ok: true,
      value: { emrtd: { checks: { chip: 'valid', dataGroups: { ...groups, DG15: 'valid' } } } },
    })
  })
})

describe('what was changed shows in its own verdict', () => {
  const chip = { chip: 'valid', chipBy: 'CA', passive: 'valid', dataGroups: groups }
  const expected: readonly (readonly [DocumentTamper, object, object])[] = [
    [1, { ...proved, identity: 'invalid' }, { ...chip, dataGroups: { ...groups, DG1: 'invalid' } }],
    [2, { ...proved, photo: 'invalid' }, { ...chip, dataGroups: { ...groups, DG2: 'invalid' } }],
    [11, proved, { ...chip, dataGroups: { ...groups, DG11: 'invalid' } }],
    [12, proved, { ...chip, dataGroups: { ...groups, DG12: 'invalid' } }],
    [14, proved, { passive: 'valid', chip: 'invalid', dataGroups: { ...groups, DG14: 'invalid' } }],
    ['signature', { ...proved, identity: 'invalid' }, { ...chip, passive: 'invalid' }],
    ['copy', proved, { ...chip, chip: 'invalid' }],
  ]
  test.each(expected)('%s', async (tamper, checks, emrtdChecks) => {
    const { result } = await read({ can: specimenCan }, { tamper })
    expect(result.ok && [result.value.checks, result.value.emrtd?.checks]).toEqual([checks, emrtdChecks])
  })
})

describe('chip authentication mapping', () => {
  const mapped = (more: Partial<DocumentOptions> = {}, trusted = true) =>
    read(
      { can: specimenCan },
      { pace: { cipher: 'AES-128', parameterId: 12, mapping: 'ECDH-CAM' }, signInfos: issuer.signInfos, ...more },
      trusted,
    )
  const verdict = ({ result }: Awaited<ReturnType<typeof read>>) =>
    result.ok ? [result.value.emrtd?.checks.chip, result.value.emrtd?.checks.chipBy] : result.fault

  test('proves the chip while the channel opens', async () => {
    expect(verdict(await mapped())).toEqual(['valid', 'CAM'])
    expect(
      verdict(
        await mapped({
          pace: { cipher: 'AES-256', parameterId: 17, mapping: 'ECDH-CAM' },
          chipKey: { parameterId: 17, cipher: 'AES-256', secret: 99n },
        }),
      ),
    ).toEqual(['valid', 'CAM'])
  })

  test('of a chip without the private key, or with a changed file, is invalid', async () => {
    expect(verdict(await mapped({ tamper: 'copy' }))).toEqual(['invalid', 'CAM'])
    expect(verdict(await mapped({ tamper: 'cardSecurity' }))).toEqual(['invalid', 'CAM'])
  })

  test('of a file that a stranger signed counts when its key is the one of DG14', async () => {
    const stranger = await createIssuer(cardDay)
    expect(verdict(await mapped({ signInfos: stranger.signInfos }))).toEqual(['valid', 'CAM'])
  })
})

describe('answers of extended length', () => {
  const long = { extended: { limit: 4096 } }
  test('save commands where chip and reader carry them', async () => {
    const [short, extended] = [await read({ can: specimenCan }), await read({ can: specimenCan }, long)]
    expect(extended.result).toMatchObject({
      ok: true,
      value: { checks: proved, emrtd: { checks: { chip: 'valid', dataGroups: groups } } },
    })
    expect(extended.apdus).toBeLessThan(short.apdus / 2)
  })

  test('give way to short ones where they are announced and refused, and are not tried again', async () => {
    const shortOnly = new Set<string>()
    const counts: number[] = []
    for (let round = 0; round < 2; round += 1) {
      const { result, apdus } = await read(
        { can: specimenCan },
        { extended: { limit: 4096, refused: true } },
        true,
        shortOnly,
      )
      expect(result).toMatchObject({ ok: true, value: { checks: proved } })
      counts.push(apdus)
    }
    expect(shortOnly.size).toBe(1)
    expect(counts[1]).toBeLessThan(counts[0] ?? 0)
  })

  test('reach beyond 7FFF', async () => {
    const photo = Buffer.concat([jp2, Buffer.alloc(40_000, 0x5a)])
    for (const more of [{}, long])
      expect((await read({ can: specimenCan }, { photo, ...more })).result).toMatchObject({
        ok: true,
        value: { checks: { photo: 'valid' } },
      })
  })
})
