/**
 * Text as it comes in from people, cards, scanners and files, brought to one form: composed letters (NFC), letters in
 * place of their presentation forms, no invisible signs but the joiners that carry meaning.
 */

/** Ligatures and shapes of Arabic letters that some keyboards and PDF files give in place of the letters. */
const presentationForms = /[\ufb50-\ufdff\ufe70-\ufefc]+/gu
/** The shape of a mark that stands alone is taken apart with a space or a stroke under it, which nobody typed. */
const carrier = /[ \u0640](?=\p{Mn})/gu
const lettersOf = (forms: string): string =>
  [...forms].map((form) => form.normalize('NFKC').replace(carrier, '')).join('')

/**
 * What no value holds: control characters other than white space, halves of a surrogate pair, code points that are no
 * characters, and the sign that stands where a decoder met bytes that it could not read.
 */
const unsound = /[^\P{Cc}\t\n\r]|[\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/u
const unsoundAll = new RegExp(unsound.source, 'gu')

/** Whether a text can be kept at all: a value with a control character comes from a broken reader or a broken file. */
export const isSound = (text: string): boolean => !unsound.test(text)

/** Whether a person sees a letter or a digit in it. */
export const hasLetter = (text: string): boolean => /[\p{L}\p{N}]/u.test(text.replace(invisible, ''))

/** What is not seen: no width, no shape, or only a direction. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffb]/gu
const joiners = /[\u200c\u200d]+/gu
/** A letter whose shape a joiner changes, with the marks on it; between other letters it says nothing. */
const joining = '(?![\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}])\\p{L}'
const endsJoining = new RegExp(`${joining}\\p{M}*$`, 'u')
const beginsJoining = new RegExp(`^${joining}`, 'u')
/** Marks on one letter that are looked over for it; more are no writing. */
const mostMarks = 32

/** A joiner (ZWJ) shows its letter as joined also where a word ends; a non-joiner (ZWNJ) parts two letters. */
const meantJoiner = (signs: string, at: number, whole: string): string => {
  const [first = ''] = signs
  const before = endsJoining.test(whole.slice(Math.max(0, at - mostMarks), at))
  const after = beginsJoining.test(whole.slice(at + signs.length, at + signs.length + 2))
  return (first === '\u200d' ? before || after : before && after) ? first : ''
}

const letters = (text: string): string =>
  text
    .replace(unsoundAll, '')
    .replace(presentationForms, lettersOf)
    .replace(invisible, (sign) => (sign === '\u200c' || sign === '\u200d' ? sign : ''))
    .normalize('NFC')
    .replace(joiners, meantJoiner)
    .normalize('NFC')

/**
 * A value of one line: letters in one form, runs of any white space as one space, none around. What `isSound` refuses is
 * left out, so that a text of a card, which nobody can type again, is kept as far as it can be read. Doing it twice
 * changes nothing more.
 */
export const cleanLine = (text: string): string => letters(text).replace(/\s+/gu, ' ').trim()

/** A text of several lines, in the same form; its spaces and line ends stay, each line end as `\n`. */
export const cleanProse = (text: string): string =>
  letters(text.replace(/\r\n?|[\u2028\u2029]/gu, '\n'))
    .replace(/[^\S\n]/gu, ' ')
    .trim()

/** Digits of Arabic, Persian and wide keyboards as the western ones that registers and machines use. */
export const latinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/gu, (digit) =>
    // The digits of each range begin at a code point that ends in 0.
    String((digit.codePointAt(0) ?? 0) & 0xf),
  )

/** The dashes and minus signs that word processors put in place of a hyphen. */
const dashes = /[\p{Pd}\u2212]/gu

/** A number of a document, a stamp or a register: one line, western digits, plain hyphens, no joiner. */
export const cleanNumber = (text: string): string =>
  cleanLine(latinDigits(text.replace(joiners, '')).replace(dashes, '-'))

/**
 * Every text in a value of JSON, as `cleanProse` gives it: what a platform or an office file says is taken in one form
 * too. Names of members stay.
 */
export function cleanTexts(value: unknown): unknown {
  if (typeof value === 'string') return cleanProse(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(cleanTexts)
  return Object.fromEntries(Object.entries(value).map(([member, of]) => [member, cleanTexts(of)]))
}
