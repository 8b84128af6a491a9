import { generateKeyPairSync, getCurves } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createIcaoChip, type ChipOptions } from '#drivers/fake/icao/chip.ts'
import { writeDg14, writeDg15, type ActiveKey, type ChipAuthenticationKey } from '#drivers/fake/icao/chipKeys.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok } from '#shared/result.ts'
import { buildSecurityObject, schemes } from '#tests/builders/securityObject.ts'
import { tlv } from './ber.ts'
import { readEmrtd } from './emrtd.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const zone = 'I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'
const mrzInformation = 'D23145890774081221204159'
const dg1 = tlv(0x61, tlv(0x5f1f, text(zone)))

/** A document whose issuer signed these groups, in a chip with these keys. */
function documentOf(
  groups: ReadonlyMap<number, Uint8Array>,
  keys: Pick<ChipOptions, 'chipKey' | 'activeKey'>,
  shown = groups,
): ChipOptions {
  const sod = buildSecurityObject(groups, schemes['P-256'])
  return {
    ...keys,
    mrzInformation,
    bac: true,
    files: new Map([
      ...[...shown].map(([number, file]) => [0x0100 | number, file] as const),
      [0x011d, sod.file] as const,
    ]),
  }
}

async function verdictOf(options: ChipOptions): Promise<unknown> {
  const chip = createIcaoChip(options)
  const channel: CardChannel = {
    reader: 'r',
    atr: chip.atr,
    transmit: async (command) => ok(Uint8Array.from(chip.answer(command))),
  }
  const read = await readEmrtd(channel, {
    secret: { mrzInformation },
    offers: [],
    now: new Date(),
    countrySigners: [],
    onContent: () => undefined,
    onStep: () => undefined,
  })
  return read.ok
    ? [read.value.checks.chip, read.value.checks.passive, ...Object.values(read.value.checks.dataGroups)]
    : read.fault.code
}

describe('chip authentication', () => {
  const key = (
    parameterId: number,
    cipher: ChipAuthenticationKey['cipher'],
    secret = 0x1234567890abcdef1234567890abcdefn,
  ): ChipAuthenticationKey => ({ parameterId, cipher, secret })
  test.each([
    [12, '3DES'],
    [12, 'AES-128'],
    [13, 'AES-256'],
    [15, 'AES-192'],
    [17, 'AES-256'],
    [18, 'AES-128'],
  ] as const)('curve %i, %s', async (parameterId, cipher) => {
    const chipKey = key(parameterId, cipher)
    const groups = new Map([
      [1, dg1],
      [14, writeDg14(chipKey)],
    ])
    expect(await verdictOf(documentOf(groups, { chipKey }))).toEqual(['valid', 'valid', 'valid', 'valid'])
    expect(await verdictOf(documentOf(groups, { chipKey: key(parameterId, cipher, 99n) }))).toEqual([
      'invalid',
      'valid',
      'valid',
      'valid',
    ])
    expect(await verdictOf(documentOf(groups, {}))).toEqual(['invalid', 'valid', 'valid', 'valid'])
  })

  test('a copy that hides the key, or brings its own, is none the better', async () => {
    const groups = new Map([
      [1, dg1],
      [14, writeDg14(key(12, 'AES-128'))],
    ])
    const own = key(12, 'AES-128', 99n)
    expect(await verdictOf(documentOf(groups, { chipKey: own }, new Map([[1, dg1]])))).toEqual([
      'invalid',
      'valid',
      'valid',
    ])
    expect(
      await verdictOf(
        documentOf(
          groups,
          { chipKey: own },
          new Map([
            [1, dg1],
            [14, writeDg14(own)],
          ]),
        ),
      ),
    ).toEqual(['invalid', 'valid', 'valid', 'invalid'])
  })
})

describe('active authentication', () => {
  const make = (kind: string): ActiveKey =>
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: kind })
  // BoringSSL makes no brainpool keys; what it has to verify on those curves is noble's work anyway.
  const kinds = ['rsa', 'P-256', ...(getCurves().includes('brainpoolP256r1') ? ['brainpoolP256r1'] : [])]
  test.each(kinds)('%s', async (kind) => {
    const [own, other] = [make(kind), make(kind)]
    const groups = new Map([
      [1, dg1],
      [14, writeDg14(undefined)],
      [15, writeDg15(own)],
    ])
    expect(await verdictOf(documentOf(groups, { activeKey: own }))).toEqual([
      'valid',
      'valid',
      'valid',
      'valid',
      'valid',
    ])
    expect(await verdictOf(documentOf(groups, { activeKey: other }))).toEqual([
      'invalid',
      'valid',
      'valid',
      'valid',
      'valid',
    ])
    expect(await verdictOf(documentOf(groups, {}))).toEqual(['invalid', 'valid', 'valid', 'valid', 'valid'])
  })
})

test('a document without chip keys is not called a copy', async () => {
  expect(await verdictOf(documentOf(new Map([[1, dg1]]), {}))).toEqual(['notChecked', 'valid', 'valid'])
})
