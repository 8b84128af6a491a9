import { v7 } from 'uuid'
import { letterQuestion, type LetterQuestion } from '#shared/contract/features/mail/calls.ts'
import { codesKey, indexedWords, joinedKey, matchOf, senderKey, textsOf } from '#shared/domain/mail/letterKeys.ts'
import { letterDraft, levelOf } from '#shared/domain/mail/letter.ts'
import type { RegisterNumber, Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { insertLetter } from '#electron/worker/features/mail/rows/letters.ts'
import { searchLetters } from '#electron/worker/features/mail/rows/searchLetters.ts'
import type { WriteHandle } from '#electron/worker/store/handle.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { createDraw } from '#tests/fuzz/draw.ts'
import { timed, type Figure } from './measure.ts'

/** `BENCH_LINES`: how many letters there are, a million unless it says less. */
const lines = Number(process.env['BENCH_LINES'] ?? 1_000_000)
const atOnce = 20_000
const today = '2026-11-30'

const bodies = ['Commune', 'Direction', 'Ministère', 'Wilaya', 'Société', 'Association', 'Cabinet', 'Syndicat']
const places = ['Rabat', 'Salé', 'Témara', 'Kénitra', 'Fès', 'Meknès', 'Oujda', 'Agadir', 'Tanger', 'Tétouan']
const arabic = ['جماعة', 'مديرية', 'وزارة', 'ولاية', 'شركة', 'جمعية', 'الرخصة', 'البناء', 'طلب', 'شكاية', 'مراسلة']
const objects = ['Demande', 'Réclamation', 'Avis', 'Convocation', 'Transmission', 'Rapport', 'Facture', 'Autorisation']
const about = ['construire', 'lotissement', 'exploitation', 'naissance', 'voirie', 'éclairage', 'marché', 'budget']

/**
 * Fills a register with so many letters, each with the words of a scan. Links and acts are the least that the tables ask
 * for: what is measured reads neither.
 */
function fillLetters(store: Store, count: number): void {
  const draw = createDraw(11, 0)
  const scan = (): string => Array.from({ length: 40 }, () => `mot${String(draw.below(30_000))}`).join(' ')
  const line = (db: WriteHandle, n: number): void => {
    const [id, command] = [v7(), v7()]
    const native = draw.chance(0.3)
    const letter = letterDraft.parse({
      register: 'arrival',
      receivedOn: new Date(Date.UTC(2017, 0, 1) + Math.floor((n / count) * 3_600) * 86_400_000)
        .toISOString()
        .slice(0, 10),
      mode: 'post',
      sender: {
        name: native ? `${draw.pick(arabic)} ${draw.pick(places)}` : `${draw.pick(bodies)} de ${draw.pick(places)}`,
      },
      subject: native
        ? `${draw.pick(arabic)} ${draw.pick(arabic)} رقم ${String(n)}`
        : `${draw.pick(objects)} de ${draw.pick(about)} ${draw.pick(about)} ${String(n)}`,
      reference: `N° ${String(draw.below(9_000))}/${draw.pick(places).slice(0, 3)}`,
      kind: 'letter',
      confidentiality: draw.chance(0.05) ? 'secret' : 'none',
    })
    const number = `2026/RAB03-M1/A-${String(n).padStart(6, '0')}` as RegisterNumber
    db.run(
      `INSERT INTO journal (seq, at, hlc, actor, kind, subject, body, prev, hash) VALUES (?, '', '', '', 'mail.arrival', ?, '{}', ?, ?)`,
      [n, id, String(n).padStart(64, 'a'), String(n + 1).padStart(64, 'a')],
    )
    db.run(
      `INSERT INTO outbox (seq, id, type, number, sha256, created_at) VALUES (?, ?, 'ma.guichet.mail.arrival.v1', ?, ?, '')`,
      [n, command, number, String(n).padStart(64, 'a')],
    )
    insertLetter(db, {
      id,
      commandId: command,
      register: 'arrival',
      number,
      day: letter.receivedOn,
      registeredAt: `${letter.receivedOn}T09:00:00.000Z`,
      late: false,
      level: levelOf(letter.confidentiality),
      letter,
      content: '0'.repeat(64) as Sha256,
      agent: 'BO-007',
      dueOn: undefined,
      senderKey: senderKey(letter.sender.name),
      referenceKey: joinedKey(letter.reference ?? ''),
      subjectKey: joinedKey(letter.subject),
      words: indexedWords([...textsOf(letter), number]).join(' '),
      codes: codesKey(number, letter),
      journalSeq: n,
      attached: [],
    })
    db.run('UPDATE letter_words SET words = ?, scans = ? WHERE rowid = ?', [
      indexedWords([...textsOf(letter), number]).join(' '),
      scan(),
      n,
    ])
  }
  for (let first = 1; first <= count; first += atOnce)
    valueOf(
      store.tx((db) => {
        if (first === 1) db.run('PRAGMA cache_size = -1000000')
        for (let n = first; n < Math.min(first + atOnce, count + 1); n += 1) line(db, n)
        return ok(undefined)
      }),
    )
  store.checkpoint()
}

const questions: readonly (readonly [string, Partial<LetterQuestion>])[] = [
  ['first letter “d”', { words: 'd' }],
  ['“dem”', { words: 'dem' }],
  ['a word', { words: 'réclamation' }],
  ['two words', { words: 'demande voirie' }],
  ['Arabic, another form', { words: 'رخصه البناء' }],
  ['a word of scans', { words: 'mot12345' }],
  ['a number', { words: '123456' }],
  ['a part of a number', { words: '345/Rab' }],
  ['a word in one month', { words: 'demande', from: '2020-03-01', to: '2020-03-31' }],
  ['nothing found', { words: 'introuvable voirie' }],
]

/** The same lines and count from the index, with nobody's level looked at and nothing read into an answer. */
function bare({ db }: Store, words: string): void {
  const match = matchOf(words) ?? ''
  db.all(
    'SELECT l.* FROM letter_words i CROSS JOIN letters l ON l.seq = i.rowid WHERE letter_words MATCH ? ORDER BY i.rowid DESC LIMIT 50',
    [match],
  )
  db.get('SELECT count(*) FROM (SELECT 1 FROM letter_words WHERE letter_words MATCH ? LIMIT 1000)', [match])
}

/**
 * What a search of a mail office asks as one types, over a register of a million letters with the words of their scans,
 * with levels on; the same lines and count from the index alone.
 */
export async function benchMail(runs: number): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  const store = openTestStore(folder.path)
  try {
    const took = await timed(() => {
      fillLetters(store, lines)
    })
    process.stderr.write(`${String(lines)} letters in ${String(Math.round(took / 1_000))} s\n`)
    valueOf(store.tx((db) => ok(db.run('PRAGMA cache_size = -16000'))))
    const figures: Figure[] = []
    for (const [name, asked] of questions) {
      const question = letterQuestion.parse(asked)
      const times: [number[], number[]] = [[], []]
      for (let run = 0; run < runs; run += 1) {
        times[0].push(await timed(() => searchLetters(store.db, question, { level: 1, today })))
        times[1].push(await timed(() => bare(store, question.words)))
      }
      for (const [label, at] of [
        ['p50', 0.5],
        ['p95', 0.95],
      ] as const)
        figures.push({
          name: `search of ${String(lines)} letters, ${name}, ${label}`,
          value: quantile(times[0], at),
          floor: { name: 'bare FTS5: newest 50 lines, count to 1,000', value: quantile(times[1], at) },
          unit: 'ms',
          runs,
        })
    }
    return figures
  } finally {
    store.close()
    folder.remove()
  }
}

const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * at))] ??
  Number.NaN
