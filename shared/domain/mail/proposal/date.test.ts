import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { datesIn, proposeDate, usualAge } from './date.ts'
import { keyText, cleanText, linesOf } from './letter.ts'

const received = '2026-11-30'
const isoIn = (text: string): readonly string[] => datesIn({ key: keyText(cleanText(text)) }).map(({ iso }) => iso)
const dated = (text: string, on = received) => proposeDate(linesOf(text), on)

describe('a date that stands in a text', () => {
  test.each([
    ['12/11/2026', '2026-11-12'],
    ['12-11-2026', '2026-11-12'],
    ['12.11.26', '2026-11-12'],
    ['05 / 11 / 2026', '2026-11-05'],
    ['2026-11-12', '2026-11-12'],
    ['2026/11/12', '2026-11-12'],
    ['le 12 novembre 2026', '2026-11-12'],
    ['1er août 2026', '2026-08-01'],
    ['premier decembre 2026', '2026-12-01'],
    ['9 févr. 2026', '2026-02-09'],
    ['le l2 novembre 2026', '2026-11-12'],
    ['12 نونبر 2026', '2026-11-12'],
    ['١٢ نونبر ٢٠٢٦', '2026-11-12'],
    ['٢٠٢٦/١١/١٢', '2026-11-12'],
    ['3 غشت 2026', '2026-08-03'],
    ['15 شتنبر 2026', '2026-09-15'],
    ['7 دجنبر 2026', '2026-12-07'],
    ['21 ماي 2026', '2026-05-21'],
    ['30 يوليوز 2026', '2026-07-30'],
    ['10 تشرين الثاني 2026', '2026-11-10'],
    ['2 كانون الأول 2026', '2026-12-02'],
    ['5 آب 2026', '2026-08-05'],
    ['14 جويلية 2026', '2026-07-14'],
    ['12 من شهر نونبر سنة 2026', '2026-11-12'],
    ['فاتح نونبر 2026', '2026-11-01'],
    ['2026/11/12م', '2026-11-12'],
    ['15 أكتوبر/تشرين الأول 2026', '2026-10-15'],
    ['09/NOV/2026', '2026-11-09'],
    ['November 24, 2026', '2026-11-24'],
    ['12 novembre deux mille vingt-six', '2026-11-12'],
    ['Vingt et un Novembre Deux Mille Vingt Six', '2026-11-21'],
    ['douze mars mil neuf cent quatre-vingt-dix-huit', '1998-03-12'],
    ['l’an deux mille vingt-six et le seize novembre', '2026-11-16'],
    ['الخامس والعشرين من نونبر سنة ألفين وستة وعشرين', '2026-11-25'],
    ['الحادي عشر من شهر دجنبر عام ألفين وثلاثين', '2030-12-11'],
    ['الثلاثين من فبراير سنة ألفين وستة وعشرين', undefined],
    ['trente et un novembre deux mille vingt-six', undefined],
  ])('%s', (text, iso) => {
    expect(isoIn(text)).toEqual(iso === undefined ? [] : [iso])
  })

  it('paperless-ngx 3870: 9" June 2014 is the ninth, never the first', () => {
    expect(isoIn('9" June 2014')).toEqual(['2014-06-09'])
    expect(isoIn('June 2014')).toEqual([])
    expect(isoIn('novembre 2026')).toEqual([])
  })

  it('paperless-ngx 4850: the year first means month and day follow; nothing is ever turned', () => {
    expect(isoIn('2026-03-11')).toEqual(['2026-03-11'])
    expect(isoIn('2026-13-11')).toEqual([])
    expect(isoIn('11/13/2026')).toEqual([])
    expect(isoIn('03/11/2026')).toEqual(['2026-11-03'])
  })

  it('a day that no month has is no date', () => {
    for (const text of ['31/02/2026', '30 février 2026', '31 نونبر 2026', '0/1/2026']) expect(isoIn(text)).toEqual([])
    expect(isoIn('29/02/2028')).toEqual(['2028-02-29'])
  })

  it('numbers of other things are no dates', () => {
    for (const text of ['n° 12/11/2026/DRH', '05.37.12.11.26', 'IP 10.11.20.26', 'A12/11/2026'])
      expect(isoIn(text)).toEqual([])
  })

  const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  const french = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ')
  const moroccan = 'يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر'.split(' ')
  const eastern = (text: string): string => text.replace(/\d/gu, (digit) => String.fromCodePoint(0x660 + Number(digit)))

  it('every day is read as it was written, in every form', () => {
    fc.assert(
      fc.property(days, fc.constantFrom('/', '-', '.'), fc.boolean(), (date, mark, inArabicDigits) => {
        const iso = date.toISOString().slice(0, 10)
        const [year = '', month = '', day = ''] = iso.split('-')
        const at = Number(month) - 1
        for (const text of [
          [day, month, year].join(mark),
          [String(Number(day)), String(Number(month)), year].join(mark),
          iso,
          `${String(Number(day))} ${french[at] ?? ''} ${year}`,
          `${day} ${(french[at] ?? '').toUpperCase()} ${year}`,
          `${day} ${moroccan[at] ?? ''} ${year}`,
        ])
          expect(isoIn(inArabicDigits ? eastern(text) : text)).toEqual([iso])
      }),
    )
  })

  it('every day is read where it is written in words', () => {
    const small = 'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(' ')
    const spelled = (value: number): string => {
      if (value <= 16) return small[value - 1] ?? ''
      if (value < 20) return `dix-${spelled(value - 10)}`
      const [ten, name] = (
        [
          [80, 'quatre-vingt'],
          [60, 'soixante'],
          [50, 'cinquante'],
          [40, 'quarante'],
          [30, 'trente'],
          [20, 'vingt'],
        ] as const
      ).find(([least]) => value >= least) ?? [20, 'vingt']
      return value === ten ? name : `${name}${(value - ten) % 10 === 1 ? ' et ' : '-'}${spelled(value - ten)}`
    }
    const inThisCentury = fc.date({ min: new Date('2001-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(inThisCentury, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
        const written = `${spelled(day)} ${french[month - 1] ?? ''} deux mille ${spelled(year - 2000)}`
        for (const text of [written, written.replaceAll('-', ' ').toUpperCase()]) expect(isoIn(text)).toEqual([iso])
      }),
    )
  })

  it('whatever stands in a text, what is found is a day of the calendar', () => {
    const bits = fc.constantFrom(
      '12',
      '/',
      '-',
      '2026',
      ' ',
      'novembre',
      'نونبر',
      '1448',
      'le',
      '3',
      '.',
      'محرم',
      '\n',
      '٣',
    )
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 20 }), (some) => {
        for (const iso of isoIn(some.join('')))
          expect(new Date(`${iso}T00:00:00Z`).toISOString().slice(0, 10)).toBe(iso)
      }),
    )
  })
})

describe('a month whose dots were read wrong', () => {
  test.each([
    ['الرباط في 19 تونبر 2026', '2026-11-19'],
    ['الرباط في 3 شتتبر 2026', '2026-09-03'],
    ['الرباط في 3 شئنبر 2026', '2026-09-03'],
    ['الرباط في 7 فيراير 2026', '2026-02-07'],
    ['الرباط في 7 ديسمير 2026', '2026-12-07'],
  ])('%s', (line, iso) => {
    expect(isoIn(line)).toEqual([iso])
  })

  test.each(['مارس', 'ماي', 'اب', 'غشت'])('is another word where the name is short: %s', (name) => {
    const other = name.replaceAll('ا', 'و').replaceAll('غ', 'ع').replaceAll('س', 'ش')
    expect(isoIn(`الرباط في 7 ${other} 2026`)).toEqual([])
  })
})

describe('the date of a letter', () => {
  test.each([
    ['Rabat, le 12 novembre 2026', '2026-11-12'],
    ['Fait à Salé le 12/11/2026', '2026-11-12'],
    ['الرباط في 12 نونبر 2026', '2026-11-12'],
    ['وحرر بسلا بتاريخ 12/11/2026', '2026-11-12'],
    ['التاريخ : 12/11/2026', '2026-11-12'],
    ['Date: 2026-11-12', '2026-11-12'],
    ['12 novembre 2026', '2026-11-12'],
    ['الرباط في فاتح نونبر 2026', '2026-11-01'],
    ['Rabat, le douze novembre deux mille vingt-six.', '2026-11-12'],
  ])('%s is sure', (text, iso) => {
    const { date, notes } = dated(`Commune de Salé\n${text}\nObjet : salle`)
    expect(date?.value).toBe(iso)
    expect(date?.confidence).toBeGreaterThanOrEqual(0.8)
    expect(notes).toEqual([])
  })

  test.each([
    'Monsieur Ahmed Alami, né le 12/10/2026 à Salé',
    'Date de naissance : 12/10/2026',
    'المزداد بتاريخ 12/10/2026 بالرباط',
    'loi n° 55-19 promulguée par le dahir n° 1-20-06 du 6 octobre 2026',
    'décret n° 2-22-387 du 12 octobre 2026',
    'القانون رقم 55.19 الصادر بتاريخ 6 أكتوبر 2026',
    'Réf : votre lettre n° 45 du 12 octobre 2026',
    'المرجع : رسالتكم عدد 99 بتاريخ 3 نونبر 2026',
    'du 1er au 5 novembre 2026',
    'من 3 نونبر 2026 إلى 5 نونبر 2026',
    'réunion prévue le 20 novembre 2026',
    'ARRIVÉE le 25/11/2026',
    'C.I.N. A123456 délivrée le 12/10/2026',
  ])('the-paperless-project PR 302: %s is not the date of the letter', (line) => {
    expect(dated(`Commune de Salé\n${line}`).date).toBeUndefined()
    expect(dated(`Commune de Salé\nRabat, le 10 novembre 2026\n${line}`).date?.value).toBe('2026-11-10')
  })

  it('a date to come is never proposed, and that is said', () => {
    expect(dated('Rabat, le 12 décembre 2026')).toEqual({ notes: ['dateToCome'] })
    expect(dated('Rabat, le 30 novembre 2026').date?.confidence).toBeGreaterThan(0.9)
  })

  it('above two months a date is a guess, and that is said', () => {
    const { date, notes } = dated('Rabat, le 12 mars 2026')
    expect(date?.value).toBe('2026-03-12')
    expect(date?.confidence).toBeLessThan(0.5)
    expect(notes).toEqual(['dateOld'])
    expect(dated('Rabat, le 12 mars 2026', '2026-03-20').date?.confidence).toBeGreaterThan(0.9)
  })

  it('the bound is a day, not a rounding', () => {
    const at = (days: number): string => new Date(Date.parse(received) - days * 86_400_000).toISOString().slice(0, 10)
    expect(dated(`Date : ${at(usualAge)}`).notes).toEqual([])
    expect(dated(`Date : ${at(usualAge + 1)}`).notes).toEqual(['dateOld'])
  })

  it('a Hijri date is known as such and never given as a civil one', () => {
    for (const text of [
      'الرباط في 2 جمادى الآخرة 1448',
      'الرباط في 02/06/1448',
      'في 1448/06/02 هـ',
      'Rabat, le 2 joumada II 1448',
    ])
      expect(dated(text)).toEqual({ notes: ['dateHijri'] })
    const both = dated('الرباط في 2 جمادى الآخرة 1448 الموافق 12 نونبر 2026')
    expect([both.date?.value, both.notes]).toEqual(['2026-11-12', []])
    expect(dated('الرباط في 12 نونبر 2026 (2 جمادى الآخرة 1448)').date?.value).toBe('2026-11-12')
  })

  it('no text makes it fail, and nothing proposed is to come', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        const { date } = dated(`${one} le 12/11/2026 ${other}\n${other}`)
        expect(date === undefined || date.value <= received).toBe(true)
      }),
    )
  })
})

it('the day that follows the letter’s own number is its day, the one of a number that is answered is not', () => {
  expect(dated('Commune de Salé\nN° 12/DC du 20 novembre 2026\nObjet : salle').date?.value).toBe('2026-11-20')
  expect(dated('Commune de Salé\nObjet : suite à votre lettre\nN° 55/SG du 3 novembre 2026').date).toBeUndefined()
  expect(dated('Commune de Salé\nV/Réf : N° 55/SG du 3 novembre 2026').date).toBeUndefined()
})
