import { headEnd, type Line } from './letter.ts'
import type { Proposal } from './reading.ts'
import { isSubject } from './subject.ts'

/** A number and its units: `123/DRH/2026`, `2026-0457`, `1234/م.م.ب/2026`, `MI/DGCT/n° 12`. */
const abbreviation = String.raw`(?:\p{Script=Arabic} )+\p{Script=Arabic}(?!\p{L})`
const segment = String.raw`(?:${abbreviation}|(?:[nN]\s?[°º]\s?|عدد\s)?[\p{L}\p{N}&]+(?:[._][\p{L}\p{N}]+)*\.?)`
const chain = String.raw`${segment}(?:\s?[/\\–_-]\s?${segment})*`
const chained = new RegExp(`^${chain}`, 'u')
/** The same with a space between a unit and its number, on either side: `0045 DRS/SAF`, `ABC 2026-15`, `45 SG`. */
const parted = new RegExp(
  String.raw`^(?:\d{1,6}\s(?=\p{Lu}{2,8}(?:\s?[/\\–_-]|\s*$))|\p{Lu}{2,8}\s(?=\d))${chain}`,
  'u',
)

/** Whose number it is, and how sure that is. The label is at the beginning of a line, or after the end of another part. */
const start = String.raw`(?:^|[\s(,;|:])`
const number = String.raw`(?:n\s?[°ºo*]s?\.?|numero|num\.?|no\.)`
const labels: readonly { readonly label: RegExp; readonly confidence: number }[] = [
  {
    label: new RegExp(
      String.raw`${start}(?:n\s?/\s?r(?:ef)?s?\.?|nos?\s?/\s?ref\.?|n\.\s?ref\.?|nos ref(?:erence)?s?\.?|notre ref(?:erence)?\.?)\s*[:.-]*\s*(?:${number}\s*)?`,
      'u',
    ),
    confidence: 0.95,
  },
  { label: /(?:^|\s)(?:مرجعنا|مراجعنا|اشارتنا|رقمنا)\s*[:.-]*\s*(?:(?:عدد|رقم)\s*[:.]?\s*)?/u, confidence: 0.95 },
  {
    label: new RegExp(
      String.raw`${start}ref(?:erence)?s?\.?(?: (?:interne|(?:du )?courrier|(?:du )?dossier))?\s*[:.-]*\s*(?:${number}\s*[:.]?\s*)?`,
      'u',
    ),
    confidence: 0.87,
  },
  { label: /(?:^|\s)(?:المرجع|مرجع|الاشاره|المراجع)\s*[:.-]*\s*(?:(?:عدد|رقم)\s*[:.]?\s*)?/u, confidence: 0.87 },
  {
    label: new RegExp(
      String.raw`^(?:sous (?:le )?)?(?:(?:courrier|lettre|note|envoi|bordereau|correspondance|d[ée]p(?:a|e)rt)(?: d'envoi| de service)? )?${number}\s*(?:d'ordre|d'enregistrement|de depart)?\s*[:.]*\s*`,
      'u',
    ),
    confidence: 0.85,
  },
  {
    label:
      /^(?:(?:تحت|ارساليه|مراسله|كتاب|مذكره|رساله|ورقه ارسال)\s+)?(?:ال)?(?:عدد|رقم)(?: (?:الصادر|الارسال|الترتيبي|التسجيل))?\s*[:.]*\s*/u,
    confidence: 0.85,
  },
]

/** Numbers of those who are written to, or of what is answered. */
const theirs =
  /(?:^|[\s(,;])(?:v\s?\/\s?r(?:ef)?s?\b|vos?\s?\/?\s?ref|votre ref|vos ref|your ref)|مرجعكم|مراجعكم|رقمكم|اشارتكم/u
/** What is cited rather than borne: a letter that is answered, a law, a circular. */
const cited =
  /^(?:a |la |le |l'|de |du )?(?:votre|vos|v\/|lettre|courrier|correspondance|demande|envoi|note|mail|message|bordereau|circulaire|loi|dahir|decret|arrete|article|art\.|convention|marche|appel|contrat|decision|pv|proces|avis|bo\b|b\.o|instruction|notre lettre|nos? )|^(?:رساله|رسالتكم|كتابكم|مراسلتكم|ارساليتكم|طلبكم|كتاب|مراسله|ارساليه|ال(?:قانون|ظهير|مرسوم|قرار|منشور|دوريه|ماده|فصل)|قانون|ظهير|مرسوم|قرار|منشور|دوريه|رسالتي|مذكره|الرساله|الكتاب)/u
/** Numbers of other things, where only `N°` stands before them. */
const otherNumbers =
  /\b(?:tel|fax|gsm|telecopie|c\.?i\.?n|cnie|i\.?c\.?e|r\.?c|i\.?f|patente|r\.?i\.?b|b\.?p|compte|rue|avenue|av|bd|boulevard|lot|imm|appt|quartier|cnss|page)\b|هاتف|فاكس|بطاقه|شارع|زنقه|حي |حساب|ص\.ب/u
const dated = /^\d{1,4}([/.-])\d{1,2}\1\d{1,4}$/u

/** A reference as it is kept: no spaces about its bars, no separators in its thousands. */
const tidy = (value: string): string =>
  value
    .replace(/\s*([/\\_])\s*/gu, '$1')
    .replace(
      /\s+([-–])\s*|\s*([-–])\s+/gu,
      (_, one: string | undefined, other: string | undefined) => one ?? other ?? '',
    )
    .replace(/[./\s-]+$/u, '')

/** The number at the beginning of a text, or none. */
function numberAt(rest: string): { readonly value: string; readonly after: string } | undefined {
  // 1 234/DRH: a number that was printed with separators in its thousands is one number.
  const joined = rest.replace(
    /^(\d{1,3})((?:[ .]\d{3})+)(?=\s?[/-]|\s*$)/u,
    (_, first: string, more: string) => `${first}${more.replace(/[ .]/gu, '')}`,
  )
  const found = (parted.exec(joined) ?? chained.exec(joined))?.[0]
  if (found === undefined || !/\d/u.test(found)) return undefined
  const value = tidy(found)
  if (dated.test(value) || value.length > 60 || /^(?:19|20)\d\d$/u.test(value)) return undefined
  return { value, after: joined.slice(found.length) }
}

/**
 * The number that the sender gave the letter, as it stands there. Numbers of what it answers, of laws, of telephones
 * and of the one written to are none of his.
 */
export function proposeReference(lines: readonly Line[]): Proposal | undefined {
  const head = Math.min(headEnd(lines), 40)
  let best: Proposal | undefined
  let inSubject = false
  for (const [at, line] of lines.entries()) {
    inSubject = isSubject(line) || (inSubject && !line.apart)
    for (const { label, confidence } of labels) {
      const match = label.exec(line.key)
      if (match === null) continue
      const before = line.key.slice(0, match.index + 1)
      // The end of `V/Réf` is a label too: the number is theirs.
      if (theirs.test(line.key.slice(0, match.index + match[0].length)) && !/n\s?\/\s?r/u.test(match[0])) continue
      const bare = confidence < 0.86
      if (bare && (inSubject || otherNumbers.test(line.key))) continue
      if (isSubject({ key: before.trimStart() })) continue
      const from = match.index + match[0].length
      const value = valueOf(lines, at, from, bare)
      if (value === undefined) continue
      const weight = at < head ? 1 : 0.5
      const found = { value: value.text, confidence: Math.round(confidence * weight * value.weight * 100) / 100 }
      if (best === undefined || found.confidence > best.confidence) best = found
    }
  }
  return best ?? misread(lines.slice(0, head))
}

/**
 * A number behind a word that a reader of pictures wrote in Latin letters in the middle of Arabic ones: Tesseract reads
 * عدد as `sac`. Nothing else of a few Latin letters stands alone with a number and its year in such a head.
 */
function misread(head: readonly Line[]): Proposal | undefined {
  const all = head.map(({ key }) => key).join('')
  const arabic = all.match(/\p{Script=Arabic}/gu)?.length ?? 0
  if (arabic < 2 * (all.match(/\p{Script=Latin}/gu)?.length ?? 0)) return undefined
  for (const { key, text } of head) {
    const label = /^[a-z]{2,5}\s*:\s*/u.exec(key)?.[0]
    if (label === undefined || otherNumbers.test(key) || /^(?:date|p\s?j|obje?t?)/u.test(key)) continue
    const number = /^\d+(?:\/[\p{L}\p{N}.]+)*\/\d{4}$/u.exec(text.slice(label.length).trim())?.[0]
    if (number !== undefined && !dated.test(number)) return { value: number, confidence: 0.6 }
  }
  return undefined
}

function valueOf(
  lines: readonly Line[],
  at: number,
  from: number,
  bare: boolean,
): { readonly text: string; readonly weight: number } | undefined {
  const line = lines[at]
  if (line === undefined) return undefined
  const [rest, key] = [line.text.slice(from), line.key.slice(from)]
  if (rest.trim() === '') {
    const next = lines[at + 1]
    if (next === undefined || cited.test(next.key) || isSubject(next)) return undefined
    const number = numberAt(next.text)
    // A number alone on the line below its label.
    return number !== undefined && number.after.trim() === '' ? { text: number.value, weight: 0.9 } : undefined
  }
  if (cited.test(key)) return undefined
  const number = numberAt(rest)
  if (number === undefined) return undefined
  const structured = /[/\\_\-–]/u.test(number.value)
  // A bare number within a sentence counts something; one with units or alone on its line numbers the letter.
  const alone = /^\s*(?:[.,;)]|$|\/)/u.test(number.after)
  if (bare && !structured && !alone) return undefined
  return { text: number.value, weight: structured ? 1 : number.value.length < 3 ? 0.5 : alone ? 0.8 : 0.6 }
}
