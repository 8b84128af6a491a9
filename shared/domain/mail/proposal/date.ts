import { headEnd, type Line } from './letter.ts'
import type { LetterNote, Proposal } from './reading.ts'
import { hijriNames, monthNames, monthOf } from './months.ts'
import { numberInWords, numberWords } from './wordedNumbers.ts'

/** What is to be said beside a proposed date, or of one that is not proposed. */
type DateNote = Extract<LetterNote, `date${string}`>

/** A date that stands in a text: where, in letters of its line, and which day of the civil calendar (ISO 8601). */
export interface FoundDate {
  readonly from: number
  readonly to: number
  readonly iso: string
  /** The year was written with two digits. */
  readonly short: boolean
}

/** A letter may be so many days old when it comes in (as in Maarch's own reader); above that it is a guess. */
export const usualAge = 62
/** What is below is not taken without being looked at. */
const doubtful = 0.45

const edge = String.raw`(?<![\p{L}\p{N}/.\-])`
/** `م`, of the civil calendar, may be written straight after its year. */
const end = String.raw`(?!(?!م(?!\p{L}))[\p{L}\p{N}]|[/\-][\p{L}\p{N}]|\.\d)`
/** A day as it is written or read from a picture: `1er`, `12`, `12"`, `l2`, `O9`, `vingt-cinq`, الخامس والعشرين. */
const day = String.raw`(?<day>1\s?er|[0-3oil]?\d|${numberWords})\s?(?:["”″°']|th|st|nd|rd)?`
const between = String.raw`[\s.,/-]*(?:du mois d[e'] ?|من شهر |شهر |من )?`
/** A month by one name, or by both that it has: أكتوبر/تشرين الأول. */
const month = String.raw`(?<name>${monthNames})\.?(?:\s?[/(]\s?(?:${monthNames})\s?\)?)?`
const yearInFull = String.raw`(?:\d{4}|${numberWords})`
const forms = [
  // 2026-11-12 and 2026/11/12: the year first means that the month follows, whatever the numbers are.
  String.raw`${edge}(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?:t[\d:.+z-]*)?${end}`,
  // 12/11/2026: the day first, as everywhere in Morocco; numbers that say otherwise are no date and are never turned.
  String.raw`${edge}(?<day>[0-3oil]?\d)\s?(?<mark>[/.\-])\s?(?<month>\d{1,2})\s?\k<mark>\s?(?<year>\d{4}|\d{2})${end}`,
  String.raw`${edge}${day}${between}${month}[,،]?[\s/-]*(?:سنه |عام |de l'annee )?(?<year>${yearInFull})${end}`,
  // November 24, 2026.
  String.raw`${edge}${month}\s(?<day>\d{1,2})(?:th|st|nd|rd)?,\s?(?<year>\d{4})${end}`,
  // As bailiffs begin: l'an deux mille vingt-six et le seize novembre.
  String.raw`${edge}(?:l'an|en l'annee) (?<year>${yearInFull}),? (?:et )?le ${day}${between}${month}${end}`,
  // Arabic whose numbers were put down from left to right.
  String.raw`${edge}(?<year>20\d\d)\s+(?<name>${monthNames})\s+(?<day>\d{1,2})${end}`,
].map((form) => new RegExp(form, 'gu'))
const hijri = new RegExp(
  String.raw`${edge}${day}${between}(?:${hijriNames})\s*(?:سنه |عام )?1[345]\d\d|${edge}\d{1,2}[/.\-]\d{1,2}[/.\-]1[345]\d\d${end}|${edge}1[345]\d\d[/.\-]\d{1,2}[/.\-]\d{1,2}${end}|\d{4}\s?هـ`,
  'u',
)

/** Whether a line holds a date of the Hijri calendar. */
export const hasHijri = ({ key }: Pick<Line, 'key'>): boolean => hijri.test(key)

const numberOf = (text: string): number =>
  /^[oil]?\d/u.test(text) ? parseInt(text.replace(/^[il]/u, '1').replace(/^o/u, '0'), 10) : numberInWords(text)
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const two = (value: number): string => String(value).padStart(2, '0')

/** Every date of the civil calendar in a line, in its order; a day that no month has is none. */
export function datesIn({ key }: Pick<Line, 'key'>): readonly FoundDate[] {
  const found: FoundDate[] = []
  for (const form of forms)
    for (const match of key.matchAll(form)) {
      const { day: dayText = '', month: monthText, name, year: yearText = '' } = match.groups ?? {}
      const dayNumber = numberOf(dayText)
      const month = name === undefined ? Number(monthText) : (monthOf(name) ?? 0)
      const short = yearText.length === 2
      const year = numberOf(yearText) + (short ? 2000 : 0)
      if (year < 1900 || year > 2199 || month < 1 || month > 12 || dayNumber < 1 || dayNumber > daysIn(year, month))
        continue
      const [from, to] = [match.index, match.index + match[0].length]
      if (found.some((other) => from < other.to && other.from < to)) continue
      found.push({ from, to, iso: `${String(year)}-${two(month)}-${two(dayNumber)}`, short })
    }
  return found.sort((one, other) => one.from - other.from)
}

/** Words after which a date is of something else: births, laws, what is answered, what is to happen, other stamps. */
const others = new RegExp(
  [
    String.raw`\bn[e](?:\(?e\)?)?s? (?:le|a|en)\b|naissance|\bnee?\b\s*:|ne\(e\)|date de nais`,
    'مزداد|ازدياد|مولود|مواليد|ولد[ت]? |الولاده',
    String.raw`\b(?:loi|dahir|decret|arrete|circulaire|instruction|ordonnance|constitution|bulletin officiel|b\.o|jugement|arret|convention|marche|contrat|bail|proces[- ]verbal|p\.?v\.?)\b`,
    'ظهير|قانون|مرسوم|قرار|دوريه|منشور|الجريده الرسميه|اتفاقيه|عقد|حكم|محضر|صفقه|دستور',
    String.raw`\b(?:vo(?:tre|s)|v\/) ?(?:lettre|courrier|correspondance|demande|envoi|ref|mail|e-mail|note|message)|\bsuite a\b|en reponse|faisant suite|reference a`,
    'رسالتكم|كتابكم|مراسلتكم|طلبكم|ارساليتكم|مرجعكم|جوابا|ردا علي|المورخ|بناء علي|تبعا',
    String.raw`\b(?:reunion|seance|rendez-vous|prevue?|fixee?|avant le|au plus tard|jusqu'?au?|delai|expir|valable|validite|delivree?|echeance|limite|a compter|a partir|des le|depuis|tenue?|organisee?|entre|aura lieu|en date du|date d'effet|facture)\b`,
    'اجتماع|قبل|الي غايه|اجل|ابتداء|المنعقد|المقرر|صالح|المسلمه|انعقاد|خلال|منذ|ما بين|سيعقد|سينعقد|يوم الامتحان',
    String.raw`\b(?:arrivee?|recu|enregistree?|entree|bureau d'ordre)\b|وارد|ورد في|سجل|مكتب الضبط`,
    String.raw`\b(?:c\.?i\.?n|cnie|carte nationale|passeport)\b|البطاقه الوطنيه|جواز`,
  ].join('|'),
  'u',
)
/** A date straight after these is the end or the beginning of a time, or names another paper. */
const span = /(?:\b(?:du|au|des|aux?|from|to|until|et)|(?:^|\s)(?:من|الي|لغايه|والي|بين))\s*(?:le\s*)?$/u
const spanAfter = /^\s*(?:\(?inclus\)?\s*)?(?:au\b|jusqu|a la date|الي\s)/u

/** A place and `le`; a place and في; `Fait à …`. */
const placed =
  /^(?:(?:fait|etabli|redige) (?:a|au) )?(?:\p{L}[\p{L}' .-]{1,38}?)?\s*,?\s*\ble\s*:?\s*$|^(?:و?حرر )?(?:ب|في )?\p{L}[\p{L}']*(?: \p{L}+){0,3}\s*[،,]?\s*(?:في|بتاريخ|يوم)\s*:?\s*$/u
const labelled = /^(?:date|le|du|التاريخ|تاريخ|بتاريخ|في|حرر في|يوم)\s*(?:du jour|d'envoi)?\s*[:.]?\s*$/u
/** The letter's own number, and the day that follows it: `N° 12/DSI/2026 du`. */
const numbered =
  /^(?:n\s?°|(?:ال)?عدد|(?:ال)?رقم)\s*[:.]?\s*[\p{L}\p{N}][^\s،,]*\d[^\s،,]*\s*[,،]?\s*(?:en date )?(?:du|le|بتاريخ)\s*:?\s*$/u
/** What may follow the date on its own line: the same day in the other calendar, a full stop. */
const closes = /^\s*(?:[.,;،)]|م\b|\(.*\)|\/.*|(?:ال)?موافق.*|correspondant.*|ه)*\s*$/u

/** A day more or less, in days. */
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

interface Judged extends FoundDate {
  readonly score: number
}

function judged(line: Line, previous: Line | undefined, inHead: boolean, late: boolean): readonly Judged[] {
  return datesIn(line).flatMap((found) => {
    const before = line.key.slice(0, found.from).replace(/^.*[;؛]/u, '')
    const after = line.key.slice(found.to)
    const said = before.trim() === '' ? '' : before
    const ends = closes.test(after)
    const ofNumber = inHead && ends && numbered.test(said)
    if ((span.test(said) && !ofNumber) || spanAfter.test(after) || others.test(said)) return []
    // A line that is only a date, or a number with one, may be the end of a sentence that began on the line before.
    if (!line.apart && (ofNumber || said.trim() === '') && previous !== undefined && continuesIn(previous)) return []
    const score =
      ends && placed.test(said) && said.trim() !== ''
        ? 0.95
        : ofNumber
          ? 0.75
          : labelled.test(said)
            ? inHead || late
              ? 0.9
              : 0.6
            : said.trim() === '' && ends
              ? 0.8
              : inHead
                ? 0.55
                : 0.3
    return [{ ...found, score: found.short ? score * 0.85 : score }]
  })
}
const continuesIn = ({ key }: Line): boolean => others.test(key.slice(-30)) || span.test(key)

/**
 * The day that a letter bears: the best placed date that is not to come. One that is older than `usualAge` stays below
 * one half. Nothing is made up: a month without a day is no date, and a Hijri date is not turned into a civil one.
 * @param received ISO day that it came in
 */
export function proposeDate(
  lines: readonly Line[],
  received: string,
): { readonly date?: Proposal; readonly notes: readonly DateNote[] } {
  const head = headEnd(lines)
  const notes = new Set<DateNote>()
  const all = lines.flatMap((line, at) =>
    judged(line, lines[at - 1], at < head && at < 30, at >= lines.length - 8 || at >= lines.length * 0.7),
  )
  const some = all.filter(({ iso, score }) => {
    const toCome = daysBetween(received, iso) > 0
    if (toCome && score >= 0.8) notes.add('dateToCome')
    return !toCome
  })
  const scored = some.map((one) => {
    const old = daysBetween(one.iso, received) > usualAge
    return { ...one, old, score: old ? Math.min(one.score * 0.5, doubtful) : one.score }
  })
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (first, one) => (first === undefined || one.score > first.score ? one : first),
    undefined,
  )
  if (best === undefined) {
    if (lines.some(hasHijri)) notes.add('dateHijri')
    return { notes: [...notes] }
  }
  if (best.old) notes.add('dateOld')
  const rivals = scored.filter(({ iso, score }) => iso !== best.iso && best.score - score < 0.1)
  const twice = scored.some((one) => one !== best && one.iso === best.iso)
  const confidence = best.score * (rivals.length > 0 ? 0.75 : 1) + (twice && !best.old ? 0.03 : 0)
  return {
    date: { value: best.iso, confidence: Math.round(Math.min(confidence, 0.98) * 100) / 100 },
    notes: [...notes],
  }
}
