import { isAddressee, isGreeting, type Line } from './letter.ts'
import type { Proposal } from './reading.ts'

const label =
  /^(?:[-*•]\s*)?(?:objet|objets|obj|object|sujet|subject|concerne|a\/s)(?: de la (?:lettre|demande))?\s*(?:[:./-]+|(?=\s*$))\s*|^re\s*:\s*|^(?:ال)?موضوع(?: الرساله| الطلب)?\s*(?:[:./؛-]+|(?=\s*$))\s*|^الموضوع\s+/u
/** A second label on the line of the subject, or what begins the next part of the head. */
const nextPart =
  /\s+(?:ref(?:erence)?s?\s?\.?\s?:|v\s?\/\s?ref|n\s?\/\s?ref|p\.?\s?j\.?\s?:|المرجع\s*:|المرفقات\s*:|objet\s*:|الموضوع\s*:)/u
const stops =
  /^(?:ref(?:erence)?s?\b|n\s?\/\s?r|v\s?\/\s?r|n\s?[°o] ?:?\s?\d|p\.?\s?j\b|pieces? jointes?|annexes?|copie|المرجع|المراجع|المرفقات|مرفق|المرفوع|n\.? ?b|date\s*:|a l'attention|تحت اشراف|s\/c\b|عدد\s*:|رقم\s*:|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$)/u
/** A line that ends so goes on. */
const open =
  /(?:[,،'-]|(?:^|\s)(?:de|du|des|la|le|les|l'|d'|et|a|au|aux|en|pour|par|sur|dans|avec|relative?s?|relatifs?|concernant|portant|ou|un|une|n°|في|من|علي|الي|و|عن|بشان|حول|بخصوص|لدي|بين|مع|رقم|عدد))$/u
/** A line that begins so goes on with the one before. */
const goesOn =
  /^(?:\p{Ll}|[(«"]|\d+[^\d/.]|(?:في|من|علي|الي|عن|بشان|حول|بخصوص|لدي|بين|مع|و\p{L}|ب\p{L}{2,}|ل\p{L}{3,}|رقم|عدد|برسم|التابع|الخاص|المتعلق)(?=\s|$|ه\s|ه$|ين\s))/u
const most = 300

/** Whether a line begins the subject of a letter. */
export const isSubject = ({ key }: Pick<Line, 'key'>): boolean => label.test(key)

/** What a letter is about: what stands after its label, with the lines that go on; never how it greets. */
export function proposeSubject(lines: readonly Line[], script: 'arabic' | 'latin'): Proposal | undefined {
  const all = lines.flatMap((line, at) => {
    const match = label.exec(line.key)
    return match === null ? [] : [subjectAt(lines, at, match[0].length)]
  })
  const found = all.filter((one) => one !== undefined)
  const isArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text)
  // A letter in both languages is registered in the one that it is written in.
  return found.find(({ value }) => isArabic(value) === (script === 'arabic')) ?? found[0]
}

function subjectAt(lines: readonly Line[], at: number, from: number): Proposal | undefined {
  const first = lines[at]
  if (first === undefined) return undefined
  const own = cut(first, from)
  let value = own.text
  let next = at + 1
  let confidence = 0.95
  if (value === '') {
    const below = lines[next]
    if (below === undefined || ends(below)) return undefined
    value = cut(below, 0).text
    next += 1
    confidence = 0.85
  }
  if (!own.cut)
    for (let joined = 0; joined < 3; joined += 1, next += 1) {
      const line = lines[next]
      const before = lines[next - 1]
      if (line === undefined || before === undefined || value.length > most) break
      // "relative / à l’assainissement" is no address.
      const inSentence = open.test(before.key) && /^\p{Ll}/u.test(line.text)
      if (ends(line) && !(inSentence && isAddressee(line))) break
      if (line.apart && !open.test(before.key)) break
      const isArabic = /^\p{Script=Arabic}/u.test(line.key)
      // Arabic has no capitals: a full line with one straight under it goes on.
      const runsOn = isArabic && before.text.length >= 45 && !/[.:]$/u.test(before.text)
      if (!open.test(before.key) && !goesOn.test(line.text.toLowerCase() === line.text ? line.key : upperKey(line)))
        if (!runsOn) break
      value = `${value.replace(/(?<=\p{L})-$/u, '')}${/(?<=\p{L})-$/u.test(value) || value.endsWith("'") ? '' : ' '}${cut(line, 0).text}`
    }
  const text = value.replace(/[\s.,;،؛:]+$/u, '').trim()
  return /\p{L}{2}/u.test(text) ? { value: text.slice(0, most), confidence } : undefined
}

/** The key of a line whose first letter keeps its case: French goes on in small letters. */
const upperKey = ({ text, key }: Line): string => (/^\p{Lu}/u.test(text) ? text : key)

/** What stands on a line from a place on, up to the next label. */
function cut({ text, key }: Line, from: number): { readonly text: string; readonly cut: boolean } {
  const stop = nextPart.exec(key.slice(from))
  return stop === null
    ? { text: text.slice(from).trim(), cut: false }
    : { text: text.slice(from, from + stop.index).trim(), cut: true }
}

const ends = (line: Line): boolean => stops.test(line.key) || isGreeting(line) || isSubject(line) || isAddressee(line)
