import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { languages } from '#shared/domain/text.ts'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import { ok } from '#shared/result.ts'
import { withoutArticle, wordsOf } from '#shared/text/words.ts'
import { aDraft, anOrder, aSheet, issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { saveProcedure, withdrawProcedure } from '../../../core/rows/procedures.ts'
import type { Store } from '../../../store/open.ts'
import { issueReceipt } from '../../intake/issueReceipt.ts'
import { searchProcedures } from './searchProcedures.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterEach(() => {
  store.close()
  folder.remove()
})

const keep = (...sheets: readonly Procedure[]): void => {
  valueOf(
    store.tx((db) => {
      for (const sheet of sheets) saveProcedure(db, sheet)
      return ok(undefined)
    }),
  )
}
const withdraw = (code: string): void => {
  valueOf(
    store.tx((db) => {
      withdrawProcedure(db, code)
      return ok(undefined)
    }),
  )
}
const found = (words: string, limit = 200, skip = 0): readonly string[] =>
  searchProcedures(store.db, { words, limit, skip }).entries.map(({ code }) => code)
const residence = aSheet({
  code: 'CERTIFICAT-RESIDENCE',
  title: { fr: 'Certificat de résidence', ar: 'شهادة الإقامة', zgh: 'ⴰⵙⴻⵍⴽⵉⵏ', en: 'Proof of residence' },
  category: { fr: 'État civil', ar: 'الحالة المدنية' },
})
const permit = aSheet({
  code: 'URB-001',
  title: { fr: 'Permis de construire', ar: 'رخصة البناء' },
  category: { fr: 'Urbanisme', ar: 'التعمير' },
})

test.each([
  ['RÉSIDENCE', ['CERTIFICAT-RESIDENCE']],
  ['resid certif', ['CERTIFICAT-RESIDENCE']],
  ['proof', ['CERTIFICAT-RESIDENCE']],
  ['الاقامة', ['CERTIFICAT-RESIDENCE']],
  ['اقامة', ['CERTIFICAT-RESIDENCE']],
  ['للبناء', ['URB-001']],
  ['ⴰⵙⴻⵍ', ['CERTIFICAT-RESIDENCE']],
  ['urbanisme', ['URB-001']],
  ['urb-001', ['URB-001']],
  ['تعمير', ['URB-001']],
  ['permis residence', []],
  ['introuvable', []],
])('%s finds %j', (words, codes) => {
  keep(residence, permit)
  expect(found(words)).toEqual(codes)
})

test('an entry is what a line shows and nothing more', () => {
  keep(residence)
  const { code, version, title, category, delay } = residence
  expect(searchProcedures(store.db, { words: 'certificat', limit: 1 })).toEqual({
    entries: [{ code, version, title, category, delay, fee: { centimes: 2_000 } }],
    total: 1,
  })
})

test('a title that begins with what was typed stands before one that has it, and that before a category', () => {
  keep(
    aSheet({ code: 'A', title: { fr: 'Copie', ar: 'نسخة' }, category: { fr: 'Acte', ar: 'رسم' } }),
    aSheet({ code: 'B', title: { fr: 'Copie d’acte', ar: 'نسخة رسم' } }),
    aSheet({ code: 'C', title: { fr: 'Acte de mariage et de tout ce qui vient avec lui', ar: 'رسم الزواج' } }),
  )
  expect(found('acte')).toEqual(['C', 'B', 'A'])
})

test('only the newest version is found, and none after it was withdrawn', () => {
  const old = { ...permit, version: '2026.9', title: { fr: 'Ancien nom', ar: 'قديم' } }
  keep({ ...permit, version: '2026.10' }, old)
  expect([found('ancien'), found('permis')]).toEqual([[], ['URB-001']])
  expect(searchProcedures(store.db, { words: '', limit: 9 })).toMatchObject({
    entries: [{ version: '2026.10' }],
    total: 1,
  })
  withdraw('URB-001')
  expect([found('permis'), found('')]).toEqual([[], []])
  // It is offered again in the version that came again.
  keep(old)
  expect([found('permis'), found('ancien')]).toEqual([[], ['URB-001']])
})

test('without words: what was deposited here of late first, then by code, page by page', () => {
  const issuing = issuingOver(store)
  keep(residence, permit, aSheet({ code: 'ZZZ-1' }))
  for (const procedure of ['URB-001', 'ZZZ-1', 'ZZZ-1'])
    valueOf(issueReceipt(issuing, anOrder({ draft: aDraft({ procedure }) })))
  const all = ['ZZZ-1', 'URB-001', 'CERTIFICAT-RESIDENCE', 'SPECIMEN']
  expect(found('')).toEqual(all)
  expect([found('', 3), found(' … ', 3, 3)]).toEqual([all.slice(0, 3), all.slice(3)])
  expect(searchProcedures(store.db, { words: '', limit: 1 }).total).toBe(4)
})

/** What the index is to find, said without one. */
const naive = (sheets: readonly Procedure[], words: string): readonly string[] => {
  const asked = wordsOf(words)
  return sheets
    .filter((sheet) => {
      const texts = [sheet.title, sheet.category, sheet.administration]
      const its = [...texts.flatMap((text) => languages.flatMap((language) => wordsOf(text[language] ?? '')))]
      const all = [...its, ...its.map(withoutArticle), ...wordsOf(sheet.code)]
      return asked.every((word) => all.some((one) => one.startsWith(word) || one.startsWith(withoutArticle(word))))
    })
    .map(({ code }) => code)
}

const word = fc.oneof(
  fc.constantFrom(
    'permis',
    'Pérmis',
    'acte',
    'AND',
    'NOT',
    'NEAR',
    'البناء',
    'بناء',
    'للبناء',
    'إقامة',
    'ⴰⴽⵜⴰ',
    '٢٠',
    'd’',
    '"',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
  fc.constantFrom(
    'titles:a',
    'a*',
    '^a',
    '(a',
    'a) OR (b',
    '-a',
    '{titles words}: a',
    "'; DROP TABLE procedures; --",
    '\u0000',
  ),
)
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
const named = fc.record({ fr: text, ar: text, zgh: text })

test('finds what a walk through every sheet finds, whatever is typed, and never fails', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ title: named, category: named }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.oneof(text, word, fc.string({ unit: 'binary', maxLength: 8 })), { minLength: 1, maxLength: 8 }),
      fc.nat(5),
      (some, questions, gone) => {
        const sheets = some.map((one, index) => aSheet({ ...one, code: `S-${String(index)}` }))
        keep(...sheets)
        for (let index = sheets.length; index < 6; index += 1) withdraw(`S-${String(index)}`)
        withdraw(`S-${String(gone)}`)
        const offered = sheets.filter(({ code }) => code !== `S-${String(gone)}`)
        for (const words of questions) {
          const { entries, total } = searchProcedures(store.db, { words, limit: 200 })
          expect(entries.map(({ code }) => code).sort()).toEqual([...naive(offered, words)].sort())
          expect(total).toBe(entries.length)
        }
        for (const { code } of sheets) withdraw(code)
        valueOf(
          store.tx((db) => {
            db.run(`DELETE FROM procedures WHERE code LIKE 'S-%'`)
            return ok(undefined)
          }),
        )
      },
    ),
    { numRuns: 100 },
  )
})
