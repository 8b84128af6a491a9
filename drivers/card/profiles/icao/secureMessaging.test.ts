import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accessKeys, authenticationData, sessionKeys } from './bac.ts'
import { readTlvs, tlv } from './ber.ts'
import { concat } from './bytes.ts'
import { decrypt, encrypt, mac, pad, unpad, type Cipher } from './cipher.ts'
import { createSession, readLimit } from './secureMessaging.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const hex = (data: Uint8Array | undefined): string =>
  Buffer.from(data ?? [])
    .toString('hex')
    .toUpperCase()

describe('the worked example of Doc 9303-11, Appendix D', () => {
  const keys = accessKeys('L898902C<369080619406236')
  const chip = bytes('4608F91988702212')
  const own = { challenge: bytes('781723860C06C226'), key: bytes('0B795240CB7049B01C19B33E32804F0B') }
  const chipAnswer = bytes('46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F 2F2D235D074D7449')

  test('access keys', () => {
    expect(hex(keys.seed)).toBe('239AB9CB282DAF66231DC5A4DF6BFBAE')
    expect(hex(keys.enc)).toBe('AB94FDECF2674FDFB9B391F85D7F76F2')
    expect(hex(keys.mac)).toBe('7962D9ECE03D1ACD4C76089DCE131543')
  })

  test('authentication data and session keys', () => {
    expect(hex(authenticationData(keys, chip, own))).toBe(
      '72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A7',
    )
    const session = sessionKeys(keys, chip, own, chipAnswer)
    expect(hex(session?.enc)).toBe('979EC13B1CBFE9DCD01AB0FED307EAE5')
    expect(hex(session?.mac)).toBe('F1CB1F1FB5ADF208806B89DC579DC1F8')
    expect(hex(session?.ssc)).toBe('887022120C06C226')
  })

  test('a changed answer of the chip opens nothing', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 * 8 - 1 }), (bit) => {
        const changed = Uint8Array.from(chipAnswer)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(sessionKeys(keys, chip, own, changed)).toBeUndefined()
      }),
    )
  })

  test('protected commands and answers', () => {
    const session = createSession(sessionKeys(keys, chip, own, chipAnswer) ?? expect.fail('no session'))
    expect(hex(session.wrap(bytes('00A4020C02011E')))).toBe('0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800')
    expect(hex(session.unwrap(bytes('990290008E08FA855A5D4C50A8ED9000')))).toBe('9000')
    expect(hex(session.wrap(bytes('00B0000004')))).toBe('0CB000000D9701048E08ED6705417E96BA5500')
    expect(hex(session.unwrap(bytes('8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000')))).toBe('60145F019000')
    expect(hex(session.wrap(bytes('00B0000412')))).toBe('0CB000040D9701128E082EA28A70F3C7B53500')
    expect(
      hex(
        session.unwrap(bytes('871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000')),
      ),
    ).toBe('04303130365F36063034303030305C0261759000')
  })
})

test('AES-128, from a real document', () => {
  const session = createSession({
    cipher: 'AES-128',
    enc: bytes('A8E85E938514EC67AE33CDA3D43D3C48'),
    mac: bytes('27F1ADEB705A049A305B0C619B14B9B3'),
    ssc: new Uint8Array(16),
  })
  expect(hex(session.wrap(bytes('00A4020C02011D')))).toBe(
    '0CA4020C1D87110147EE2E3BD440FB596167F2BB6CD6395E8E08A105747484314BCF00',
  )
  expect(hex(session.unwrap(bytes('990290008E085F570BADDD1002D29000')))).toBe('9000')
  expect(hex(session.wrap(bytes('00B0000004')))).toBe('0CB000000D9701048E085D283EC183CBB99800')
  expect(hex(session.unwrap(bytes('871101D688D27A6D16F03619E76DCB59C1F1EC990290008E08B7DF9A5982BB17299000')))).toBe(
    '308207429000',
  )
})

test('AES-CMAC takes the message first, then the key (RFC 4493, example 2)', () => {
  expect(
    hex(mac('AES-128', bytes('2b7e151628aed2a6abf7158809cf4f3c'), bytes('6bc1bee22e409f96e93d7e117393172a'))),
  ).toBe('070A16B46B4D4144')
})

const cipher = fc.constantFrom<Cipher>('3DES', 'AES-128', 'AES-192', 'AES-256')
const someBytes = fc.uint8Array({ maxLength: 300 })

test('padding and encryption come back as they went', () => {
  fc.assert(
    fc.property(cipher, someBytes, (name, data) => {
      const key = new Uint8Array({ '3DES': 16, 'AES-128': 16, 'AES-192': 24, 'AES-256': 32 }[name]).fill(7)
      const block = name === '3DES' ? 8 : 16
      expect(unpad(decrypt(name, key, encrypt(name, key, pad(data, block))))).toEqual(data)
    }),
  )
})

test('no changed answer passes', () => {
  const answer = bytes('8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000')
  const open = () =>
    createSession({
      cipher: '3DES',
      enc: bytes('979EC13B1CBFE9DCD01AB0FED307EAE5'),
      mac: bytes('F1CB1F1FB5ADF208806B89DC579DC1F8'),
      ssc: bytes('887022120C06C229'),
    })
  expect(hex(open().unwrap(answer))).toBe('60145F019000')
  fc.assert(
    fc.property(fc.nat({ max: (answer.length - 2) * 8 - 1 }), (bit) => {
      const session = open()
      const changed = Uint8Array.from(answer)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(session.unwrap(changed)).toBeUndefined()
    }),
  )
})

test('data objects read back as they were written, and any bytes are read without a throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(0x80, 0x87, 0x5f1f, 0x7f49), someBytes, (tag, value) => {
      expect(readTlvs(concat(tlv(tag, value), tlv(0x99, value)))?.map((object) => [object.tag, object.value])).toEqual([
        [tag, value],
        [0x99, value],
      ])
    }),
  )
  fc.assert(
    fc.property(someBytes, (junk) => {
      readTlvs(junk)
    }),
  )
})

test('protected reads ask for no more than fits a short answer', () => {
  expect([readLimit('3DES'), readLimit('AES-256')]).toEqual([231, 223])
})
