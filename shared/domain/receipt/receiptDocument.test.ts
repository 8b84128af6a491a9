import { expect, test } from 'vitest'
import { aReceipt, anIncompleteReceipt } from '#tests/builders/receipt.ts'
import words from './receipt.json' with { type: 'json' }
import { receiptDocument } from './receiptDocument.ts'
import type { ReceiptFacts } from './receipt.ts'
import { withoutControls } from './receiptText.ts'
import { receiptTemplate } from './receiptTemplate.ts'

const template = receiptTemplate.parse(words)
const plain = (value: unknown): string => withoutControls(JSON.stringify(value)).replaceAll('\u00a0', ' ')

test('a complete file says the time limit, the last day and the effect of silence, and nothing is missing', () => {
  const document = receiptDocument(aReceipt(), template)
  expect(document.kind).toBe('complete')
  expect(withoutControls(document.outcome.lastDay)).toBe('06/12/2026')
  expect(plain(document.outcome.sentences)).toContain('maximum de 15 jours, soit au plus tard le 06/12/2026')
  expect(plain(document.outcome.sentences)).toContain('silence de l’administration vaut accord')
  expect(plain(document.outcome.sentences)).toContain('داخل أجل أقصاه 15 يوما، أي يوم 06/12/2026')
  expect(document.groups.map((group) => group.mark)).toEqual(['received', 'obtained'])
})

test('silence that does not approve opens an appeal', () => {
  const facts = aReceipt({ decision: { days: 60, unit: 'working', lastDay: '2027-02-15', silence: 'appeal' } })
  const sentences = plain(receiptDocument(facts, template).outcome.sentences)
  expect(sentences).toContain('60 jours ouvrables')
  expect(sentences).toContain('60 يوم عمل')
  expect(sentences).not.toContain('vaut accord')
})

test('an incomplete file says what is missing, until when, and that nothing else will be asked', () => {
  const document = receiptDocument(anIncompleteReceipt(), template)
  expect(document.kind).toBe('incomplete')
  expect(document.title).toEqual(template.words.title.incomplete)
  expect(document.groups[0]).toMatchObject({ mark: 'missing' })
  expect(plain(document.groups[0]?.heading)).toContain('Pièces manquantes (2)')
  expect(plain(document.outcome)).toContain('21/12/2026')
  expect(plain(document.outcome)).toContain('Aucune autre pièce')
})

test('an optional piece that was not brought is not on the paper of a complete file', () => {
  const pieces = [
    { label: { fr: 'Plan', ar: 'تصميم' }, state: 'received' },
    { label: { fr: 'Photo', ar: 'صورة' }, state: 'notApplicable' },
    { label: { fr: 'Procuration', ar: 'وكالة' }, state: 'missing' },
  ]
  expect(plain(receiptDocument(aReceipt({ pieces }), template).groups)).not.toMatch(/Photo|Procuration/u)
})

test('typed identity is marked with its reason in both languages', () => {
  const row = receiptDocument(anIncompleteReceipt(), template).rows.find((one) => one.key === 'identity')
  expect(plain(row?.note)).toContain('saisie à la main : carte illisible')
  expect(plain(row?.note)).toContain('بطاقة غير مقروءة')
})

test('a preview has no number yet', () => {
  const { number } = receiptDocument(aReceipt({ number: undefined }), template)
  expect(number.value).toBeUndefined()
  expect(number.pending?.fr).toBe('Le numéro sera attribué à l’enregistrement')
})

test('numbers, dates and codes are isolated from left to right, names by their own direction', () => {
  const document = receiptDocument(anIncompleteReceipt(), template)
  expect(document.number.value).toBe('\u20662026/RAB03-G2/000123\u2069')
  expect(document.outcome.lastDay).toBe('\u206621/12/2026\u2069')
  const capacity = document.rows.find((row) => row.key === 'capacity')
  expect(capacity?.value).toMatchObject({ ar: 'نيابة عن \u2068Société Atlas Bâtiment SARL\u2069' })
})

test('the office is named once at the end of the letterhead, Tifinagh only where it is confirmed', () => {
  const { letterhead } = receiptDocument(
    aReceipt({ office: { fr: 'Bureau d’accueil', ar: 'مكتب الاستقبال' } }),
    template,
  )
  expect(letterhead.fr).toEqual([
    'Royaume du Maroc',
    'Ministère de l’Intérieur',
    'Commune de Hassan',
    'Bureau d’accueil',
  ])
  expect(letterhead.zgh).toEqual(['ⵜⴰⴳⵍⴷⵉⵜ ⵏ ⵍⵎⵖⵔⵉⴱ'])
  expect(receiptDocument(aReceipt(), template).letterhead.fr).toHaveLength(3)
})

test('money: an amount, a stamp, or nothing to pay', () => {
  const fee = (changes: Record<string, unknown>): string =>
    plain(receiptDocument(aReceipt(changes), template).rows.find((row) => row.key === 'fee'))
  expect(fee({})).toContain('750,00 DH')
  expect(fee({ fee: { centimes: 0 } })).toContain('gratuit')
  expect(fee({ fee: { centimes: 5000, stampNumber: 'T-17' } })).toContain('timbre n° T-17')
})

test('training paper says so', () => {
  expect(receiptDocument(aReceipt({ specimen: true }), template).specimen).toEqual(template.words.specimen)
  expect(receiptDocument(aReceipt(), template).specimen).toBeUndefined()
})

const complement = {
  at: '2026-12-01T09:00:00.000Z',
  completes: { receiptId: '00000000-0000-7000-8000-000000000001', issuedAt: '2026-11-21T09:42:00.000Z' },
}
const some = [
  { label: { fr: 'Demande', ar: 'طلب' }, state: 'received' },
  { label: { fr: 'Plan', ar: 'تصميم' }, state: 'received', added: true },
]

test('the receipt of a complement names the one that it completes, and what came; the clock runs from that day', () => {
  const document = receiptDocument(aReceipt({ pieces: some, complement }), template)
  expect(document.title).toEqual(template.words.title.complement)
  expect(plain(document.rows[0])).toContain('complète le dossier du récépissé du 21/11/2026')
  expect(document.groups.map(({ mark, pieces }) => [mark, pieces.length])).toEqual([
    ['added', 1],
    ['received', 1],
  ])
  expect(plain(document.outcome.sentences)).toContain('Dossier complet le 01/12/2026')
  expect(withoutControls(document.stamp.day)).toBe('01/12/2026')
})

test('a complement in part says that there is no other, and what is still missing', () => {
  const pieces = [...some, { label: { fr: 'Photo', ar: 'صورة' }, state: 'missing' }]
  const document = receiptDocument(anIncompleteReceipt({ pieces, complement }), template)
  expect(document.title).toEqual(template.words.title.complementIncomplete)
  expect(document.groups.map(({ mark }) => mark)).toEqual(['missing', 'added', 'received'])
  expect(plain(document.outcome.sentences)).toContain('Le dossier reste incomplet')
  expect(plain(document.outcome.sentences)).not.toContain('Aucune autre pièce')
})

test('the day of the answer and the day for the pieces are two clocks, and each is named', () => {
  const of = (facts: ReceiptFacts) => receiptDocument(facts, template).outcome.label
  expect(of(aReceipt()).fr).toBe('Réponse au plus tard le')
  expect(of(anIncompleteReceipt()).fr).toBe('Pièces au plus tard le')
  expect(of(aReceipt()).ar).not.toBe(of(anIncompleteReceipt()).ar)
})
