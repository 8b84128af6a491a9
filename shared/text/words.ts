import { fold } from './fold.ts'

/** The words of a text as they are looked for: folded, letters and digits only. "Permis d’habiter" gives permis, d, habiter. */
export const wordsOf = (text: string): readonly string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []

/**
 * An Arabic word without its article and the letters that are written together with it: "الإقامة", "بالإقامة" and
 * "للإقامة" are looked for as "إقامة". What has none stays as it is.
 * @param word folded
 */
export const withoutArticle = (word: string): string => word.replace(/^(?:[وفبك]?ال|لل)(?=..)/u, '')
