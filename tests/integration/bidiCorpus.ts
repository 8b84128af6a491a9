import { receiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import type { ReceiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import { countOf, datum, isolated } from '#shared/domain/receipt/receiptText.ts'
import { fill } from '#shared/text/fill.ts'
import { aReceipt } from '#tests/builders/receipt.ts'

export interface CorpusLine {
  readonly text: string
  readonly base: 'rtl' | 'ltr'
}

/** A small seeded generator (mulberry32): the same corpus on every machine. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const latin = [
  'EL FASSI',
  'Commune',
  'd’Agdal',
  'VAN DEN BROECK',
  'Étienne',
  'Aït Ḥmad',
  'Tiẓnit',
  'SARL',
  'n°',
  'Nœud',
  'Tanger-Tétouan',
  'L’Oriental',
]
const arabic = [
  'فاطمة',
  'الزهراء',
  'الفاسي',
  'بناني',
  'رخصة',
  'البناء',
  'شهادة',
  'الإيداع',
  'لا',
  'للأجل',
  'المُرتفق',
  'سلا',
  'القنيطرة',
  'غشت',
  'علی\u200cرضا',
  '1444 ه\u200d',
]
const tifinagh = ['ⵜⴰⴳⵍⴷⵉⵜ', 'ⵏ', 'ⵍⵎⵖⵔⵉⴱ', 'ⵜⵓⵜⵍⴰⵢⵜ']
const data = [
  '21/11/2026',
  '10:45',
  'AB123456',
  '2026/RAB03-G2/000123',
  '1.250,00',
  '55.19',
  '15',
  '+212 5 37 12 34 56',
  '2026-11-21',
  '750,00 DH',
  '50%',
]
const marks = ['،', '؛', '؟', ':', '—', '.', '/', '«', '»', '(', ')', '[', ']', '…', '-']

/** Every sentence of the template with seeded names and data in its places, in both languages. */
export function templateLines(template: ReceiptTemplate, seed: number, receipts: number): CorpusLine[] {
  const next = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const words = (list: readonly string[], least: number): string =>
    Array.from({ length: least + Math.floor(next() * 3) }, () => pick(list)).join(' ')
  const digits = (count: number): string => String(Math.floor(next() * 10 ** count)).padStart(count, '0')
  const lines: CorpusLine[] = []
  for (let at = 0; at < receipts; at += 1) {
    const complete = next() < 0.5
    const facts = aReceipt({
      citizen: {
        familyName: pick(latin),
        givenNames: words(latin, 1),
        ...(next() < 0.7 ? { nativeName: words(arabic, 2) } : {}),
        identifier: `*****${digits(3)}`,
        ...(next() < 0.5
          ? { source: 'card' }
          : {
              source: 'typed',
              typedReason: pick(['noCard', 'cardUnreadable', 'readerDown', 'otherDocument', 'other'] as const),
            }),
      },
      capacity: next() < 0.5 ? 'self' : 'representative',
      represented: next() < 0.5 ? words(latin, 2) : words(arabic, 2),
      procedure: {
        code: `URB-${digits(2)}`,
        version: `2026.${digits(1)}`,
        title: { fr: `${words(latin, 2)} (${digits(2)})`, ar: `${words(arabic, 2)} (${pick(latin)} ${digits(2)})` },
      },
      pieces: (['received', 'obtained', 'missing'] as const).map((state) => ({
        state,
        label: { fr: words(latin, 2), ar: `${words(arabic, 2)} (1/${digits(3)})` },
      })),
      complete,
      decision: complete
        ? {
            days: Math.floor(next() * 120) + 1,
            unit: pick(['calendar', 'working'] as const),
            lastDay: '2027-01-09',
            silence: pick(['approval', 'appeal'] as const),
          }
        : undefined,
      completion: complete ? undefined : { days: Math.floor(next() * 60) + 1, lastDay: '2026-12-21' },
      fee: {
        centimes: pick([0, 5_000, 75_000, 12_345_600]),
        ...(next() < 0.5 ? { stampNumber: `T-2026-${digits(5)}` } : {}),
      },
      agent: { name: next() < 0.5 ? 'S. El Amrani' : words(arabic, 2), code: `A${digits(3)}` },
      specimen: at === 0,
    })
    collect(receiptDocument(facts, template), 'ltr', lines)
  }
  const delay = countOf(15, template.words.delay.calendar)
  for (const side of ['fr', 'ar'] as const) {
    const base = side === 'ar' ? 'rtl' : 'ltr'
    const { mark, line, reason } = template.words.duplicata
    lines.push({ base, text: fill(mark[side], { copy: datum('2') }) })
    lines.push({
      base,
      text: fill(line[side], { day: datum('23/11/2026'), time: datum('08:05'), by: isolated('S. El Amrani (A012)') }),
    })
    lines.push({ base, text: `${reason.fr} · ${isolated(reason.ar)} : ${isolated('الورق عالق في الطابعة')}` })
    lines.push({ base, text: fill(template.words.page[side], { page: datum('1'), pages: datum('2') }) })
    lines.push({ base, text: isolated(delay[side]) })
  }
  return lines
}

/** Lines that no template has: everything mixed, isolated or not, to try the engine itself. */
export function mixedLines(seed: number, count: number): CorpusLine[] {
  const next = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  return Array.from({ length: count }, () => {
    const base = next() < 0.75 ? 'rtl' : 'ltr'
    const parts = Array.from({ length: 3 + Math.floor(next() * 7) }, () => {
      const die = next()
      if (die < 0.42) return pick(arabic)
      if (die < 0.58) return pick(latin)
      if (die < 0.63) return pick(tifinagh)
      if (die < 0.78) return next() < 0.5 ? datum(pick(data)) : pick(data)
      if (die < 0.86) return `(${pick(next() < 0.5 ? arabic : data)})`
      if (die < 0.92) return `«${isolated(pick(latin))}»`
      return `${pick(arabic)}${pick(marks)}`
    })
    return { base, text: parts.join(' ') }
  })
}

/** Every string of a document, by the language of its place. */
function collect(value: unknown, base: CorpusLine['base'], into: CorpusLine[]): void {
  if (typeof value === 'string') into.push({ text: value, base })
  else if (Array.isArray(value)) for (const one of value) collect(one, base, into)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      if (key !== 'kind' && key !== 'key' && key !== 'mark')
        collect(one, key === 'ar' ? 'rtl' : key === 'fr' ? 'ltr' : base, into)
    }
  }
}
