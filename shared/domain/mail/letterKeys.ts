import { fold } from '../../text/fold.ts'
import { withoutArticle, wordsOf } from '../../text/words.ts'
import type { LetterDraft } from './letter.ts'

/** The letters and digits of a reference without what is put between them: "N° 123/DRH" and "n°123-DRH" are one. */
export const joinedKey = (text: string): string => wordsOf(text).join('')

/**
 * A word without the ending that makes it a plural or a feminine: "réclamations" is looked for as "réclamation" too,
 * "رخصة" as "رخص". Only endings that hardly ever belong to the word; short words stay.
 * @param word folded
 */
export function lightStem(word: string): string {
  const latin = /^([a-z]{4,})(?:s|x)$/u.exec(word)?.[1]
  if (latin !== undefined) return latin
  return /^(.{3,})(?:ات|ون|ين|ه)$/u.exec(word)?.[1] ?? word
}

/** Every form under which a text is found, each a word of letters and digits: as it is, without article, as a stem. */
export const indexedWords = (texts: readonly string[]): readonly string[] => {
  const words = texts.flatMap(wordsOf)
  const forms = words.flatMap((word) => {
    const bare = withoutArticle(word)
    return [word, bare, lightStem(bare), ...(/^0+\d/u.test(word) ? [word.replace(/^0+(?=\d)/u, '')] : [])]
  })
  return [...new Set(forms)]
}

/** What of a letter is looked for, before its number is known. */
export const textsOf = (letter: LetterDraft): readonly string[] => [
  letter.sender.name,
  letter.sender.nameAr ?? '',
  ...letter.recipients.flatMap(({ name, nameAr }) => [name, nameAr ?? '']),
  letter.subject,
  letter.service ?? '',
  letter.note ?? '',
  ...letter.enclosures.map(({ label }) => label),
  ...codesOf(letter),
  ...codesOf(letter).map(joinedKey),
]
const codesOf = (letter: LetterDraft): readonly string[] => {
  const { reference, theirReference, postalNumber, digitalNumber, label, inReplyTo } = letter
  return [reference, theirReference, postalNumber, digitalNumber, label, inReplyTo].flatMap((one) => one ?? [])
}

/** The numbers of a letter as one text each, for whoever knows only a part of one. */
export const codesKey = (number: string, letter: LetterDraft): string =>
  [number, ...codesOf(letter)].map(joinedKey).join(' ')

/** One body, however its name is typed. */
export const senderKey = (name: string): string => fold(name)

/** A question of more words is none that people type. */
const mostWords = 12

/**
 * What an index is asked for words: each must be there as the beginning of a word, or as the plural of one; nothing where
 * no word was typed. Words are letters and digits only, so between quotes nothing of them is a command of the index.
 */
export function matchOf(words: string): string | undefined {
  const asked = wordsOf(words).slice(0, mostWords)
  if (asked.length === 0) return undefined
  return asked
    .map((word) => {
      const bare = withoutArticle(word)
      const [whole, stem] = [[...new Set([word, bare])].map((one) => `"${one}" *`), lightStem(bare)]
      return `(${[...whole, ...(stem === bare ? [] : [`"${stem}"`])].join(' OR ')})`
    })
    .join(' AND ')
}

/** The parts of numbers in a question: pieces with a digit, long enough for an index of three letters at once. */
export const fragmentsOf = (words: string): readonly string[] =>
  words
    .split(/\s+/u)
    .map(joinedKey)
    .filter((part) => part.length >= 3 && /\d/u.test(part))
