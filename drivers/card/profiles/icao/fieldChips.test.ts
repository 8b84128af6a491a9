import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { overContact } from '#drivers/fake/contactCard.ts'
import { createIcaoChip, type Bent, type ChipCommand, type ChipOptions } from '#drivers/fake/icao/chip.ts'
import { writeCardSecurity, writeDg14, writeDg15 } from '#drivers/fake/icao/chipKeys.ts'
import { cardAccessOf } from '#drivers/fake/icao/document.ts'
import { createIssuer } from '#drivers/fake/icao/issuer.ts'
import { ok } from '#shared/result.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { buildSecurityObject, schemes } from '#tests/builders/securityObject.ts'
import { readCard } from '../../readCard.ts'
import { tlv } from './ber.ts'
import { concat } from './bytes.ts'
import { parseCertificate } from './certificate.ts'

/** Chips as people met them: allowed by the standard, or bent on the way; all of them genuine. */

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const zone = 'I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'
const mrzInformation = 'D23145890774081221204159'
const now = new Date()
const face = concat(
  text('FAC\u0000010\u0000'),
  new Uint8Array(60),
  Uint8Array.from(Buffer.from('ffd8ffc000110800200020030122000211010311 01'.replace(' ', ''), 'hex')),
  new Uint8Array(900),
)
const photo = tlv(0x75, tlv(0x7f61, concat(tlv(0x02, Uint8Array.of(1)), tlv(0x7f60, tlv(0x5f2e, face)))))
const base = new Map([
  [1, tlv(0x61, tlv(0x5f1f, text(zone)))],
  [2, photo],
  [11, tlv(0x6b, tlv(0x5f0e, text('إريكسون<<آنا')))],
])
const chipKey = { parameterId: 12, cipher: 'AES-128', secret: 0x5eedn } as const
const activeKey = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const rsaKey = generateKeyPairSync('rsa', { modulusLength: 1536 })
const status = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)

interface Field extends Partial<ChipOptions> {
  readonly groups?: ReadonlyMap<number, Uint8Array>
  readonly without?: readonly number[]
  readonly contact?: boolean
  readonly access?: { readonly can?: string; readonly mrz?: string }
}

async function read({ groups = base, without = [], contact = false, access = { mrz: zone }, ...options }: Field) {
  const sod = buildSecurityObject(groups, schemes['P-256'])
  const files = new Map([
    ...[...groups].map(([number, file]) => [0x0100 | number, file] as const),
    [0x011d, sod.file] as const,
  ])
  for (const id of without) files.delete(id)
  const made = createIcaoChip({ files, mrzInformation, bac: true, can: '123456', ...options })
  const chip = contact ? overContact(made) : made
  const channel: CardChannel = {
    reader: 'r',
    atr: chip.atr,
    transmit: (command) => Promise.resolve(ok(Uint8Array.from(chip.answer(command)))),
  }
  const signer = parseCertificate(sod.countrySigner) ?? expect.fail('no certificate')
  const result = await readCard(channel, {
    trust: { roots: [], pins: new Set(), countrySigners: () => Promise.resolve([signer]) },
    simulated: false,
    clock: { now: () => now, monotonic: () => 0 },
    access,
  })
  return result.ok ? { ...result.value.emrtd, ...result.value, photo: result.value.photo !== undefined } : result.fault
}

const identity = { familyName: 'ERIKSSON', nativeName: 'إريكسون آنا' }
const verdicts = { identity: 'valid', photo: 'valid', chain: 'trusted' }
const chipOf = async (field: Field): Promise<unknown> => {
  const result = await read(field)
  return 'emrtd' in result ? [result.emrtd?.checks.chip, result.emrtd?.checks.chipBy] : result
}
/** Bends the first answers to an instruction. */
const bend = (ins: number, answers: number, how: (command: ChipCommand, answer: Uint8Array) => Bent) => {
  let left = answers
  return (command: ChipCommand, answer: Uint8Array): Bent | undefined =>
    command.ins === ins && (left -= 1) >= 0 ? how(command, answer) : undefined
}

describe('active authentication', () => {
  const groups = new Map([...base, [14, writeDg14(undefined)], [15, writeDg15(activeKey)]])
  const rsa = new Map([...base, [14, writeDg14(undefined)], [15, writeDg15(rsaKey)]])
  const short = (
    groups_: typeof groups,
    key: typeof activeKey,
    answer: Uint8Array,
    bare: boolean,
    only = false,
  ): Field => ({
    groups: groups_,
    activeKey: key,
    bends: (command) => (command.ins === 0x88 && (!only || command.extended) ? { answer, bare } : undefined),
  })
  test.each([
    ['6700 outside the session', status(0x6700), true],
    ['6700', status(0x6700), false],
    ['6C80', status(0x6c80), false],
    ['nothing', status(0x9000), false],
    ['6F00 outside the session', status(0x6f00), true],
  ] as const)('that is answered by %s is not checked', async (_name, answer, bare) => {
    expect(await chipOf(short(groups, activeKey, answer, bare))).toEqual(['notChecked', undefined])
    expect(await chipOf(short(rsa, rsaKey, answer, bare))).toEqual(['notChecked', undefined])
  })
  test('in extended length alone is refused, and asked again in a short command', async () => {
    const long = new Map([...rsa, [15, writeDg15(generateKeyPairSync('rsa', { modulusLength: 2048 }))]])
    expect(await chipOf({ ...short(rsa, rsaKey, status(0x6700), true, true) })).toEqual(['valid', 'AA'])
    expect(await chipOf({ groups: long, activeKey: rsaKey })).toEqual(['invalid', 'AA'])
  })
  test('whose status says that more waits is a proof', async () => {
    const bends = (command: ChipCommand, answer: Uint8Array): Bent | undefined =>
      command.ins === 0x88 ? { answer: concat(answer.subarray(0, -2), status(0x6110)) } : undefined
    expect(await chipOf({ groups, activeKey, bends })).toEqual(['valid', 'AA'])
  })
  test('once bent is asked again', async () => {
    for (const answer of [status(0x6985), status(0x6d00), concat(new Uint8Array(96), status(0x9000))])
      expect(await chipOf({ groups, activeKey, bends: bend(0x88, 1, () => ({ answer })) })).toEqual(['valid', 'AA'])
  })
  test.each(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'])(
    'with %s, plain and in DER, named or not',
    async (hash) => {
      const silent = new Map([...base, [15, writeDg15(activeKey)]])
      for (const dsaEncoding of ['der', 'ieee-p1363'] as const) {
        const bends = ({ ins, data }: ChipCommand): Bent | undefined =>
          ins === 0x88
            ? { answer: concat(sign(hash, data, { key: activeKey.privateKey, dsaEncoding }), status(0x9000)) }
            : undefined
        expect(await chipOf({ groups: silent, activeKey, bends })).toEqual(['valid', 'AA'])
      }
    },
  )
})

describe('chip authentication', () => {
  const groups = new Map([...base, [14, writeDg14(chipKey)]])
  test.each([
    ['6700', status(0x6700), false],
    ['6700 outside the session', status(0x6700), true],
    ['nothing', status(0x6c00), false],
  ] as const)('that is answered by %s is not checked', async (_name, answer, bare) => {
    const bends = (command: ChipCommand): Bent | undefined =>
      command.ins === 0x22 && command.p1 === 0x41 ? { answer, bare } : undefined
    expect(await chipOf({ groups, chipKey, bends })).toEqual(['notChecked', undefined])
  })
  test('once bent is asked again', async () => {
    for (const bare of [true, false])
      for (const value of [0x6a80, 0x6988, 0x6700])
        expect(
          await chipOf({ groups, chipKey, bends: bend(0x86, 1, () => ({ answer: status(value), bare })) }),
        ).toEqual(['valid', 'CA'])
  })
  test.each([
    ['at the key', { ofKey: 1 }],
    ['at the protocol', { ofProtocol: 1 }],
    ['at both', { ofKey: 1, ofProtocol: 1 }],
  ])('with an identifier %s belongs to the one key', async (_name, identifiers) => {
    const named = new Map([...base, [14, writeDg14(chipKey, identifiers)]])
    expect(await chipOf({ groups: named, chipKey })).toEqual(['valid', 'CA'])
    const unnamed = (command: ChipCommand): Bent | undefined =>
      command.ins === 0x22 && command.p1 === 0x41 && Buffer.from(command.data).includes(Buffer.from([0x84, 1, 1]))
        ? { answer: status(0x6a88) }
        : undefined
    if (!('ofKey' in identifiers && 'ofProtocol' in identifiers))
      expect(await chipOf({ groups: named, chipKey, bends: unnamed })).toEqual(['valid', 'CA'])
  })
  test('with identifiers that are two is not checked', async () => {
    const strange = new Map([...base, [14, writeDg14(chipKey, { ofKey: 1, ofProtocol: 2 })]])
    expect(await chipOf({ groups: strange, chipKey })).toEqual(['notChecked', undefined])
  })
})

describe('chip authentication mapping', () => {
  const groups = new Map([...base, [14, writeDg14(chipKey)]])
  const mapped = async (bends?: NonNullable<ChipOptions['bends']>): Promise<unknown> => {
    const { signInfos } = await createIssuer(now)
    return chipOf({
      groups,
      chipKey,
      access: { can: '123456' },
      cardAccess: cardAccessOf({ cipher: 'AES-128', parameterId: 12, mapping: 'ECDH-CAM' }),
      cardSecurity: signInfos(writeCardSecurity(chipKey)),
      ...(bends !== undefined && { bends }),
    })
  }
  test('whose file is refused gives way to the key of DG14', async () => {
    expect(await mapped()).toEqual(['valid', 'CAM'])
    for (const bare of [true, false]) {
      let underMaster = false
      const bends = ({ ins, p1, data }: ChipCommand): Bent | undefined => {
        if (ins === 0xa4 && p1 !== 2) underMaster = Buffer.from(data).equals(Buffer.from([0x3f, 0x00]))
        const isFile = (ins === 0xb0 && p1 === 0x9d) || (ins === 0xa4 && p1 === 2)
        return underMaster && isFile ? { answer: status(0x6985), bare } : undefined
      }
      expect(await mapped(bends)).toEqual(['valid', 'CA'])
    }
  })
})

describe('a chip that carries less than is asked for', () => {
  const whole = { ...verdicts }
  test('refuses longer blocks', async () => {
    for (const bare of [true, false]) {
      const bends = ({ ins, le }: ChipCommand): Bent | undefined =>
        ins === 0xb0 && le > 192 ? { answer: status(0x6700), bare } : undefined
      expect(await read({ bends })).toMatchObject({ identity, photo: true, checks: whole })
    }
  })
  test('refuses to read past the end, and ends the session over it', async () => {
    for (const bare of [true, false]) {
      const bends = ({ ins }: ChipCommand, answer: Uint8Array): Bent | undefined =>
        ins === 0xb0 && answer.at(-2) === 0x62 ? { answer: status(0x6b00), bare } : undefined
      expect(await read({ bends, cardAccess: cardAccessOf({ cipher: 'AES-128', parameterId: 12 }) })).toMatchObject({
        identity,
        photo: true,
        checks: whole,
      })
    }
  })
  test('names the length it gives', async () => {
    const bends = ({ ins, le }: ChipCommand): Bent | undefined =>
      ins === 0xb0 && le > 100 ? { answer: status(0x6c64) } : undefined
    expect(await read({ bends })).toMatchObject({ identity, photo: true, checks: whole })
  })
})

describe('an optional group', () => {
  const isFile = (command: ChipCommand, id: number): boolean =>
    (command.ins === 0xb0 && command.p1 === (0x80 | id)) ||
    (command.ins === 0xa4 && command.p1 === 2 && command.data[1] === id)
  test.each([
    [0x6a82, true],
    [0x6985, true],
    [0x6985, false],
    [0x6986, true],
    [0x6f00, true],
    [0x6a80, false],
    [0x6a82, false],
  ])('refused by %i (outside the session: %s) takes nothing else with it', async (value, bare) => {
    const bends = (command: ChipCommand): Bent | undefined =>
      isFile(command, 11) ? { answer: status(value), bare } : undefined
    const result = await read({ bends })
    expect(result).toMatchObject({ identity: { familyName: 'ERIKSSON' }, photo: true, checks: verdicts })
    expect(result).toMatchObject({ emrtd: { checks: { dataGroups: { DG1: 'valid', DG2: 'valid' } } } })
  })
  test('shorter than it says is missing', async () => {
    let file = 0
    const bends = ({ ins, p1, p2 }: ChipCommand): Bent | undefined => {
      if (ins === 0xb0 && p1 >= 0x80) file = p1 & 0x1f
      return ins === 0xb0 && p1 < 0x80 && file === 2 && (p1 << 8) + p2 > 600 ? { answer: status(0x6282) } : undefined
    }
    expect(await read({ bends })).toMatchObject({
      identity,
      photo: false,
      checks: { identity: 'valid', photo: 'notChecked' },
    })
  })
  test('and the security object refused leave the identity without proof', async () => {
    for (const bare of [true, false]) {
      const bends = (command: ChipCommand): Bent | undefined =>
        isFile(command, 0x1d) ? { answer: status(0x6985), bare } : undefined
      expect(await read({ bends })).toMatchObject({
        identity,
        photo: true,
        checks: { identity: 'notChecked', photo: 'notChecked', chain: 'notChecked' },
      })
    }
  })
  test('of keys that the chip refuses proves nothing, and one it hides is what a copy looks like', async () => {
    const groups = new Map([...base, [14, writeDg14(chipKey)]])
    const bends = (command: ChipCommand): Bent | undefined =>
      isFile(command, 14) ? { answer: status(0x6985), bare: true } : undefined
    expect(await chipOf({ groups, chipKey, bends })).toEqual(['notChecked', undefined])
    expect(await chipOf({ groups, chipKey, without: [0x010e] })).toEqual(['invalid', undefined])
    const once = (command: ChipCommand, answer: Uint8Array): Bent | undefined =>
      isFile(command, 14) && answer.length > 2 && (seen += 1) === 1 ? { answer: status(0x6a82) } : undefined
    let seen = 0
    expect(await chipOf({ groups, chipKey, bends: once })).toEqual(['valid', 'CA'])
  })
})

describe('padding', () => {
  test('inside a template and behind a zone is no part of it', async () => {
    const zero = Uint8Array.of(0)
    const groups = new Map([
      [1, tlv(0x61, concat(tlv(0x5f1f, concat(text(zone), zero)), zero))],
      [11, tlv(0x6b, concat(zero, tlv(0x5f0e, text('إريكسون<<آنا')), Uint8Array.of(0xff, 0x00)))],
      [14, concat(writeDg14(chipKey).subarray(0, 0), padded(writeDg14(chipKey)))],
    ])
    const result = await read({ groups, chipKey })
    expect(result).toMatchObject({ identity, checks: { identity: 'valid' } })
    expect(result).toMatchObject({ emrtd: { checks: { chip: 'valid' } } })
  })
  /** DG14 with a zero behind its set of entries. */
  const padded = (dg14: Uint8Array): Uint8Array => {
    const start = (dg14[1] ?? 0) < 0x80 ? 2 : 2 + ((dg14[1] ?? 0) & 0x7f)
    return tlv(0x6e, concat(dg14.subarray(start), Uint8Array.of(0)))
  }
})

describe('a chip in contact that speaks T=0', () => {
  test.each([
    ['BAC', { mrz: zone }, {}],
    ['PACE', { can: '123456' }, { bac: false, cardAccess: cardAccessOf({ cipher: 'AES-128', parameterId: 12 }) }],
  ] as const)('is read over %s', async (_name, access, options) => {
    const groups = new Map([...base, [14, writeDg14(chipKey)]])
    const result = await read({ groups, chipKey, contact: true, access, ...options })
    expect(result).toMatchObject({ identity, photo: true, checks: verdicts })
    expect(result).toMatchObject({ emrtd: { checks: { chip: 'valid' } } })
  })
})

test('an answer of the transport does not blame the access number', async () => {
  const pace = {
    access: { can: '123456' },
    bac: false,
    cardAccess: cardAccessOf({ cipher: 'AES-128', parameterId: 12 }),
  }
  for (const value of [0x6700, 0x6f00, 0x6d00])
    expect(await read({ ...pace, bends: bend(0x86, 9, () => ({ answer: status(value) })) })).toMatchObject({
      code: 'card.refused',
    })
  expect(await read({ ...pace, access: { can: '654321' } })).toMatchObject({ code: 'card.accessRefused' })
})

test('an answer of the transport does not blame the zone', async () => {
  const bends = ({ ins }: ChipCommand): Bent | undefined => (ins === 0x82 ? { answer: status(0x6700) } : undefined)
  expect(await read({ bends })).toMatchObject({ code: 'card.refused' })
  expect(await read({ access: { mrz: zone.replace('7408122', '7408136') } })).toMatchObject({
    code: 'card.accessRefused',
  })
})
