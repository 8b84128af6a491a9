import { formsIn } from '../../renderer/core/i18n/compile.ts'
import { formsOf } from '../../renderer/core/i18n/plurals.ts'
import { languages, wrongIn, writeTable, type Language, type Room } from './tables.ts'
import { readXliff, writeXliff, type Refusal } from './xliff.ts'

const arabicForms = 'zero | one | two | few (3–10) | many (11–99) | other (100–102, 200…)'
const formsNote = (language: Language, french: string): readonly string[] =>
  formsIn(french).length === 1
    ? []
    : [
        `Plural forms, parted by " | ": ${language === 'ar' ? arabicForms : 'one | other'} (${formsOf[language].join(' or ')})`,
      ]
const placesNote = (french: string): readonly string[] =>
  /\{\w+\}/u.test(french) ? ['{name} takes a value: keep every name in braces as it is.'] : []

/** A language that may be carried away; French is the source and is written in the repository. */
export const asTarget = (language: string | undefined): Language | undefined =>
  language === 'fr' ? undefined : languages.find((one) => one === language)

/** The words of a language for a native reader: French beside, English and what to watch in the notes. */
export function exportWords(rooms: readonly Room[], language: Language): string {
  return writeXliff(
    language,
    rooms.map(({ folder, tables }) => ({
      folder,
      units: [...tables.fr].map(([key, source]) => {
        const target = tables[language].get(key)
        return {
          key,
          source,
          target,
          state: target === undefined || target === source ? ('initial' as const) : ('translated' as const),
          notes: [
            `French: ${source}`,
            ...(language === 'en' ? [] : [`English: ${tables.en.get(key) ?? ''}`]),
            ...formsNote(language, source),
            ...placesNote(source),
          ],
        }
      }),
    })),
  )
}

/**
 * Takes words back. Every text is checked first; if one is refused nothing is written.
 * @param root of the repository, whose files are written
 * @returns how many texts changed, or why the file is not taken, by line
 */
export function importWords(
  root: string,
  rooms: readonly Room[],
  xml: string,
): { language: Language; changed: number } | { refused: readonly Refusal[] } {
  const read = readXliff(xml)
  if ('refused' in read) return read
  const language = asTarget(read.language)
  if (language === undefined) return { refused: [{ line: 1, why: `no words are kept in "${read.language}"` }] }
  const refused: Refusal[] = []
  const seen = new Set<string>()
  const tables = new Map(rooms.map((room) => [room.folder, new Map(room.tables[language])]))
  const french = new Map(rooms.map((room) => [room.folder, room.tables.fr]))
  let changed = 0
  for (const { folder, key, source, target, line } of read.units) {
    const table = tables.get(folder)
    const original = french.get(folder)?.get(key)
    const twice = seen.has(`${folder} ${key}`)
    seen.add(`${folder} ${key}`)
    const why =
      table === undefined
        ? `there are no words in ${folder}`
        : original === undefined
          ? `${key} is not a key of ${folder}`
          : twice
            ? `${key} stands twice`
            : source !== original
              ? `${key}: the French text has changed since this file was written`
              : target === undefined
                ? undefined
                : wrongIn(language, target, original)
    if (why !== undefined)
      refused.push({ line, why: why.startsWith(key) || original === undefined ? why : `${key}: ${why}` })
    else if (target !== undefined && table?.get(key) !== target) {
      table?.set(key, target)
      changed += 1
    }
  }
  if (refused.length > 0) return { refused }
  for (const room of rooms) {
    const table = tables.get(room.folder)
    if (table !== undefined && [...table].some(([key, text]) => room.tables[language].get(key) !== text))
      writeTable(root, room, language, table)
  }
  return { language, changed }
}
