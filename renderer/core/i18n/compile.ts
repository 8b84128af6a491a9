import { piecesOf } from '../../../shared/text/fill.ts'
import type { Message, Messages } from './messages.ts'
import type { Texts } from './texts.ts'

const between = ' | '

/** A text as its plural forms: ` | ` stands between them. */
export const formsIn = (text: string): readonly string[] => text.split(between)

/** Cuts a text into its plural forms and these into their pieces; plain words stay as they are. */
export function compileText(text: string): Message {
  const forms = formsIn(text).map(piecesOf)
  return forms.length === 1 && (forms[0] ?? []).every((piece) => typeof piece === 'string') ? text : forms
}

/** Every text of a tree by its whole key. */
export function flatten(texts: Texts, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : flatten(value, `${path}${key}.`),
  )
}

/** The table that the page reads in place of a file of words: nothing is left to compile in it. */
export const compileTexts = (texts: Texts): Messages =>
  Object.fromEntries(flatten(texts).map(([key, text]) => [key, compileText(text)]))
