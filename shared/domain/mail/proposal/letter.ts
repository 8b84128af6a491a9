/** One line of a letter, as it is compared and as it is shown: letter by letter of the same length. */
export interface Line {
  /** Without vowel signs, tatweel and marks of direction; digits are western. */
  readonly text: string
  /** In lower case, without accents; variants of Arabic letters as one; apostrophes and dashes of one kind. */
  readonly key: string
  /** An empty line stands before it, or it is the first. */
  readonly apart: boolean
}

/** Ligatures and the shapes that Arabic letters take in old encodings (U+FB00–FDFF, U+FE70–FEFC). */
const shaped = /[\ufb00-\ufdff\ufe70-\ufefc]+/gu
/** Signs above and below Arabic letters, the stroke that makes a word longer, and what has no width. */
const unseen = /[\u064b-\u065f\u0670\u0640\u00ad\p{Cf}]/gu
const easternDigits = /[\u0660-\u0669\u06f0-\u06f9]/gu
/** Where a line holds two columns: a wide gap, unless a label and its value stand at its sides. */
const columnGap = /(?<![:.])[\t ]*(?:\t|\u0020{4,})[\t ]*(?![:.])/u

const variants: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
  ک: 'ك',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '`': "'",
  '´': "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  º: '°',
  '˚': '°',
  '：': ':',
}

/** A text as letters are written today: one line of spaces, no marks that are not seen, western digits. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(shaped, (letters) => letters.normalize('NFKC'))
    .replace(unseen, '')
    .replace(easternDigits, (digit) => String(((digit.codePointAt(0) ?? 0) & 0xf) % 10))
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu, ' ')

const keyOf = (letter: string): string => {
  const known = variants[letter]
  if (known !== undefined) return known
  const bare = letter.normalize('NFD')[0]?.toLowerCase() ?? letter
  return bare.length === letter.length ? bare : letter
}

/** A clean text as it is compared; it has the same length. */
export const keyText = (text: string): string => text.replace(/[^\n -~]/gu, keyOf).toLowerCase()

/** The lines of a text, without the empty ones; two columns of one line are two lines. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  let apart = true
  for (const whole of cleanText(text).split(/\r\n?|[\n\u2028\u2029\f\v]/u)) {
    const pieces = whole
      .trim()
      .split(columnGap)
      .map((piece) => piece.replace(/\s+/gu, ' ').trim())
      .filter((piece) => piece !== '')
    if (pieces.length === 0) apart = true
    for (const piece of pieces) {
      lines.push({ text: piece, key: keyText(piece), apart })
      apart = false
    }
  }
  return lines
}

/** How a letter greets: the end of its head. Keys of French and Arabic. */
const greeting =
  /^(?:(?:cher |chere |chers )?(?:monsieur|madame|mademoiselle|messieurs|mesdames|mme|m\.)(?: (?:le|la|l') ?[\p{L}' -]{2,60}?| et [\p{L}' ]{2,40})?\s*,\s*$|(?:bonjour|excellence|votre excellence)\b|(?:و?بعد)?\s*سلام تام|سلام تام|تحيه طيبه|السلام عليكم|و?بعد[،,:])/u

/** Where the head of a letter ends: the line of its greeting, or the end where there is none. */
export function headEnd(lines: readonly Line[]): number {
  const at = lines.findIndex(({ key }, index) => index > 0 && greeting.test(key))
  return at === -1 ? lines.length : at
}

/** Whether a line greets. */
export const isGreeting = ({ key }: Pick<Line, 'key'>): boolean => greeting.test(key)

/** Whom a letter is for: such a line is never its sender. */
const addressed =
  /^(?:(?:a|à|aux?) (?:l'attention|monsieur|madame|messieurs|mesdames|mme|m\.|mr|son excellence|le |la |l'|s\.?e\.?)|a\s*:?$|à\s*:?$|a l'attention|a l'aimable attention|attn|destinataire|(?:monsieur|madame|messieurs|mesdames|m\.|mme) (?:le|la|l'|les) ?|(?:الي|الى)(?: |$|:)|(?:ال)?سيد(?:ه|ات|اتي|ي)? |الساده |حضره |سياده |معالي |سعاده |عنايه |لعنايه |المرسل اليه)/u

/** Whether a line begins the name of whom the letter is for. */
export const isAddressee = ({ key }: Pick<Line, 'key'>): boolean => addressed.test(key)

/** Which of its two scripts most letters of a text belong to. */
export function scriptOf(text: string): 'arabic' | 'latin' {
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  return arabic > latin ? 'arabic' : 'latin'
}
