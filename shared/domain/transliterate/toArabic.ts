/**
 * Names from Latin to Arabic letters, read as Moroccan registers write them (French values). A suggestion to be read
 * over: one Latin letter
 * may stand for several Arabic ones (s for س or ص, t for ت or ط).
 */

/** Names whose spelling is settled, in lower case without accents. */
const known: Readonly<Record<string, string>> = {
  mohammed: 'محمد',
  mohamed: 'محمد',
  muhammad: 'محمد',
  ahmed: 'أحمد',
  abd: 'عبد',
  allah: 'الله',
  abdallah: 'عبد الله',
  abdellah: 'عبد الله',
  fatima: 'فاطمة',
  khadija: 'خديجة',
  aicha: 'عائشة',
  youssef: 'يوسف',
  hassan: 'حسن',
  hussein: 'حسين',
  said: 'سعيد',
  rachid: 'رشيد',
  maryam: 'مريم',
  meryem: 'مريم',
  salma: 'سلمى',
  omar: 'عمر',
  ali: 'علي',
  idriss: 'إدريس',
  driss: 'إدريس',
  ben: 'بن',
  bent: 'بنت',
  ibn: 'ابن',
  abou: 'أبو',
  ait: 'أيت',
  zahra: 'الزهراء',
  mostafa: 'مصطفى',
  mustapha: 'مصطفى',
  brahim: 'إبراهيم',
  ibrahim: 'إبراهيم',
  hamza: 'حمزة',
  leila: 'ليلى',
  layla: 'ليلى',
  amina: 'أمينة',
  nadia: 'نادية',
  samira: 'سميرة',
  karim: 'كريم',
  khalid: 'خالد',
  tarik: 'طارق',
  zineb: 'زينب',
  hicham: 'هشام',
  othmane: 'عثمان',
  yassine: 'ياسين',
  alaoui: 'علوي',
  kacem: 'قاسم',
  wafa: 'وفاء',
  chouaib: 'شعيب',
  bouchaib: 'بوشعيب',
}

/** Longest first: digraphs before their letters. */
const sounds: readonly (readonly [string, string])[] = [
  ['tch', 'تش'],
  ['kh', 'خ'],
  ['ch', 'ش'],
  ['sh', 'ش'],
  ['gh', 'غ'],
  ['th', 'ث'],
  ['dh', 'ذ'],
  ['ph', 'ف'],
  ['qu', 'ك'],
  ['ou', 'و'],
  ['oo', 'و'],
  ['ai', 'اي'],
  ['ei', 'ي'],
  ['ee', 'ي'],
  ['aa', 'ا'],
  ['ii', 'ي'],
  ['b', 'ب'],
  ['c', 'ك'],
  ['d', 'د'],
  ['f', 'ف'],
  ['g', 'ك'],
  ['h', 'ح'],
  ['i', 'ي'],
  ['j', 'ج'],
  ['k', 'ك'],
  ['l', 'ل'],
  ['m', 'م'],
  ['n', 'ن'],
  ['o', 'و'],
  ['p', 'ب'],
  ['q', 'ق'],
  ['r', 'ر'],
  ['s', 'س'],
  ['t', 'ت'],
  ['u', 'و'],
  ['v', 'ف'],
  ['w', 'و'],
  ['x', 'كس'],
  ['y', 'ي'],
  ['z', 'ز'],
  ['a', 'ا'],
  ['e', ''],
]
const articles = new Set([
  'el',
  'al',
  'ar',
  'er',
  'as',
  'es',
  'ad',
  'ed',
  'an',
  'en',
  'at',
  'et',
  'az',
  'ez',
  'ach',
  'ech',
])
/** Only before a word that begins with the same letter, except for l. */
const isArticleOf = (word: string, next: string | undefined): boolean =>
  next !== undefined && articles.has(word) && (word.endsWith('l') || next.startsWith(word.slice(1)))

/** The first a of Karim or Jamal is short, and short vowels are not written; that of Ghali or Fassi is long. */
const shortFirst =
  /^((?:kh|ch|gh|sh|[bcdfghjklmnpqrstvwxz]))a((?:kh|ch|gh|sh|[bcdfghjklmnpqrstvwxz]))(?=(?:a|i|ou|o|u)(?:kh|ch|gh|sh|[bcdfghjklmnpqrstvwxz])$)/

function spell(word: string): string {
  let out = ''
  let rest = word.replace(shortFirst, '$1$2')
  while (rest !== '') {
    const doubled = rest.length > 1 && rest[0] === rest[1] && !'aeiou'.includes(rest[0] ?? '')
    if (doubled) {
      rest = rest.slice(1)
      continue
    }
    const [from, to] = sounds.find(([latin]) => rest.startsWith(latin)) ?? [rest[0] ?? '', '']
    const first = out === ''
    const last = rest.length === from.length
    // A vowel at the beginning rests on an alef; a final a is mostly the feminine ending.
    out +=
      first && from === 'a'
        ? 'أ'
        : first && from === 'e'
          ? 'ا'
          : first && (from === 'i' || from === 'ii')
            ? 'إي'
            : first && (from === 'o' || from === 'ou' || from === 'u')
              ? 'أو'
              : last && from === 'a'
                ? 'ة'
                : last && from === 'e'
                  ? ''
                  : to
    rest = rest.slice(from.length)
  }
  return out
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[’'`ʿʾ]/gu, '')
    .toLowerCase()
const wordToArabic = (word: string): string =>
  known[plain(word)] ?? spell([...plain(word)].filter((letter) => /[a-z]/.test(letter)).join(''))

/**
 * Suggests the Arabic spelling of a name in Latin letters; what is Arabic already stays as it is. Total and bounded:
 * every text gives a text.
 */
export function toArabic(name: string): string {
  const words = name
    .normalize('NFC')
    .trim()
    .split(/[\s-]+/u)
    .filter((word) => word !== '')
  let out = ''
  words.forEach((word, index) => {
    const arabic = /\p{Script=Arabic}/u.test(word)
    if (
      !arabic &&
      isArticleOf(plain(word), words[index + 1] === undefined ? undefined : plain(words[index + 1] ?? ''))
    ) {
      out += `${out === '' ? '' : ' '}ال`
      return
    }
    const said = arabic ? word : wordToArabic(word)
    if (said === '') return
    const joined = out.endsWith('ال') && index > 0 && articles.has(plain(words[index - 1] ?? ''))
    out += joined ? said.replace(/^ال/u, '').replace(/^[أإ]/u, 'ا') : `${out === '' ? '' : ' '}${said}`
  })
  return out
}
