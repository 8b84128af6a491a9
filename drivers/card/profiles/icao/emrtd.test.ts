import { beforeAll, describe, expect, test } from 'vitest'
import { createIcaoChip, type ChipOptions } from '#drivers/fake/icao/chip.ts'
import { ok } from '#shared/result.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { buildSecurityObject, schemes } from '#tests/builders/securityObject.ts'
import { readOffers, type AccessSecret } from './access.ts'
import { tlv } from './ber.ts'
import { concat } from './bytes.ts'
import { parseCertificate } from './certificate.ts'
import { readEmrtd } from './emrtd.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const now = new Date()
const zone = 'I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'
const mrzInformation = 'D23145890774081221204159'
const face = concat(
  text('FAC\u0000010\u0000'),
  new Uint8Array(60),
  Uint8Array.of(0xff, 0xd8, 0xff, 0xe0),
  new Uint8Array(40_000).fill(0x5a),
)
const groups = new Map([
  [1, tlv(0x61, tlv(0x5f1f, text(zone)))],
  [
    2,
    tlv(
      0x75,
      tlv(
        0x7f61,
        concat(
          tlv(0x02, Uint8Array.of(1)),
          tlv(0x7f60, concat(tlv(0xa1, Uint8Array.of(0x81, 0x01, 0x02)), tlv(0x5f2e, face))),
        ),
      ),
    ),
  ],
  [11, tlv(0x6b, tlv(0x5f0e, text('إريكسون<<آنا')))],
  [12, tlv(0x6c, tlv(0x5f19, text('UTOPIA')))],
])
let sod: ReturnType<typeof buildSecurityObject>
beforeAll(() => {
  sod = buildSecurityObject(groups, schemes['P-256'])
})

/** EF.CardAccess with one PACEInfo: id-PACE-ECDH-GM (2) or CAM (6), cipher 1 to 4, parameter number. */
const offer = (mapping: number, cipher: number, parameter: number): Uint8Array =>
  tlv(
    0x31,
    tlv(
      0x30,
      concat(
        tlv(0x06, Uint8Array.of(0x04, 0x00, 0x7f, 0x00, 0x07, 0x02, 0x02, 0x04, mapping, cipher)),
        Uint8Array.of(0x02, 0x01, 0x02, 0x02, 0x01, parameter),
      ),
    ),
  )

const chipFiles = (changed: ReadonlyMap<number, Uint8Array> = new Map()): ReadonlyMap<number, Uint8Array> =>
  new Map([
    ...[...groups].map(([number, file]) => [0x0100 | number, changed.get(number) ?? file] as const),
    [0x011d, sod.file] as const,
  ])

function insert(options: Partial<ChipOptions>): { channel: CardChannel; asked: number[] } {
  const chip = createIcaoChip({ files: chipFiles(), mrzInformation, bac: true, can: '123456', ...options })
  const asked: number[] = []
  return {
    asked,
    channel: {
      reader: 'r',
      atr: chip.atr,
      transmit: async (command) => {
        asked.push(command.length)
        return ok(Uint8Array.from(chip.answer(command)))
      },
    },
  }
}

async function read(options: Partial<ChipOptions>, secret: AccessSecret, signers = [sod.countrySigner]) {
  const { channel, asked } = insert(options)
  const offers = await readOffers(channel)
  if (!offers.ok) return offers
  const seen: string[] = []
  const result = await readEmrtd(channel, {
    secret,
    offers: offers.value,
    now,
    onStep: () => undefined,
    onContent: (state) => {
      seen.push(state)
    },
    countrySigners: signers.map((der) => parseCertificate(der) ?? expect.fail('no certificate')),
  })
  return result.ok ? ok({ ...result.value, seen, apdus: asked.length }) : result
}

const whole = {
  mrz: { documentNumber: { value: 'D23145890' }, familyName: { value: 'ERIKSSON' } },
  person: { nativeName: 'إريكسون آنا' },
  document: { authority: 'UTOPIA' },
  seen: ['identity', 'photo'],
  checks: {
    passive: 'valid',
    chain: 'trusted',
    dataGroups: { DG1: 'valid', DG2: 'valid', DG11: 'valid', DG12: 'valid' },
  },
}

describe('a chip opens', () => {
  test('by BAC', async () => {
    expect(await read({}, { mrzInformation })).toMatchObject({ ok: true, value: { ...whole, access: 'BAC' } })
  })

  const curves = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
  test.each(
    [1, 2, 3, 4].flatMap((cipher) =>
      curves.filter((_, at) => cipher === 2 || at % 4 === cipher - 1).map((curve) => [cipher, curve] as const),
    ),
  )('by PACE with the access number: cipher %i, parameters %i', async (cipher, parameter) => {
    expect(await read({ cardAccess: offer(2, cipher, parameter), bac: false }, { can: '123456' })).toMatchObject({
      ok: true,
      value: { ...whole, access: 'PACE-CAN' },
    })
  })

  test('by PACE with the zone', async () => {
    expect(await read({ cardAccess: offer(2, 4, 13), bac: false }, { mrzInformation })).toMatchObject({
      ok: true,
      value: { ...whole, access: 'PACE-MRZ' },
    })
  })

  test.each([
    [1, 2, 0],
    [1, 4, 2],
    [3, 2, 0],
    [3, 3, 1],
    [4, 1, 13],
    [4, 4, 12],
    [6, 2, 12],
  ])('by PACE of mapping %i, cipher %i, parameters %i', async (mapping, cipher, parameter) => {
    expect(await read({ cardAccess: offer(mapping, cipher, parameter), bac: false }, { can: '123456' })).toMatchObject({
      ok: true,
      value: { access: 'PACE-CAN', mrz: whole.mrz },
    })
  })

  test('by BAC where PACE with the zone is refused or not one that is built', async () => {
    expect(await read({ cardAccess: offer(2, 2, 99) }, { mrzInformation })).toMatchObject({
      ok: true,
      value: { access: 'BAC' },
    })
  })

  test('also when it knows no short file identifiers', async () => {
    expect(await read({ shortFileIds: false }, { mrzInformation })).toMatchObject({ ok: true, value: whole })
  })
})

describe('a chip stays closed', () => {
  test('without a secret', async () => {
    expect(await read({}, {})).toMatchObject({ ok: false, fault: { code: 'card.accessNeeded' } })
  })
  test('when it knows only BAC and there is only an access number', async () => {
    expect(await read({}, { can: '123456' })).toMatchObject({ ok: false, fault: { code: 'card.accessNeeded' } })
  })
  test('to a wrong access number', async () => {
    expect(await read({ cardAccess: offer(2, 2, 12) }, { can: '654321' })).toMatchObject({
      ok: false,
      fault: { code: 'card.accessRefused' },
    })
  })
  test('to a wrong zone', async () => {
    expect(
      await read({ cardAccess: offer(2, 2, 12) }, { mrzInformation: mrzInformation.replace('7408122', '7408136') }),
    ).toMatchObject({ ok: false, fault: { code: 'card.accessRefused' } })
  })
})

describe('what was changed shows, and only there', () => {
  test.each([2, 11, 12])('data group %i', async (number) => {
    const changed = Uint8Array.from(groups.get(number) ?? [])
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    const expected = { ...whole.checks.dataGroups, [`DG${number}`]: 'invalid' }
    expect(await read({ files: chipFiles(new Map([[number, changed]])) }, { mrzInformation })).toMatchObject({
      ok: true,
      value: { checks: { passive: 'valid', chain: 'trusted', dataGroups: expected } },
    })
  })

  test('an issuer that nobody trusts leaves the signature valid', async () => {
    expect(await read({}, { mrzInformation }, [])).toMatchObject({
      ok: true,
      value: { checks: { passive: 'valid', chain: 'untrusted' } },
    })
  })

  test('a document without its security object proves nothing, and one that cannot be read is invalid', async () => {
    const without = new Map([...chipFiles()].filter(([id]) => id !== 0x011d))
    expect(await read({ files: without }, { mrzInformation })).toMatchObject({
      ok: true,
      value: { checks: { passive: 'notChecked', chain: 'notChecked' } },
    })
    expect(
      await read({ files: new Map([...without, [0x011d, tlv(0x77, new Uint8Array(9))]]) }, { mrzInformation }),
    ).toMatchObject({ ok: true, value: { checks: { passive: 'invalid', chain: 'notChecked' } } })
  })
})

test('no more commands than the files need: one for each read, none to select a file', async () => {
  const result = await read({}, { mrzInformation })
  // CardAccess asked, master file, CardAccess again, application, challenge, authentication; then each file in reads of
  // 231 bytes.
  const reads = [...chipFiles().values()].reduce((sum, file) => sum + Math.max(1, Math.ceil(file.length / 231)), 0)
  expect(result.ok && result.value.apdus - reads).toBeLessThanOrEqual(7)
})
