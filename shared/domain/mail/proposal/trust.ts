import { cleanText, keyText } from './letter.ts'

/**
 * What the text layer of a page is worth. `scarce`: a picture; `reversed`: Arabic put down in the order of the eye, or
 * its ligatures turned; `broken`: its fonts do not say which letters they draw.
 */
export type LayerWorth = 'good' | 'scarce' | 'reversed' | 'broken'

/** Words that a letter of any office holds, as keys. */
const french =
  'de la le les des du et en un une au aux par pour que qui dans sur vous nous votre notre est sont avec ce cette il a ' +
  'je objet monsieur madame messieurs directeur ministre president service direction commune ministere royaume maroc ' +
  'reference date rabat salutations agreer honneur demande lettre courrier veuillez distinguees merci copie'
const arabic =
  'في من علي الي عن هذا هذه التي الذي ان او مع بين كل ما لا قد تم وزاره المملكه المغربيه مديريه جماعه السيد السيده ' +
  'الموضوع المرجع عدد رقم سلام تام وبعد طلب مدير رييس الرباط بتاريخ سنه يوم المصلحه تفضلوا فايق التقدير والسلام ' +
  'مولانا الامام بوجود له حول بشان يشرفني تحيه'
const known = new Set(`${french} ${arabic}`.split(' '))
const backwards = (word: string): string => [...word].reverse().join('')
/** Words of letters that are no words when they are read the other way round. */
const turnedWords = new Set(
  'في من علي الي عن هذا التي الذي وزاره المملكه المغربيه مديريه جماعه السيد الموضوع المرجع الرباط'
    .split(' ')
    .map(backwards),
)

const wordsIn = (key: string): readonly string[] => key.match(/\p{L}+/gu) ?? []

/** Share of the words of a text that letters usually hold, 0 to 1: a third in a letter, next to none in what is no text. */
export function familiar(text: string): number {
  const words = wordsIn(keyText(cleanText(text))).filter((word) => word.length > 1)
  return words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length
}

/** Below so many letters a page is a picture with a stamp or a header laid over it. */
const fewest = 25
/** Squares, private use, what is not assigned, and what stands for a letter that was not known. */
const noLetters = /[\ufffd\ufffe\uffff\p{Co}\p{Cn}\u25a0-\u25ff]|[^\P{Cc}\s]/gu
const foreign = /(?![\p{Script=Latin}\p{Script=Arabic}\p{Script=Tifinagh}])\p{L}/gu
/** Letters that only end a word (alef maksura, ta marbuta) within one: the word runs backwards, or a ligature in it does. */
const endWithin = /[ىة]\p{Script=Arabic}/gu
/** The article before an alef with hamza or another alef, its ligature turned: no word begins so. */
const turnedLigature = /(?<!\p{L})[وفبك]?ا[أإآ]ل|(?<!\p{L})[وفبك]?االا?[تنسجخع]\p{L}/gu

const certainlyTurned = /(?<!\p{L})[وفبك]?ا[أإآ]ل|(?<!\p{L})و?يف(?!\p{L})/gu

/** Judges the text layer of one page; an empty text is `scarce`. */
export function layerWorth(text: string): LayerWorth {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const bad = text.match(noLetters)?.length ?? 0
  if (letters + bad < fewest) return 'scarce'
  if (bad > 0.03 * (letters + bad)) return 'broken'
  if ((text.match(foreign)?.length ?? 0) > 0.1 * letters) return 'broken'
  const clean = cleanText(text)
  const key = keyText(clean)
  const words = wordsIn(key)
  const inArabic = words.filter((word) => /\p{Script=Arabic}/u.test(word))
  if (inArabic.length > 0) {
    const article = inArabic.filter((word) => word.length >= 4 && word.startsWith('ال')).length
    const articleAtEnd = inArabic.filter(
      (word) => word.length >= 5 && word.endsWith('لا') && !word.startsWith('ال'),
    ).length
    const turned = inArabic.filter((word) => turnedWords.has(word)).length + (clean.match(turnedLigature)?.length ?? 0)
    if ((clean.match(endWithin)?.length ?? 0) + (clean.match(certainlyTurned)?.length ?? 0) >= 2) return 'reversed'
    const straight = inArabic.filter((word) => known.has(word)).length
    if (turned > 0.02 * inArabic.length && turned + articleAtEnd > 0.1 * (straight + article)) return 'reversed'
    if (articleAtEnd > article + 2) return 'reversed'
  }
  const inLatin = words.filter((word) => /^\p{Script=Latin}+$/u.test(word) && word.length > 1)
  // A font map shifted by a letter gives words without vowels, and none that anybody knows.
  if (inLatin.length >= 15) {
    const spoken = inLatin.filter((word) => /[aeiouy]/u.test(word)).length
    if (spoken < 0.6 * inLatin.length) return 'broken'
    const heard = inLatin.filter((word) => known.has(word)).length
    if (heard === 0) return 'broken'
  }
  return 'good'
}
