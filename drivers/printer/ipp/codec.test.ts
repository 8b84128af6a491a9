import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeIpp } from './decode.ts'
import { encodeIpp } from './encode.ts'
import { groupTag, operation, valueTag, type IppAttribute, type IppMessage, type IppValue } from './message.ts'

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'))
const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex')

/** The answer to a Print-Job that went well, in the form of the examples of RFC 8010 appendix A. */
const printJobAnswer = hex(`
  0101 0000 00000001 01
  47 0012 ${ascii('attributes-charset')} 0008 ${ascii('us-ascii')}
  48 001b ${ascii('attributes-natural-language')} 0005 ${ascii('en-us')}
  41 000e ${ascii('status-message')} 000d ${ascii('successful-ok')}
  02
  21 0006 ${ascii('job-id')} 0004 00000093
  45 0007 ${ascii('job-uri')} 001a ${ascii('http://printer.example/147')}
  23 0009 ${ascii('job-state')} 0004 00000003
  03`)

describe('IPP messages', () => {
  it('reads the answer to a Print-Job', () => {
    const decoded = decodeIpp(printJobAnswer)
    if (!decoded.ok) throw new Error(decoded.why)
    expect(decoded.message.code).toBe(0)
    expect(decoded.documentAt).toBe(printJobAnswer.length)
    const job = decoded.message.groups.find((group) => group.tag === groupTag.job)
    expect(job?.attributes).toEqual([
      { name: 'job-id', values: [{ kind: 'integer', tag: 0x21, value: 147 }] },
      { name: 'job-uri', values: [{ kind: 'text', tag: 0x45, value: 'http://printer.example/147' }] },
      { name: 'job-state', values: [{ kind: 'integer', tag: 0x23, value: 3 }] },
    ])
  })

  it('writes the same bytes again', () => {
    const decoded = decodeIpp(printJobAnswer)
    if (!decoded.ok) throw new Error(decoded.why)
    expect(encodeIpp(decoded.message)).toEqual(Buffer.from(printJobAnswer))
  })

  it('writes a request with several values and a collection, as in RFC 8010 §3.1', () => {
    const size: IppValue = {
      kind: 'collection',
      members: [{ name: 'x-dimension', values: [{ kind: 'integer', tag: 0x21, value: 14800 }] }],
    }
    const message: IppMessage = {
      version: [2, 0],
      code: operation.getPrinterAttributes,
      requestId: 7,
      groups: [
        {
          tag: groupTag.operation,
          attributes: [
            {
              name: 'a',
              values: [
                { kind: 'text', tag: valueTag.keyword, value: 'x' },
                { kind: 'text', tag: valueTag.keyword, value: 'y' },
              ],
            },
            { name: 'c', values: [{ kind: 'collection', members: [{ name: 'media-size', values: [size] }] }] },
          ],
        },
      ],
    }
    expect(Buffer.from(encodeIpp(message)).toString('hex')).toBe(
      Buffer.from(
        hex(`
      0200 000b 00000007 01
      44 0001 ${ascii('a')} 0001 ${ascii('x')} 44 0000 0001 ${ascii('y')}
      34 0001 ${ascii('c')} 0000
        4a 0000 000a ${ascii('media-size')} 34 0000 0000
          4a 0000 000b ${ascii('x-dimension')} 21 0000 0004 000039d0
        37 0000 0000
      37 0000 0000 03`),
      ).toString('hex'),
    )
  })

  it('tells where the document begins', () => {
    const document = new TextEncoder().encode('%PDF-1.7')
    const decoded = decodeIpp(Buffer.concat([printJobAnswer, document]))
    expect(decoded).toMatchObject({ ok: true, documentAt: printJobAnswer.length })
  })

  it.each([
    ['nothing', '', 'stops short'],
    ['no end of attributes', '0200 0000 00000001 01', 'stops short'],
    ['a value before any group', `0200 0000 00000001 44 0001 ${ascii('a')} 0000 03`, 'before the first group'],
    ['a further value without an attribute', '0200 0000 00000001 01 44 0000 0000 03', 'no attribute'],
    ['an integer of three bytes', `0200 0000 00000001 01 21 0001 ${ascii('a')} 0003 000000 03`, '4 bytes'],
    ['a collection that is not closed', `0200 0000 00000001 01 34 0001 ${ascii('a')} 0000 03`, 'not closed'],
    ['an end without a collection', `0200 0000 00000001 01 37 0001 ${ascii('a')} 0000 03`, 'outside'],
    [
      'a member without a value',
      `0200 0000 00000001 01 34 0001 ${ascii('a')} 0000 4a 0000 0001 ${ascii('m')} 37 0000 0000 03`,
      'no value',
    ],
    [
      'endless nesting',
      `0200 0000 00000001 01 34 0001 ${ascii('a')} 0000 ${`4a 0000 0001 ${ascii('m')} 34 0000 0000`.repeat(40)}`,
      'too deeply',
    ],
  ])('refuses %s', (_, input, why) => {
    const decoded = decodeIpp(hex(input))
    expect(decoded.ok).toBe(false)
    if (!decoded.ok) expect(decoded.why).toContain(why)
  })
})

const atLeastOne = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<[T, ...T[]]> =>
  fc.tuple(one, fc.array(one, { maxLength: 2 })).map(([first, rest]) => [first, ...rest])
const name = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
const { value } = fc.letrec<{ value: IppValue; attribute: IppAttribute }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.record({
      kind: fc.constant('integer' as const),
      tag: fc.constantFrom(0x21 as const, 0x23 as const),
      value: fc.integer(),
    }),
    fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean() }),
    fc.record({
      kind: fc.constant('text' as const),
      tag: fc.constantFrom(0x41, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49),
      value: fc.string({ unit: 'grapheme' }),
    }),
    fc.record({
      kind: fc.constant('localised' as const),
      tag: fc.constantFrom(0x35 as const, 0x36 as const),
      language: fc.string({ unit: 'grapheme' }),
      value: fc.string({ unit: 'grapheme' }),
    }),
    fc.record({
      kind: fc.constant('octets' as const),
      tag: fc.constantFrom(0x10, 0x13, 0x30, 0x31, 0x32, 0x33),
      value: fc.uint8Array(),
    }),
    fc.record({ kind: fc.constant('collection' as const), members: fc.array(tie('attribute'), { maxLength: 3 }) }),
  ),
  attribute: fc.record({ name, values: atLeastOne(tie('value')) }),
}))
const message: fc.Arbitrary<IppMessage> = fc.record({
  version: fc.constant([2, 0] as const),
  code: fc.integer({ min: 0, max: 0xffff }),
  requestId: fc.integer({ min: 1, max: 0x7fffffff }),
  groups: fc.array(
    fc.record({
      tag: fc.constantFrom(1, 2, 4, 5),
      attributes: fc.array(fc.record({ name, values: atLeastOne(value) }), { maxLength: 4 }),
    }),
    { maxLength: 4 },
  ),
})

describe('IPP messages, any', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(message, fc.uint8Array(), (written, document) => {
        const bytes = encodeIpp(written)
        expect(decodeIpp(Buffer.concat([bytes, document]))).toEqual({
          ok: true,
          message: written,
          documentAt: bytes.length,
        })
      }),
    )
  })

  it('are never an exception, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        decodeIpp(bytes)
      }),
      { numRuns: 2000 },
    )
  })

  it('are never an exception when cut or changed', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), (written, cut, place, byte) => {
        const bytes = Uint8Array.from(encodeIpp(written))
        expect(decodeIpp(bytes.subarray(0, cut % bytes.length)).ok).toBe(false)
        bytes[place % bytes.length] = byte
        decodeIpp(bytes)
      }),
    )
  })
})
