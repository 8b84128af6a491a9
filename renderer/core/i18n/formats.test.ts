import { describe, expect, it } from 'vitest'
import { formatDirhams } from '#shared/domain/receipt/receiptText.ts'
import countries from './countries.json'
import { formatsIn } from './formats.ts'

const plain = (text: string): string => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/[\u00a0\u202f]/g, ' ')
const noon = '2026-11-21T10:42:00Z'

describe('formats', () => {
  it.each(['fr', 'ar', 'en'] as const)('%s writes the day first, in Western digits', (language) => {
    expect(plain(formatsIn(language, 'UTC').date(noon))).toBe('21/11/2026')
    expect(formatsIn(language, 'UTC').time(noon)).toBe('10:42')
  })

  it('names the months as Morocco does', () => {
    expect(plain(formatsIn('ar', 'UTC').longDate('2026-11-21'))).toBe('21 نونبر 2026')
    expect(plain(formatsIn('ar', 'UTC').longDate('2026-08-01'))).toContain('غشت')
    expect(plain(formatsIn('fr', 'UTC').longDate('2026-11-21'))).toBe('21 novembre 2026')
  })

  it('names days and months in Amazigh, which browsers do not know', () => {
    expect(formatsIn('zgh', 'UTC').weekday('2026-11-21')).toBe('ⴰⵙⵉⴹⵢⴰⵙ 21 ⵏⵓⵡⴰⵏⴱⵉⵔ')
    expect(formatsIn('zgh', 'UTC').longDate(noon)).toBe('21 ⵏⵓⵡⴰⵏⴱⵉⵔ 2026')
  })

  it('takes a day as it is, whatever the zone', () => {
    expect(plain(formatsIn('fr', 'America/Los_Angeles').date('2026-11-21'))).toBe('21/11/2026')
    expect(plain(formatsIn('fr', 'Pacific/Auckland').date('2026-11-21'))).toBe('21/11/2026')
  })

  it('shows an instant in the zone of the office', () => {
    expect(formatsIn('fr', 'Europe/Brussels').time(noon)).toBe('11:42')
  })

  it.each([
    ['fr', 'Maroc', 'Allemagne', 'Royaume-Uni'],
    ['ar', 'المغرب', 'ألمانيا', 'المملكة المتحدة'],
    ['en', 'Morocco', 'Germany', 'United Kingdom'],
  ] as const)(
    '%s names a country by two letters, by three, or by a code of ICAO',
    (language, morocco, germany, britain) => {
      const { country } = formatsIn(language)
      expect(['MA', 'MAR', 'DE', 'DEU', 'D', 'GBR', 'GBD'].map((code) => country(code))).toEqual([
        morocco,
        morocco,
        germany,
        germany,
        germany,
        britain,
        britain,
      ])
      // The stateless, a word that somebody typed, and what is no code at all.
      for (const code of ['XXA', 'UTO', 'Belge', '', 'constructor', '504']) expect(country(code)).toBe(code)
    },
  )

  it('Amazigh names a country too, in French where the browser has no Amazigh', () => {
    expect(['Maroc', 'ⵍⵎⵖⵔⵉⴱ']).toContain(formatsIn('zgh').country('MAR'))
  })

  it('every country has its name: no code of three letters leads to one that nobody knows', () => {
    const { country } = formatsIn('fr')
    expect(Object.keys(countries).filter((code) => country(code).length < 3)).toEqual([])
    expect(Object.keys(countries).length).toBeGreaterThan(249)
  })

  it('parts thousands as the paper does, wherever a number stands', () => {
    for (const language of ['fr', 'ar', 'zgh'] as const) expect(plain(formatsIn(language).number(1284))).toBe('1 284')
    expect(formatsIn('fr').money(128_400)).toBe(`${formatDirhams(128_400)} DH`)
    expect(plain(formatsIn('ar').money(128_400))).toBe('1 284,00 درهم')
  })

  it('writes money and spans', () => {
    expect(plain(formatsIn('fr').money(75_050))).toBe('750,50 DH')
    expect(plain(formatsIn('ar').money(75_050))).toBe('750,50 درهم')
    expect(plain(formatsIn('fr').duration(((3 * 24 + 19) * 60 + 5) * 60_000))).toBe('3 j 19 h')
    expect(plain(formatsIn('fr').duration(0))).toBe('0 min')
    expect([formatsIn('fr').list(['a', 'b']), formatsIn('ar').list(['أ', 'ب'])]).toEqual(['a, b', 'أ، ب'])
    // After a preposition, as everywhere on the screens, and joined as Arabic joins.
    expect(plain(formatsIn('ar').duration(2 * 3_600_000))).toBe('ساعتين')
    expect(plain(formatsIn('ar').duration((2 * 60 + 15) * 60_000))).toBe('ساعتين و15 دقيقة')
    expect(plain(formatsIn('ar').duration((26 * 60 + 2) * 60_000))).toBe('يوم وساعتين')
    expect(plain(formatsIn('ar').duration((48 * 60 + 60) * 60_000))).toBe('يومين وساعة')
    expect(plain(formatsIn('fr').relative('2026-11-21T10:40:00Z', new Date(noon)))).toBe('il y a 2 min')
  })
})
