import { describe, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { tlv } from './ber.ts'
import { numberOf } from './bytes.ts'
import { decrypt, deriveKey } from './cipher.ts'
import { coordinateLength, standardCurve } from './curves.ts'
import { genericMapping, standardGroup } from './group.ts'
import { authenticationToken, openPace, passwordSecret } from './pace.ts'
import { parseCardAccess, type PaceInfo } from './paceInfo.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const hex = (data: Uint8Array | undefined): string =>
  Buffer.from(data ?? [])
    .toString('hex')
    .toUpperCase()

// Doc 9303-11, Appendix G.1: ECDH with generic mapping on brainpoolP256r1, AES-128, MRZ.
const cardAccess = bytes('31143012060A04007F0007020204020202010202010D')
const mrz = { kind: 'MRZ', information: 'T22000129364081251010318' } as const
const z = bytes('95A3A016522EE98D01E76CB6B98B42C3')
const terminal = {
  map: bytes('7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99'),
  key: bytes('A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595'),
}
const chip = {
  map: bytes(
    '04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F5730D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54',
  ),
  key: bytes(
    '049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094',
  ),
}

const infoOf = (): PaceInfo => parseCardAccess(cardAccess)[0] ?? expect.fail('no PACEInfo')

test('the offer of the chip', () => {
  expect(infoOf()).toMatchObject({ agreement: 'ECDH', mapping: 'GM', cipher: 'AES-128', parameterId: 13 })
  expect(parseCardAccess(bytes('3100'))).toEqual([])
  expect(parseCardAccess(bytes('30820102'))).toEqual([])
})

describe('Appendix G.1, step by step', () => {
  const group = standardGroup(13) ?? expect.fail('no group')
  const kPi = deriveKey(passwordSecret(mrz), 3, 'AES-128')
  test('password and nonce', () => {
    expect(hex(passwordSecret(mrz))).toBe('7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD')
    expect(hex(kPi)).toBe('89DED1B26624EC1E634C1989302849DD')
    expect(hex(decrypt('AES-128', kPi, z))).toBe('3F00C4D39D153F2B2A214A078D899B22')
  })
  test('mapping', () => {
    const agreed = group.times(chip.map, numberOf(terminal.map))
    expect(hex(group.secretOf(agreed))).toBe('60332EF2450B5D247EF6D3868397D398852ED6E8CAF6FFEEF6BF85CA57057FD5')
    const generator = genericMapping(group, decrypt('AES-128', kPi, z), agreed)
    expect(hex(group.secretOf(generator))).toBe('8CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2')
    expect(hex(group.times(generator, numberOf(terminal.key)))).toBe(
      '042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB36462',
    )
  })
  test('tokens', () => {
    const macKey = bytes('FE251C7858B356B24514B3BD5F4297D1')
    expect(hex(authenticationToken(infoOf(), group, macKey, chip.key))).toBe('C2B0BD78D94BA866')
    const own = bytes(
      '042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB36462',
    )
    expect(hex(authenticationToken(infoOf(), group, macKey, own))).toBe('3ABB9674BCE93C08')
  })
})

/** A chip that answers as in the appendix, and keeps what it was asked. */
function chipOf(answers: readonly Uint8Array[]): { channel: CardChannel; asked: string[] } {
  const asked: string[] = []
  let next = 0
  return {
    asked,
    channel: {
      reader: 'r',
      atr: new Uint8Array(),
      transmit: async (command) => {
        asked.push(hex(command))
        return ok(answers[next++] ?? bytes('6F00'))
      },
    },
  }
}
const answer = (tag: number, value: Uint8Array) => Uint8Array.of(...tlv(0x7c, tlv(tag, value)), 0x90, 0x00)
const conversation = (token: string) => [
  bytes('9000'),
  answer(0x80, z),
  answer(0x82, chip.map),
  answer(0x84, chip.key),
  answer(0x86, bytes(token)),
]
const drawing = () => {
  const scalars = [terminal.map, terminal.key].map(numberOf)
  return { scalar: () => scalars.shift() ?? 1n, nonce: (length: number) => new Uint8Array(length) }
}

test('Appendix G.1 as a whole conversation opens the channel', async () => {
  const { channel, asked } = chipOf(conversation('3ABB9674BCE93C08'))
  const opened = await openPace(channel, infoOf(), mrz, drawing())
  expect(opened.ok).toBe(true)
  expect(asked).toEqual([
    '0022C1A412800A04007F0007020204020283010184010D',
    '10860000027C0000',
    '10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00',
    '10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200',
    '008600000C7C0A8508C2B0BD78D94BA86600',
  ])
})

test('a chip that cannot prove the password is refused, and so is a wrong password', async () => {
  const forged = await openPace(chipOf(conversation('3ABB9674BCE93C09')).channel, infoOf(), mrz, drawing())
  expect(forged).toMatchObject({ ok: false, fault: { code: 'card.refused', detail: 'PACE proof' } })
  const wrong = await openPace(
    chipOf([...conversation('').slice(0, 4), bytes('6300')]).channel,
    infoOf(),
    mrz,
    drawing(),
  )
  expect(wrong).toMatchObject({ ok: false, fault: { code: 'card.refused', detail: 'PACE 6300' } })
})

test('a key off the curve, the point at infinity and our own key sent back are malformed', async () => {
  const off = Uint8Array.from(chip.map)
  off[64] = (off[64] ?? 0) ^ 1
  for (const bad of [off, bytes('00'), bytes('04')]) {
    const opened = await openPace(
      chipOf([bytes('9000'), answer(0x80, z), answer(0x82, bad)]).channel,
      infoOf(),
      mrz,
      drawing(),
    )
    expect(opened).toMatchObject({ ok: false, fault: { code: 'card.malformed' } })
  }
  const own = bytes(
    '042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB36462',
  )
  const echoed = await openPace(
    chipOf([bytes('9000'), answer(0x80, z), answer(0x82, chip.map), answer(0x84, own)]).channel,
    infoOf(),
    mrz,
    drawing(),
  )
  expect(echoed).toMatchObject({ ok: false, fault: { code: 'card.malformed' } })
})

test('each standard curve is what it says: its generator lies on it and has its order', () => {
  for (const id of [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]) {
    const curve = standardCurve(id) ?? expect.fail(`no curve ${id}`)
    curve.BASE.assertValidity()
    expect(
      curve.BASE.multiply(curve.Fn.ORDER - 1n)
        .add(curve.BASE)
        .is0(),
    ).toBe(true)
    expect(coordinateLength(curve)).toBe(
      { 8: 24, 9: 24, 10: 28, 11: 28, 12: 32, 13: 32, 14: 40, 15: 48, 16: 48, 17: 64, 18: 66 }[id],
    )
  }
  expect(standardCurve(0)).toBeUndefined()
  expect(standardCurve(99)).toBeUndefined()
})
