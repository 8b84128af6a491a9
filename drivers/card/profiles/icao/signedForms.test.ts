import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oid, sequence, der } from '#drivers/fake/belgian/der.ts'
import { buildMasterList } from '#tests/builders/masterList.ts'
import { buildSecurityObject, schemes } from '#tests/builders/securityObject.ts'
import { readTlvs, tlv } from './ber.ts'
import { concat } from './bytes.ts'
import { isIssuedBy, parseCertificate, wasValidAt } from './certificate.ts'
import { toDefinite } from './definite.ts'
import { isSameName } from './names.ts'
import { dataGroupVerdict, parseSecurityObject } from './securityObject.ts'
import { parseSignerFile } from './signerFile.ts'
import { chainVerdict, parseSignedContent } from './signedContent.ts'
import { readTime } from './times.ts'

const folder = join(import.meta.dirname, '../../../../tests/fixtures/field/cards')
const hex = (name: string): Uint8Array =>
  new Uint8Array(Buffer.from(readFileSync(join(folder, 'sod', name), 'utf8').trim(), 'hex'))
const derOf = (pem: string): Uint8Array =>
  new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'))
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const now = new Date('2026-11-29T12:00:00Z')

describe('a security object in an allowed form is what its issuer signed', () => {
  test.each([
    ['of indefinite length', 's-indef'],
    ['with its content in pieces', 's-indef-constructed'],
    ['signed with PSS whose mask has another hash', 'p-pss-mgf1default-mgf1'],
    ['whose signer is named in other string types', 's-sidprintable'],
  ])('%s', (_form, name) => {
    const object = parseSecurityObject(hex(`${name}.EF_SOD.hex`)) ?? expect.fail('not read')
    const country = parseCertificate(derOf(readFileSync(join(folder, 'sod', `${name}.csca.pem`), 'utf8')))
    expect(object.signature).toBe('valid')
    expect(dataGroupVerdict(object, 1, hex(`${name}.DG1.hex`))).toBe('valid')
    expect(chainVerdict(object, country === undefined ? [] : [country], now)).toBe('trusted')
    const changed = hex(`${name}.EF_SOD.hex`)
    changed[changed.length - 20] = (changed.at(-20) ?? 0) ^ 1
    expect(parseSecurityObject(changed)?.signature).not.toBe('valid')
  })
})

test('a certificate under PSS with the mask left at its default is signed', () => {
  const certificate =
    parseCertificate(new Uint8Array(readFileSync(join(folder, 'certificates/pss-256-mgfdefault.der')))) ??
    expect.fail('no certificate')
  expect(isIssuedBy(certificate, certificate)).toBe(true)
})

/** The object with every constructed part of open length, and its strings of octets in two pieces. */
function opened(bytes: Uint8Array): Uint8Array {
  return concat(
    ...(readTlvs(bytes) ?? []).map(({ tag, value, bytes: whole }) => {
      if (tag === 0x04 && value.length > 1)
        return concat(
          Uint8Array.of(0x24, 0x80),
          tlv(4, value.subarray(0, 1)),
          tlv(4, value.subarray(1)),
          new Uint8Array(2),
        )
      return (tag & 0x20) === 0 || tag > 0xff
        ? whole
        : concat(Uint8Array.of(tag, 0x80), opened(value), new Uint8Array(2))
    }),
  )
}

describe('definite lengths', () => {
  test('are what open ones and pieces stand for', () => {
    const value = sequence(
      oid('1.2.3'),
      der(0xa0, sequence(der(0x04, text('content')), der(0x04, new Uint8Array(300)))),
    )
    expect(Buffer.from(toDefinite(opened(value)) ?? [])).toEqual(Buffer.from(value))
  })

  test('of what has them stay as they are, and nothing throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const object = tlv(0x30, tlv(0x04, bytes))
        expect(Buffer.from(toDefinite(object) ?? [])).toEqual(Buffer.from(object))
        toDefinite(bytes)
        parseSignedContent(concat(Uint8Array.of(0x30, 0x80), bytes), '1.2.3')
      }),
    )
    const deep = concat(...Array.from({ length: 100_000 }, () => Uint8Array.of(0x30, 0x80)))
    expect(toDefinite(deep)).toBeUndefined()
  })
})

test('a list of country signers of open lengths holds what it holds in definite ones, and is signed', () => {
  const { countrySigner } = buildSecurityObject(new Map([[1, Uint8Array.of(1)]]), schemes['P-256'])
  const { file } = buildMasterList([countrySigner])
  const [list] = parseSignerFile(opened(file))?.lists ?? []
  expect(list).toMatchObject({ signature: 'valid' })
  expect(list?.signers.map(({ der: own }) => Buffer.from(own))).toEqual([Buffer.from(countrySigner)])
})

describe('names', () => {
  const name = (tag: number, value: Uint8Array, type = '2.5.4.10'): Uint8Array =>
    sequence(der(0x31, sequence(oid(type), der(tag, value))))
  test('are the same in any string type, case and spacing', () => {
    const one = name(0x0c, text('État de  Test '))
    expect(isSameName(one, name(0x1e, new Uint8Array(Buffer.from('état de test', 'utf16le').swap16())))).toBe(true)
    expect(isSameName(one, name(0x14, new Uint8Array(Buffer.from('ÉTAT DE TEST', 'latin1'))))).toBe(true)
    expect(isSameName(one, name(0x0c, text('Etat de test')))).toBe(false)
    expect(isSameName(one, name(0x0c, text('État de test'), '2.5.4.11'))).toBe(false)
  })
  test('that are none are compared as bytes', () => {
    expect(isSameName(text('a'), text('a'))).toBe(true)
    expect(isSameName(new Uint8Array(0), text('a'))).toBe(false)
    expect(isSameName(Uint8Array.of(0x30, 0), Uint8Array.of(0x30, 0x81, 0))).toBe(true)
    expect(isSameName(sequence(der(0x31, text('x'))), sequence(der(0x31, text('y'))))).toBe(false)
  })
})

describe('dates', () => {
  test.each([
    [0x17, '2501021504Z', '2025-01-02T15:04:00.000Z'],
    [0x17, '250102150405Z', '2025-01-02T15:04:05.000Z'],
    [0x17, '2501021504+0100', '2025-01-02T14:04:00.000Z'],
    [0x17, '991231235959Z', '1999-12-31T23:59:59.000Z'],
    [0x18, '20500102150405Z', '2050-01-02T15:04:05.000Z'],
    [0x18, '20500102150405.5Z', '2050-01-02T15:04:05.000Z'],
    [0x18, '2050010215Z', '2050-01-02T15:00:00.000Z'],
  ])('%i %s', (tag, value, expected) => {
    expect(readTime(readTlvs(tlv(tag, text(value)))?.[0])?.toISOString()).toBe(expected)
  })
  test.each(['', '250102', '25010215Z', '251302150405Z', '250230150405Z', '250100150405Z', '250102156005Z', 'x'])(
    'none of %j',
    (value) => {
      expect(readTime(readTlvs(tlv(0x17, text(value)))?.[0])).toBeUndefined()
    },
  )

  test('without seconds are the dates of a certificate', () => {
    const place = mkdtempSync(join(tmpdir(), 'guichet-time-'))
    try {
      const make = (...args: string[]): void => {
        execFileSync('openssl', args, { cwd: place, stdio: ['ignore', 'ignore', 'pipe'] })
      }
      make(
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        'key.pem',
        '-subj',
        '/C=UT/CN=T',
        '-days',
        '900',
        '-outform',
        'DER',
        '-out',
        'c.der',
      )
      const bytes = new Uint8Array(readFileSync(join(place, 'c.der')))
      const whole = parseCertificate(bytes) ?? expect.fail('no certificate')
      const [tbs, ...rest] = readTlvs(readTlvs(bytes)?.[0]?.value ?? bytes) ?? []
      const fields = (readTlvs(tbs?.value ?? bytes) ?? []).map((field, index) =>
        index !== 4
          ? field.bytes
          : sequence(
              ...(readTlvs(field.value) ?? []).map(({ value }) => tlv(0x17, concat(value.subarray(0, 10), text('Z')))),
            ),
      )
      const without = parseCertificate(sequence(sequence(...fields), ...rest.map((one) => one.bytes)))
      const minute = (date: Date | undefined): string | undefined => date?.toISOString().slice(0, 16)
      expect(minute(without?.validUntil)).toBe(minute(whole.validUntil))
      expect(without && wasValidAt(without, new Date(Date.now() + 86_400_000))).toBe(true)
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })
})
