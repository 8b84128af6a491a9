import { datesIn, hasHijri } from './date.ts'
import { headEnd, isAddressee, type Line, scriptOf } from './letter.ts'
import type { Proposal } from './reading.ts'
import { isSubject } from './subject.ts'

/**
 * Bodies, from the outermost to the innermost. What `stands` is known by its own name; a unit that does not is named
 * with the body that it belongs to ("Direction des ressources humaines" exists everywhere).
 */
const kinds: readonly { readonly rank: number; readonly stands: boolean; readonly words: RegExp }[] = [
  // A faculty of a university, a school of an academy.
  {
    rank: 3.5,
    stands: true,
    words: /^(?:la |le |l')?(?:faculte|ecole|lycee|college)\b|^(?:ال)?(?:كليه|مدرسه|ثانويه|اعداديه) /u,
  },
  {
    rank: 1,
    stands: true,
    words:
      /^(?:le |la )?(?:ministere|chef du gouvernement|secretariat d'etat)\b|^(?:ال)?(?:وزاره|كتابه الدوله|رياسه الحكومه)/u,
  },
  {
    rank: 2,
    stands: true,
    words:
      /^(?:la |le |l')?(?:region|conseil (?:regional|provincial|prefectoral|communal)|wilaya|prefecture|province)\b|^(?:ولايه|جهه|مجلس|عماله|اقليم)/u,
  },
  {
    rank: 3,
    stands: true,
    words:
      /^(?:la |le |l')?(?:commune|municipalite|ville|cercle|caidat|pachalik|annexe administrative|arrondissement)\b|^(?:جماعه|بلديه|دايره|قياده|باشويه|مقاطعه|الملحقه|ملحقه|الجماعه)/u,
  },
  {
    rank: 3,
    stands: true,
    words:
      /^(?:la |le |l'|les )?(?:agence|office|universite|institut|academie|caisse|banque|chambre|centre|hopital|tribunal|cour|parquet|conservation|haut[- ]commissariat|haute autorite|autorite|tresorerie|perception|fondation|barreau|ordre|syndicat|federation|confederation|union|association|amicale|cooperative|societe|ste|entreprise|compagnie|groupe|cabinet|etude|bureau d'etudes|laboratoire|pharmacie|observatoire|conseil)\b|^(?:ال)?(?:وكاله|مكتب|جامعه|معهد|اكاديميه|صندوق|بنك|غرفه|مركز|مستشفي|محكمه|نيابه|محافظه|مندوبيه|هييه|خزينه|قباضه|موسسه|نقابه|اتحاد|جمعيه|تعاونيه|شركه|مقاوله|مجموعه|مرصد|ديوان|مفتشيه|ودادي[هت])/u,
  },
  {
    rank: 3,
    stands: true,
    words:
      /\b(?:s\.?a\.?r\.?l\.?(?:\s?a\.?u\.?)?|s\.a\.?|sa|snc|s\.n\.c\.?|sas|s\.?c\.?o\.?p)$|(?:ش\.م\.م|ش\.ذ\.م\.م|ش\.م)/u,
  },
  {
    rank: 4,
    stands: false,
    words:
      /^(?:la |le |l')?(?:direction|secretariat general|delegation|inspection|departement|cabinet du|unite|cellule)\b|^(?:ال)?(?:مديريه|كتابه|مندوبيه|مفتشيه|الكتابه العامه)/u,
  },
  {
    rank: 5,
    stands: false,
    words: /^(?:la |le |l')?(?:division|service|section|bureau)\b|^(?:ال)?(?:قسم|مصلحه|شعبه)/u,
  },
]
/** An arrival stamp, and what is left of one at the end of a line that it lies over. */
const stamped = /^[^\p{L}]*(?:arrivee|وارد)/u
const stampTail = /\s+[–-]?\s*(?:arrivee|وارد)(?!\p{L}).*$|\s+\d{1,2}\/\d{1,2}\/\d{4}.*$/u
const state = /^(?:royaume du maroc|المملكه المغربيه|republique\b.*|الجمهوريه .*)$/u
const contact =
  /@|www\.|https?:|\b(?:tel|fax|gsm|site|e-?mail|b\.?p\.?|i\.?c\.?e|r\.?c|patente|capital|siege)\b|هاتف|فاكس|البريد|الموقع|ص\.ب|\d{2}[ .]\d{2}[ .]\d{2}/u
const notBody = /^(?:n\s?[°o]|ref|p\.?j|objet|date|le \d|\d|كلمه|عدد|رقم|المرجع)/u
const officer =
  /^(?:le|la|l')\s?(?:ministre|secretaire general|wali|gouverneur|directeur|directrice|president|presidente|maire|chef|pacha|caid|delegue|recteur|doyen|procureur|tresorier|inspecteur|gerant|responsable|rapporteur)\b/u
const officerInArabic =
  /^من\s+(?:ال)?(?:سيد |السيد |السيده )?(?=(?:ال)?(?:وزير|كاتب|والي|عامل|مدير|رييس|ريس|باشا|قايد|مندوب|عميد|وكيل|خازن|مفتش|مسير))/u
const labelled =
  /^(?:de|from|expediteur|expeditrice|emetteur|organisme|administration|المرسل|من|الجهه المرسله|الجهه|صاحب الطلب|مقدم الطلب|expediteur\/trice)\s*:\s*/u
const named =
  /(?:^|\s)(?:nom (?:et prenoms?|complet)|prenom et nom|الاسم (?:الكامل|والنسب|الشخصي والعايلي))\s*:\s*(?<name>.+)$|(?:je,? soussigne(?:e|\(e\))?(?!\p{L})|nous,? soussignes)\s*,?\s*(?:m\.|mr|mme|mlle|monsieur|madame)?\s*:?\s*(?<signed>[\p{L}' .-]{4,50}?)(?=,|$| nee? | demeurant| titulaire| cin)|(?:انا|نحن)? ?الموقع(?:ه|ين)? (?:اسفله|ادناه)\s*[:،,]?\s*(?:السيده? )?(?<under>[\p{L}' ]{4,50}?)(?=[،,]|$| الحامل| الساكن| مزداد| رقم)/u
const nameLike = /^(?:m\.|mr\.?|mme|mlle|monsieur|madame|السيده? )?\s?(?:[\p{L}'.-]+ ){1,3}[\p{L}'-]+$/u
const signing =
  /^(?:signe|signature|le (?:ministre|directeur|president|maire|gouverneur|gerant|chef|wali)\b|امضاء|التوقيع|توقيع)/u

interface Body {
  readonly text: string
  readonly rank: number
  readonly stands: boolean
  readonly script: 'arabic' | 'latin'
}

/**
 * Who wrote a letter: the body of its letterhead in the language of the letter, a name after a label, or, as a weak
 * hint, who signed. Whom it is for is never given.
 */
export function proposeSender(lines: readonly Line[], script: 'arabic' | 'latin'): Proposal | undefined {
  return fromLabel(lines) ?? fromHead(lines, script) ?? fromTitle(lines) ?? fromPerson(lines) ?? fromSignature(lines)
}

function fromLabel(lines: readonly Line[]): Proposal | undefined {
  for (const { key, text } of lines.slice(0, Math.min(headEnd(lines), 25))) {
    const match = labelled.exec(key)
    const value = match === null ? '' : tidy(text.slice(match[0].length))
    if (/\p{L}{2}/u.test(value) && datesIn({ key: value }).length === 0) return { value, confidence: 0.9 }
  }
  return undefined
}

/** The lines of the letterhead: before whom it is for, its subject and its greeting. */
function headOf(lines: readonly Line[]): readonly Line[] {
  const head: Line[] = []
  let forWhom = false
  for (const line of lines.slice(0, Math.min(headEnd(lines), 24))) {
    if (isSubject(line)) break
    if (isAddressee(line)) forWhom = true
    // The address of whom it is for goes on until a line stands apart.
    else if (forWhom && (line.apart || state.test(line.key))) forWhom = false
    if (!forWhom) head.push(line)
  }
  return head
}

/** A line in two scripts is two lines: French at the left, Arabic at the right. */
const pieces = ({ text, key }: Line): readonly { readonly text: string; readonly key: string }[] => {
  const turn =
    /(?<=\p{Script=Latin}[^\p{L}]*)\s(?=[^\p{L}]*\p{Script=Arabic})|(?<=\p{Script=Arabic}[^\p{L}]*)\s(?=[^\p{L}]*\p{Script=Latin})/u.exec(
      key,
    )
  return turn === null
    ? [{ text, key }]
    : [0, turn.index].map((from, at) => ({
        text: text.slice(from, at === 0 ? turn.index : undefined).trim(),
        key: key.slice(from, at === 0 ? turn.index : undefined).trim(),
      }))
}

function fromHead(lines: readonly Line[], script: 'arabic' | 'latin'): Proposal | undefined {
  const bodies: Body[] = []
  const head = headOf(lines)
  for (const [at, line] of head.entries()) {
    // Who received a letter before stands over the word of its stamp.
    if (stamped.test(head[at + 1]?.key ?? '')) continue
    for (const { text: whole, key: wholeKey } of pieces(line)) {
      const to = stampTail.exec(wholeKey)?.index
      const [text, key] = [whole.slice(0, to), wholeKey.slice(0, to)]
      const bare = key.replace(/^[-*•«"\s]+/u, '')
      if (state.test(bare) || notBody.test(bare) || contact.test(bare) || hasHijri({ key: bare })) continue
      const kind = kinds.find(({ words }) => words.test(bare))
      if (kind === undefined || bare.length > 110) continue
      bodies.push({ text: tidy(text), rank: kind.rank, stands: kind.stands, script: scriptOf(text) })
    }
  }
  const own = bodies.filter((body) => body.script === script)
  const [from, confidence] = own.length > 0 ? [own, 0.88] : [bodies, 0.8]
  const inner = from.reduce<Body | undefined>(
    (best, body) =>
      best === undefined || (body.rank > best.rank && !(best.stands && !body.stands && best.rank > 2)) ? body : best,
    undefined,
  )
  if (inner === undefined) return undefined
  if (inner.stands) return { value: inner.text, confidence }
  const parent =
    from.filter((body) => body.rank < inner.rank && body.stands).at(-1) ?? from.find((body) => body.rank < inner.rank)
  const comma = inner.script === 'arabic' ? '، ' : ', '
  return parent === undefined
    ? { value: inner.text, confidence: confidence * 0.8 }
    : { value: `${parent.text}${comma}${inner.text}`, confidence: confidence * 0.97 }
}

/** "Le Directeur de … à Monsieur …", "من مدير … إلى السيد …". */
function fromTitle(lines: readonly Line[]): Proposal | undefined {
  const at = lines.slice(0, 20).findIndex(({ key }) => officer.test(key) || officerInArabic.test(key))
  const [line, next] = [lines[at], lines[at + 1]]
  if (line === undefined) return undefined
  const inArabic = officerInArabic.exec(line.key)
  const to = / (?:a (?:monsieur|madame|messieurs)|الي )/u.exec(line.key)
  if (to === null && (next === undefined || !isAddressee(next))) return undefined
  const value = tidy(line.text.slice(inArabic?.[0].length ?? 0, to?.index))
  return { value, confidence: 0.75 }
}

function fromPerson(lines: readonly Line[]): Proposal | undefined {
  for (const { key, text } of lines) {
    const match = named.exec(key)
    const found = match?.groups?.['name'] ?? match?.groups?.['signed'] ?? match?.groups?.['under']
    if (found === undefined || match === null) continue
    const from = key.indexOf(found, match.index)
    return { value: tidy(text.slice(from, from + found.length)), confidence: 0.65 }
  }
  const head = lines.slice(0, headEnd(lines))
  // A citizen's name over his address; one that is written to comes after him.
  const [first, second] = head.slice(2).some(isAddressee) ? head : headOf(lines)
  if (
    first !== undefined &&
    second !== undefined &&
    nameLike.test(first.key) &&
    /\d|rue|avenue|حي|زنقه|شارع|@/u.test(second.key)
  )
    return { value: tidy(first.text), confidence: 0.5 }
  return undefined
}

function fromSignature(lines: readonly Line[]): Proposal | undefined {
  const last = lines.slice(Math.max(headEnd(lines), lines.length - 6))
  // Without a word that says who signs, only what is written as a name in Latin letters is one.
  const capital = /^(?:\p{Lu}[\p{L}'’.-]*(?: |$)){2,4}$/u
  const signed = last.findIndex(({ key }) => signing.test(key))
  const near = signed === -1 ? last.slice(-2) : last.slice(signed, signed + 3)
  const name = near
    .map(({ text, key }) => ({ text: text.replace(/^.*?:\s*/u, ''), key: key.replace(/^.*?:\s*/u, '') }))
    .findLast(
      ({ key, text }) =>
        nameLike.test(key) &&
        (signed !== -1 || capital.test(text)) &&
        !signing.test(key) &&
        !/\d/u.test(key) &&
        key.length < 50,
    )
  return name === undefined ? undefined : { value: tidy(name.text), confidence: 0.3 }
}

const tidy = (text: string): string => text.replace(/^[-*•«"\s]+|[\s.,;،:»"*-]+$/gu, '')
