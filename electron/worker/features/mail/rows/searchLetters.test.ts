import fc from 'fast-check'
import { expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import type { TypedLetter } from '#shared/domain/mail/letter.ts'
import { indexedWords, lightStem, textsOf } from '#shared/domain/mail/letterKeys.ts'
import { ok } from '#shared/result.ts'
import { isSound } from '#shared/text/incoming.ts'
import { withoutArticle, wordsOf } from '#shared/text/words.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../../core/deposit/issuing.ts'
import type { Store } from '../../../store/open.ts'
import { registerLetter } from '../registerLetter.ts'
import { importRegister } from '../importRegister.ts'
import { saveCorrespondent } from './correspondents.ts'
import { searchLetters } from './searchLetters.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const clerk = aPerson()
const entered = (over: Partial<TypedLetter>) =>
  valueOf(registerLetter(issuing.context, clerk, aLetterOf(over))).letter.number
const search = (words: string, over: object = {}, level = 3) =>
  searchLetters(store.db, letterQuestion.parse({ words, limit: 500, ...over }), { level, today: '2026-11-21' })
const found = (words: string, over: object = {}) => search(words, over).rows.map((row) => row.number)

test('Arabic and French as people write them: variants, marks, article, digits, ligatures, plurals', () => {
  const permit = entered({ subject: 'رُخْصَةُ البِنَاءِ لفائدة مؤسّسة', sender: { name: 'جماعة الدّار البيضاء' } })
  const claim = entered({ subject: 'Réclamation de l’œuvre sociale', reference: 'N° 123/DRH-2026' })
  for (const words of ['رخصة البناء', 'الرخصه', 'رخصات', 'موسسة', 'الدار', 'لفايدة'])
    expect(found(words)).toEqual([permit])
  for (const words of ['reclamations', 'OEUVRE', 'réclam soc', '123', 'DRH', '123/DRH', 'n°123', '١٢٣'])
    expect(found(words)).toEqual([claim])
  // A part of a number, where nothing begins so.
  expect(found('23drh')).toEqual([claim])
  expect(found('A-000002')).toEqual([claim])
  expect(found('introuvable')).toEqual([])
})

test('a body is found by each of its names once the directory knows them', () => {
  valueOf(
    store.tx((db) => {
      saveCorrespondent(db, { name: 'Ministère de l’Intérieur', nameAr: 'وزارة الداخلية' })
      return ok(undefined)
    }),
  )
  const number = entered({ sender: { name: 'وزارة الداخلية' }, subject: 'دورية' })
  expect(found('interieur')).toEqual([number])
})

test('newest first, narrowed by register, state, day, and what passed its day', () => {
  const one = entered({ receivedOn: '2026-11-19' })
  const two = entered({ register: 'departure' })
  expect(found('')).toEqual([two, one])
  expect(found('demande', { register: 'arrival' })).toEqual([one])
  expect(found('', { from: '2026-11-20' })).toEqual([two])
  expect(found('', { state: 'cancelled' })).toEqual([])
  expect(search('', { limit: 1 })).toMatchObject({ total: 2 })
  expect(search('', { limit: 1, countTo: 1 })).toMatchObject({ total: 1 })
})

test('lines of an old register come after ours, under their own numbers', () => {
  const ours = entered({ subject: 'Eau potable' })
  const line = { register: 'arrival' as const, receivedOn: '2019-01-02', sender: 'Commune', subject: 'Eau potable' }
  const order = {
    commandId: aLetterOf().commandId,
    sha256: '0'.repeat(64) as never,
    dryRun: false,
    lines: [
      { ...line, row: 2, number: '1/2019' },
      { ...line, row: 3, number: '1/2019', subject: 'autre' },
      { ...line, row: 4, number: '3/2019' },
    ],
  }
  expect(valueOf(importRegister(issuing.context, clerk, order))).toMatchObject({
    taken: 2,
    doubles: [{ row: 3, differs: true }],
  })
  const { total, rows, old } = search('potable')
  expect([total, rows.map(({ number }) => number), old.map(({ number }) => number)]).toEqual([
    3,
    [ours],
    ['3/2019', '1/2019'],
  ])
})

/** What the index is to find, said without one. */
const naive = (letter: ReturnType<typeof aLetterOf>['letter'], number: string, words: string): boolean => {
  const all = indexedWords([...textsOf(letter), number])
  return wordsOf(words)
    .slice(0, 12)
    .every((word) => {
      const bare = withoutArticle(word)
      return all.some((one) => one.startsWith(word) || one.startsWith(bare) || one === lightStem(bare))
    })
}

const words = fc.oneof(
  fc.constantFrom(
    'permis',
    'رخصة',
    'البناء',
    'للبناء',
    'Communes',
    'AND',
    'NEAR',
    '٢٠',
    'd’',
    '"',
    'a*',
    '(b',
    '-c',
    'x:y',
  ),
  // What the door of the worker refuses never comes here.
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }).filter(isSound),
)
const text = fc.array(words, { minLength: 1, maxLength: 4 }).map((all) => `z${all.join(' ')}`)

test('finds what a walk through every line finds, whatever is typed, at every level, and never fails', () => {
  let n = 0
  fc.assert(
    fc.property(
      fc.array(fc.record({ subject: text, level: fc.constantFrom('none', 'restricted', 'secret') }), { maxLength: 5 }),
      fc.array(fc.oneof(text, words), { minLength: 1, maxLength: 6 }),
      (some, questions) => {
        const lines = some.flatMap(({ subject, level }) => {
          const order = aLetterOf()
          const letter = { ...order.letter, subject: subject.slice(0, 500), confidentiality: level }
          const made = registerLetter(issuing.context, clerk, {
            ...order,
            letter: { ...letter, note: `tour${String(n)}` },
          })
          return made.ok ? [{ letter: made.value.letter.letter, number: made.value.letter.number }] : []
        })
        for (const question of questions) {
          const asked = `${question} tour${String(n)}`
          for (const level of [0, 1, 3]) {
            const seen = lines.filter(
              ({ letter, number }) =>
                ({ none: 0, restricted: 1, confidential: 2, secret: 3 })[letter.confidentiality] <= level &&
                naive(letter, number, asked),
            )
            const { rows, total } = search(asked, {}, level)
            expect(rows.map(({ number }) => number)).toEqual(seen.map(({ number }) => number).toReversed())
            expect(total).toBe(seen.length)
          }
        }
        n += 1
      },
    ),
    { numRuns: 60 },
  )
})
