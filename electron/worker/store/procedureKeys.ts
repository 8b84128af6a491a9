import { languages, type Localised } from '#shared/domain/text.ts'
import { withoutArticle, wordsOf } from '#shared/text/words.ts'

/** What of a sheet is looked for. */
interface Named {
  readonly code: string
  readonly title: Localised
  readonly category: Localised
  readonly administration: Localised
}

const textsOf = (text: Localised): readonly string[] => languages.flatMap((language) => text[language] ?? [])
const folded = (text: string): string => wordsOf(text).join(' ')

/** Sheets were parsed whole before they were kept; for their words alone that is not done again. */
const read = (body: string): Named => JSON.parse(body) as Named

/** The titles of a sheet and its code, folded, each between line ends: what is typed may be how one of them begins. */
export const titlesKeyOf = (body: string): string => {
  const { title, code } = read(body)
  return `\n${[...textsOf(title), code].map(folded).join('\n')}\n`
}

/** Every other word that finds it: category, administration, and each Arabic word without its article. */
export const wordsKeyOf = (body: string): string => {
  const { title, category, administration } = read(body)
  const others = [category, administration].flatMap(textsOf).flatMap(wordsOf)
  const bare = [...textsOf(title).flatMap(wordsOf), ...others].flatMap((word) => {
    const without = withoutArticle(word)
    return without === word ? [] : [without]
  })
  return [...new Set([...others, ...bare])].join(' ')
}
