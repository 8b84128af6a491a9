import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identity } from '#shared/domain/identity/identity.ts'
import { encodeFields } from '../../../fake/belgian/fields.ts'
import { identityTag, parseAddressFile, parseIdentityFile, type IdentityTag } from './identityFile.ts'

const fileOf = (
  values: Partial<Record<IdentityTag, string>>,
  more: readonly (readonly [number, Uint8Array])[] = [],
): Uint8Array =>
  encodeFields([
    ...Object.entries(values).map(([name, text]) => [identityTag[name as IdentityTag], Buffer.from(text)] as const),
    ...more,
  ])

describe('the identity file', () => {
  it('says who it is', () => {
    const parsed = parseIdentityFile(
      fileOf({
        cardNumber: '591000000026',
        validFrom: '15.11.2023',
        validUntil: '15.11.2033',
        municipalityOfIssue: 'Liège',
        nationalNumber: '84060600173',
        name: 'Spécimen',
        givenNames: 'Anaïs Zoë',
        nationality: 'Belge',
        birthPlace: 'Hélécine',
        birthDate: '06 JUIN 1984',
        sex: 'F',
        documentType: '01',
      }),
    )
    expect(parsed.ok && parsed.value.identity).toEqual({
      familyName: 'Spécimen',
      givenNames: 'Anaïs Zoë',
      birthDate: { value: '1984-06-06', precision: 'day' },
      birthPlace: 'Hélécine',
      sex: 'F',
      nationality: 'Belge',
      nationalNumber: '84060600173',
      documentNumber: '591000000026',
      documentType: '1',
      validFrom: '2023-11-15',
      validUntil: '2033-11-15',
      issuer: 'Liège',
    })
  })

  it('knows women in three languages', () => {
    for (const [letter, sex] of [
      ['M', 'M'],
      ['F', 'F'],
      ['V', 'F'],
      ['W', 'F'],
      ['?', 'X'],
    ]) {
      const parsed = parseIdentityFile(fileOf({ sex: letter ?? '' }))
      expect(parsed.ok && parsed.value.identity.sex).toBe(sex)
    }
  })

  it('keeps every known field, and unknown ones as they are', () => {
    const every = Object.fromEntries(Object.keys(identityTag).map((name) => [name, 'AB'])) as Record<
      IdentityTag,
      string
    >
    const parsed = parseIdentityFile(fileOf(every, [[0x77, Uint8Array.of(0xca, 0xfe)]]))
    expect(parsed.ok && Object.keys(parsed.value.details).sort()).toEqual(Object.keys(identityTag).sort())
    expect(parsed.ok && parsed.value.details.chipNumber).toBe('4142')
    expect(parsed.ok && parsed.value.unknown).toEqual([{ tag: 0x77, hex: 'CAFE' }])
  })

  it('tells a member of the family by the mere presence of the field', () => {
    const parsed = parseIdentityFile(fileOf({ name: 'X', memberOfFamily: '' }))
    expect(parsed.ok && parsed.value.details.memberOfFamily).toBe('')
  })

  it('takes out characters that would make a name read as another', () => {
    const parsed = parseIdentityFile(fileOf({ name: 'SPE\u202eNEMIC\u0007' }))
    expect(parsed.ok && parsed.value.identity.familyName).toBe('SPENEMIC')
  })

  it('is always what the contract takes, or malformed', () => {
    const noise = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 0x20 }), fc.uint8Array({ maxLength: 20 })), { maxLength: 20 })
      .map(encodeFields)
    fc.assert(
      fc.property(fc.oneof(noise, fc.uint8Array({ maxLength: 300 })), (file) => {
        const parsed = parseIdentityFile(file)
        expect(
          parsed.ok ? identity.safeParse(parsed.value.identity).success : parsed.fault.code === 'card.malformed',
        ).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the address file', () => {
  it('says where', () => {
    const file = Buffer.concat([
      encodeFields([
        [1, Buffer.from('Rue de l’Épée 12')],
        [2, Buffer.from('4000')],
        [3, Buffer.from('Liège')],
      ]),
      Buffer.alloc(17),
    ])
    expect(parseAddressFile(file)).toEqual({
      ok: true,
      value: { street: 'Rue de l’Épée 12', postalCode: '4000', municipality: 'Liège' },
    })
  })

  it('may be empty: a diplomat, a person abroad', () => {
    for (const file of [new Uint8Array(0), new Uint8Array(117)])
      expect(parseAddressFile(file)).toEqual({ ok: true, value: undefined })
  })
})
