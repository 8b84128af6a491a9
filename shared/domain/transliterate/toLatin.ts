import { cleanLine } from '../../text/incoming.ts'

/**
 * Names from Arabic to Latin letters as Moroccan civil registers usually write them (French values: ش ch, خ kh, و ou).
 * Short vowels are not
 * written in Arabic, so the result is a suggestion to be read over, never a fact.
 */

/** Whole words whose spelling is settled, without their marks. */
const known: Readonly<Record<string, string>> = {
  محمد: 'Mohammed',
  أحمد: 'Ahmed',
  احمد: 'Ahmed',
  عبد: 'Abd',
  الله: 'Allah',
  فاطمة: 'Fatima',
  خديجة: 'Khadija',
  عائشة: 'Aïcha',
  يوسف: 'Youssef',
  حسن: 'Hassan',
  الحسن: 'El Hassan',
  حسين: 'Hussein',
  الحسين: 'El Houssaine',
  سعيد: 'Saïd',
  رشيد: 'Rachid',
  مريم: 'Maryam',
  سلمى: 'Salma',
  عمر: 'Omar',
  علي: 'Ali',
  إدريس: 'Idriss',
  ادريس: 'Idriss',
  بن: 'Ben',
  بنت: 'Bent',
  ابن: 'Ibn',
  أبو: 'Abou',
  ابو: 'Abou',
  أيت: 'Aït',
  ايت: 'Aït',
  آيت: 'Aït',
  زهرة: 'Zahra',
  الزهراء: 'Zahra',
  مصطفى: 'Mostafa',
  إبراهيم: 'Brahim',
  ابراهيم: 'Brahim',
  حمزة: 'Hamza',
  ليلى: 'Leila',
  أمينة: 'Amina',
  امينة: 'Amina',
  نادية: 'Nadia',
  سميرة: 'Samira',
  كريم: 'Karim',
  خالد: 'Khalid',
  طارق: 'Tarik',
  زينب: 'Zineb',
  هشام: 'Hicham',
  عثمان: 'Othmane',
  ياسين: 'Yassine',
  علوي: 'Alaoui',
  قاسم: 'Kacem',
  شعيب: 'Chouaïb',
  بوشعيب: 'Bouchaïb',
}

const consonants: Readonly<Record<string, string>> = {
  ب: 'b',
  ت: 't',
  ث: 't',
  ج: 'j',
  ح: 'h',
  خ: 'kh',
  د: 'd',
  ذ: 'd',
  ر: 'r',
  ز: 'z',
  س: 's',
  ش: 'ch',
  ص: 's',
  ض: 'd',
  ط: 't',
  ظ: 'd',
  ع: '',
  غ: 'gh',
  ف: 'f',
  ق: 'k',
  ك: 'k',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ه: 'h',
  پ: 'p',
  چ: 'tch',
  ڤ: 'v',
  گ: 'g',
  ڭ: 'g',
  ݣ: 'g',
}
/** Letters of other keyboards for the same sounds: of Persian, Urdu and Kurdish, and variants that look alike. */
const sameAs: Readonly<Record<string, string>> = {
  ی: 'ي',
  ے: 'ي',
  ې: 'ي',
  ک: 'ك',
  ڪ: 'ك',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ۃ: 'ة',
  ٹ: 'ت',
  ڈ: 'د',
  ڑ: 'ر',
  ں: 'ن',
  ۆ: 'و',
  ڥ: 'ڤ',
}
const vowels: Readonly<Record<string, string>> = {
  ا: 'a',
  أ: 'a',
  إ: 'i',
  آ: 'a',
  ى: 'a',
  ٱ: 'a',
  ئ: 'i',
  ؤ: 'ou',
  ء: '',
}
/** Fatha, damma, kasra and their doubled forms. */
const marks: Readonly<Record<string, string>> = {
  '\u064e': 'a',
  '\u064f': 'ou',
  '\u0650': 'i',
  '\u064b': 'an',
  '\u064c': 'oun',
  '\u064d': 'in',
}
const shadda = '\u0651'
/** Marks, the small alef and the stretching line. */
const unwritten = /[\u064b-\u0652\u0670\u0640]/gu

/**
 * A word read from its letters: between two consonants without a vowel an `a` is put, since nothing is written there.
 */
function spell(word: string): string {
  let out = ''
  let open = false
  const letters = [...word]
  letters.forEach((letter, index) => {
    const first = index === 0
    const next = letters[index + 1]
    if (letter === shadda) {
      // Doubled: the letter before once more, a digraph by its first letter.
      const [doubled] = /(?:kh|ch|gh|[bcdfghjklmnpqrstvwxz])$/.exec(out) ?? []
      if (doubled !== undefined) out += doubled.length === 1 ? doubled : ''
      return
    }
    const mark = marks[letter]
    if (mark !== undefined) {
      out += mark
      open = false
      return
    }
    const vowel = vowelOf(letter, first, next)
    if (vowel !== undefined) {
      out += open && vowel === '' ? 'a' : vowel
      open = false
      return
    }
    const consonant = consonants[letter] ?? (letter === 'و' ? 'w' : letter === 'ي' ? 'y' : undefined)
    if (consonant === undefined) {
      // A letter that is not known here stays as it is, in sight: whoever reads it over sees what is missing.
      if (/\p{L}/u.test(letter)) out += letter
      open = false
      return
    }
    if (consonant === '') {
      out += open || first ? 'a' : ''
      open = false
      return
    }
    out += (open ? 'a' : '') + consonant
    open = true
  })
  return out.replace(/aa+/g, 'a').replace(/aou(?=[^aeiou])/g, 'aou')
}

/**
 * What a letter says as a vowel here, undefined when it is a consonant. و and ي are consonants at the beginning and
 * before a vowel.
 */
function vowelOf(letter: string, first: boolean, next: string | undefined): string | undefined {
  const plain = vowels[letter]
  if (plain !== undefined) return plain
  if (letter === 'ة') return 'a'
  const beforeVowel =
    next !== undefined &&
    (next === 'ا' || next === 'ى' || next === 'ة' || next === '\u064e' || next === '\u0650' || next === '\u064f')
  if (letter === 'و') return first || beforeVowel ? undefined : 'ou'
  return letter === 'ي' ? (first || beforeVowel ? undefined : 'i') : undefined
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** One word, with its article as a word of its own. */
function wordToLatin(word: string): string {
  const bare = word.replaceAll(unwritten, '')
  const settled = known[bare]
  if (settled !== undefined) return settled
  if (bare.startsWith('ال') && bare.length > 3)
    return `El ${known[bare.slice(2)] ?? capital(spell(word.slice(word.indexOf('ل') + 1)))}`
  return capital(spell(word))
}

/**
 * Suggests the Latin spelling of a name in Arabic letters; what is not Arabic stays as it is. Total and bounded: every
 * text gives a text.
 */
export const toLatin = (name: string): string =>
  cleanLine(name)
    .replace(/\p{Script=Arabic}/gu, (letter) => sameAs[letter] ?? letter)
    .replace(/[\u200c\u200d]/gu, '')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) =>
      word
        .split('-')
        .map((part) => (/\p{Script=Arabic}/u.test(part) ? wordToLatin(part) : part))
        .join('-'),
    )
    .join(' ')
    .trim()
