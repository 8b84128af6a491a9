import { v7 } from 'uuid'
import { codesKey, indexedWords, joinedKey, senderKey, textsOf } from '#shared/domain/mail/letterKeys.ts'
import { letterDraft, levelOf, type LetterDraft, type TypedLetter } from '#shared/domain/mail/letter.ts'
import type { RegisterNumber, Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { insertLetter, updateStanding } from '#electron/worker/features/mail/rows/letters.ts'
import { keepText } from '#electron/worker/features/mail/rows/letterTexts.ts'
import type { WriteHandle } from '#electron/worker/store/handle.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { valueOf } from '#tests/builders/register.ts'
import { createDraw, type Draw } from '#tests/fuzz/draw.ts'

/** Letters of one transaction. */
const atOnce = 20_000
/** About what a page says of itself, in characters. */
const scanned = 600
const firstDay = Date.UTC(2017, 0, 1)
const days = 3_600

const bodies = ['Commune', 'Direction', 'Ministère', 'Wilaya', 'Société', 'Association', 'Cabinet', 'Syndicat']
const nativeBodies = ['جماعة', 'مديرية', 'وزارة', 'ولاية', 'شركة', 'جمعية', 'مكتب', 'نقابة']
const places = ['Rabat', 'Salé', 'Témara', 'Kénitra', 'Fès', 'Meknès', 'Oujda', 'Agadir', 'Tanger', 'Tétouan']
const nativePlaces = ['الرباط', 'سلا', 'تمارة', 'القنيطرة', 'فاس', 'مكناس', 'وجدة', 'أكادير', 'طنجة', 'تطوان']
const objects = ['Demande', 'Réclamation', 'Avis', 'Convocation', 'Transmission', 'Rapport', 'Facture', 'Autorisation']
const about = ['construire', 'lotissement', 'exploitation', 'naissance', 'voirie', 'éclairage', 'marché', 'budget']
const nativeObjects = ['طلب', 'شكاية', 'مراسلة', 'استدعاء', 'تقرير', 'فاتورة', 'إخبار', 'رخصة']
const nativeAbout = ['البناء', 'التجزئة', 'الاستغلال', 'الولادة', 'الطرق', 'الإنارة', 'الصفقة', 'الميزانية']
const services = ['BO', 'SG', 'URBA', 'TECH', 'FIN', 'EC']
const said = [
  'monsieur',
  'président',
  'suite',
  'honneur',
  'objet',
  'dossier',
  'article',
  'délai',
  'commission',
  'titre',
]
const nativeSaid = ['السيد', 'الرئيس', 'الموضوع', 'المرجع', 'بناء', 'القانون', 'الملف', 'أجل', 'لجنة', 'رسم']
const consonants = ['b', 'd', 'f', 'g', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v']
const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ou']
const nativeLetters = [...'بتجحدرسشصطعفقكلمنهوي']

/** A word out of some thousands, of which few are said often and most seldom. */
const rareWord = (draw: Draw, native: boolean): string => {
  const most = draw.chance(0.5) ? 400 : 40_000
  let rest = draw.below(most)
  let word = ''
  for (let part = 0; part < 3; part += 1) {
    const [from, and] = native ? [nativeLetters, nativeLetters] : [consonants, vowels]
    word += `${from[rest % from.length] ?? ''}${and[(rest >> 3) % and.length] ?? ''}`
    rest = Math.floor(rest / from.length)
  }
  return word
}
const page = (draw: Draw, native: boolean, letter: LetterDraft): string => {
  const common = native ? nativeSaid : said
  let text = `${letter.sender.name} ${letter.subject} ${letter.receivedOn}`
  while (text.length < scanned) text += ` ${draw.chance(0.4) ? draw.pick(common) : rareWord(draw, native)}`
  return text
}

const typed = (draw: Draw, n: number, count: number): { readonly native: boolean; readonly letter: TypedLetter } => {
  const native = draw.chance(0.4)
  const way = draw.below(10)
  return {
    native,
    letter: {
      register: way < 6 ? 'arrival' : way < 9 ? 'departure' : 'internal',
      receivedOn: new Date(firstDay + Math.floor((n / count) * days) * 86_400_000).toISOString().slice(0, 10),
      mode: 'post',
      sender: {
        name: native
          ? `${draw.pick(nativeBodies)} ${draw.pick(nativePlaces)}`
          : `${draw.pick(bodies)} de ${draw.pick(places)}`,
      },
      subject: native
        ? `${draw.pick(nativeObjects)} ${draw.pick(nativeAbout)} رقم ${String(n)}`
        : `${draw.pick(objects)} de ${draw.pick(about)}, dossier ${String(n)}`,
      reference: `N° ${String(draw.below(9_000))}/${draw.pick(places).slice(0, 3)}`,
      kind: 'letter',
      service: draw.pick(services),
      confidentiality: draw.chance(0.05) ? 'secret' : draw.chance(0.1) ? 'confidential' : 'none',
    },
  }
}

/** Links and acts are the least that the tables ask for: a search reads neither. */
function enter(db: WriteHandle, draw: Draw, { n, count }: { readonly n: number; readonly count: number }): void {
  const [id, command] = [v7(), v7()]
  const { native, letter: entry } = typed(draw, n, count)
  const letter = letterDraft.parse(entry)
  const number = `2026/RAB03-M1/A-${String(n).padStart(7, '0')}` as RegisterNumber
  const [hash, next] = [n, n + 1].map((one) => String(one).padStart(64, 'a'))
  db.run(
    `INSERT INTO journal (seq, at, hlc, actor, kind, subject, body, prev, hash)
    VALUES (?, '', '', '', 'mail.registered', ?, '{}', ?, ?)`,
    [n, id, hash ?? '', next ?? ''],
  )
  db.run(`INSERT INTO outbox (seq, id, type, number, sha256, created_at) VALUES (?, ?, 'ma.guichet.mail', ?, ?, '')`, [
    n,
    command,
    number,
    hash ?? '',
  ])
  insertLetter(db, {
    id,
    commandId: command,
    register: letter.register,
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
  if (n % 3 === 0) keepText(db, id, page(draw, native, letter), '')
  // What is old is done with, but for one in fifty that was forgotten.
  if (n < count * 0.98 && !draw.chance(0.02))
    updateStanding(db, id, { state: draw.chance(0.8) ? 'answered' : 'routed' })
}

/**
 * Fills a register up to so many letters in the three registers, four in ten in Arabic, fifteen in a hundred above what an
 * agent sees; a third has the text of a scan beside it, written when the line is there already, as when scans are read in
 * the background.
 */
export function fillLetters(store: Store, count: number): void {
  const begun = store.db.get<{ n: number }>('SELECT count(*) AS n FROM letters')?.n ?? 0
  for (let first = begun + 1; first <= count; first += atOnce) {
    const draw = createDraw(11, first)
    valueOf(
      store.tx((db) => {
        if (first === begun + 1) db.run('PRAGMA cache_size = -1000000')
        for (let n = first; n < Math.min(first + atOnce, count + 1); n += 1) enter(db, draw, { n, count })
        return ok(undefined)
      }),
    )
    store.checkpoint()
  }
}
