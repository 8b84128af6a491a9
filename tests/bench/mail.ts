import { mkdirSync } from 'node:fs'
import { letterQuestion, type LetterQuestion } from '#shared/contract/features/mail/views.ts'
import { fragmentsOf, matchOf } from '#shared/domain/mail/letterKeys.ts'
import { ok } from '#shared/result.ts'
import { searchLetters } from '#electron/worker/features/mail/rows/searchLetters.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { fillLetters } from './fillLetters.ts'
import { timed, type Figure } from './measure.ts'

/** `BENCH_LINES`: how many letters there are, a million unless it says less. */
const lines = Number(process.env['BENCH_LINES'] ?? 1_000_000)
/** `BENCH_FOLDER`: where the register is kept and taken again; without it one of its own, gone afterwards (3 GB). */
const kept = process.env['BENCH_FOLDER']
const today = '2026-11-30'

const questions: readonly (readonly [string, Partial<LetterQuestion>])[] = [
  ['first letter “d”', { words: 'd' }],
  ['“dem”', { words: 'dem' }],
  ['“dossier”, said by two thirds', { words: 'dossier' }],
  ['a word', { words: 'réclamation' }],
  ['two words', { words: 'demande voirie' }],
  ['Arabic, another form', { words: 'رخصه البناء' }],
  ['a first letter in Arabic', { words: 'ا' }],
  ['a seldom word of scans', { words: 'vounaida' }],
  ['a number', { words: '123456' }],
  ['a part of a number', { words: '345/Rab' }],
  ['nothing found', { words: 'introuvable voirie' }],
  ['no word', {}],
  ['a word in one month', { words: 'demande', from: '2020-03-01', to: '2020-03-31' }],
  ['a word in one year', { words: 'demande', from: '2019-01-01', to: '2019-12-31' }],
  ['a word in a register', { words: 'demande', register: 'internal' }],
  ['a word in a state', { words: 'demande', state: 'registered' }],
  ['a word of a service', { words: 'demande', service: 'URBA' }],
]
/** Up to which level they see: fifteen letters in a hundred are above the agent's. */
const people: readonly (readonly [string, number])[] = [
  ['agent', 1],
  ['supervisor', 3],
]

/** The same terms, limit and count from the index alone, with nobody's level looked at, nothing joined and nothing read. */
function bare({ db }: Store, { words, countTo }: LetterQuestion): void {
  const match = matchOf(words)
  if (match === undefined) {
    db.all('SELECT seq FROM letters ORDER BY seq DESC LIMIT ?', [countTo])
    return
  }
  const ask = (index: string, terms: string): number =>
    db.all(`SELECT rowid FROM ${index} WHERE ${index} MATCH ? ORDER BY rowid DESC LIMIT ?`, [terms, countTo]).length
  const parts = fragmentsOf(words).map((part) => `"${part}"`)
  if (ask('letter_words', match) === 0 && parts.length > 0) ask('letter_codes', parts.join(' AND '))
}

/**
 * What a search of a mail office asks as one types, over a register of a million letters with the words of their scans,
 * by who may see all and by who may not; the same lines and count from the index alone.
 */
export async function benchMail(runs: number): Promise<readonly Figure[]> {
  const folder = kept === undefined ? temporaryFolder() : undefined
  const path = folder?.path ?? kept ?? ''
  mkdirSync(path, { recursive: true })
  const store = openTestStore(path)
  try {
    const took = await timed(() => {
      fillLetters(store, lines)
    })
    process.stderr.write(`${String(lines)} letters in ${String(Math.round(took / 1_000))} s\n`)
    valueOf(store.tx((db) => ok(db.run('PRAGMA cache_size = -16000'))))
    const figures: Figure[] = []
    for (const [name, asked] of questions) {
      const question = letterQuestion.parse(asked)
      for (const [who, level] of people) {
        const times: [number[], number[]] = [[], []]
        for (let run = 0; run < runs; run += 1) {
          times[0].push(await timed(() => searchLetters(store.db, question, { level, today })))
          times[1].push(
            await timed(() => {
              bare(store, question)
            }),
          )
        }
        for (const [label, at] of [
          ['p50', 0.5],
          ['p95', 0.95],
        ] as const)
          figures.push({
            name: `${name}, ${who}, ${label}`,
            value: quantile(times[0], at),
            floor: { name: 'bare', value: quantile(times[1], at) },
            unit: 'ms',
            runs,
          })
      }
    }
    return figures
  } finally {
    store.close()
    folder?.remove()
  }
}

const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * at))] ??
  Number.NaN
