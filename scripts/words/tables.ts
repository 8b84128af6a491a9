import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { flatten, formsIn } from '../../renderer/core/i18n/compile.ts'
import { formsOf } from '../../renderer/core/i18n/plurals.ts'
import type { Texts } from '../../renderer/core/i18n/texts.ts'
import { placesOf } from '../../shared/text/fill.ts'

export const languages = ['fr', 'ar', 'en', 'zgh'] as const
export type Language = (typeof languages)[number]
/** Texts of one room by their whole key. */
export type Table = ReadonlyMap<string, string>

/** A folder of words, one JSON file a language: `renderer/features/closing/words`. French gives the keys. */
export interface Room {
  readonly folder: string
  readonly french: Texts
  readonly tables: Readonly<Record<Language, Table>>
}

const readTexts = (file: string): Texts => JSON.parse(readFileSync(file, 'utf8')) as Texts

/** Every folder of words below `root`, in the order of their names. */
export function readRooms(root: string): readonly Room[] {
  return globSync(['renderer/**/words/fr.json', 'renderer/**/faults/fr.json'], { cwd: root })
    .map((file) => dirname(file).replaceAll('\\', '/'))
    .sort()
    .map((folder) => {
      const texts = (language: Language): Texts => readTexts(join(root, folder, `${language}.json`))
      const table = (language: Language): Table => new Map(flatten(texts(language)))
      const tables = { fr: table('fr'), ar: table('ar'), en: table('en'), zgh: table('zgh') }
      return { folder, french: texts('fr'), tables }
    })
}

/** The tree of a table in the order and the shape of French; keys that the table lacks are left out, and so are empty branches. */
export function treeOf(french: Texts, table: Table, path = ''): Texts {
  return Object.fromEntries(
    Object.entries(french).flatMap(([key, value]): [string, string | Texts][] => {
      if (typeof value !== 'string') {
        const branch = treeOf(value, table, `${path}${key}.`)
        return Object.keys(branch).length === 0 ? [] : [[key, branch]]
      }
      const text = table.get(`${path}${key}`)
      return text === undefined ? [] : [[key, text]]
    }),
  )
}

/** Writes a language of a room, as Prettier would leave it. */
export function writeTable(root: string, room: Room, language: Language, table: Table): void {
  const file = join(root, room.folder, `${language}.json`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(treeOf(room.french, table), null, 2)}\n`)
}

const named = (text: string): readonly string[] => [...new Set(placesOf(text))].filter((name) => name !== 'n').sort()

/**
 * What is wrong with a text against the French one: a place that is missing or unknown, a number of plural forms that
 * the language does not have. Undefined for a text that may stand.
 */
export function wrongIn(language: Language, text: string, french: string): string | undefined {
  const forms = formsIn(text)
  const counts = formsIn(french).length > 1
  const wanted = counts ? formsOf[language] : [1]
  if (!wanted.includes(forms.length))
    return counts
      ? `${String(forms.length)} plural forms where ${language} has ${wanted.join(' or ')}`
      : `" | " parts plural forms, and the French text does not count`
  const allowed = new Set(placesOf(french))
  const unknown = placesOf(text).find((name) => !allowed.has(name))
  if (unknown !== undefined) return `the place {${unknown}} is not in the French text`
  const lost = named(french).find((name) => forms.every((form) => !placesOf(form).includes(name)))
  if (lost !== undefined) return `the place {${lost}} is missing`
  return /[{}]/u.test(text.replace(/\{\w+\}/gu, '')) ? 'a brace stands alone' : undefined
}

/** Text without its places: what a reader has to say in the language. */
const spoken = (text: string): string => text.replace(/\{\w+\}/gu, '')

/** How far a language is: keys of French that it lacks, and texts that are still French or English. */
export function stateOf(room: Room, language: Language): { missing: readonly string[]; untouched: readonly string[] } {
  const { fr, en } = room.tables
  const own = room.tables[language]
  return {
    missing: [...fr.keys()].filter((key) => !own.has(key)),
    untouched: [...own].flatMap(([key, text]) =>
      language !== 'fr' &&
      /\p{L}/u.test(spoken(text)) &&
      (text === fr.get(key) || (language !== 'en' && text === en.get(key)))
        ? [key]
        : [],
    ),
  }
}
