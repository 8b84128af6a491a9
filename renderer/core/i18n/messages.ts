import type { Language } from '#shared/domain/text.ts'
import { fill, type Piece } from '../../../shared/text/fill.ts'
import { formOf } from './plurals.ts'

/** A text ready to be said: plain words, or its plural forms (often one) in pieces. */
export type Message = string | readonly (readonly Piece[])[]
/** All texts of a file by their whole key (`a.b.c`), as the build writes them (`compile.ts`). */
export type Messages = Readonly<Record<string, Message>>

/** Keeps an inserted value in its own direction (Unicode 15 UAX 9: FSI … PDI). */
export const isolate = (value: string | number): string => `\u2068${String(value)}\u2069`

/**
 * Says a message. Texts put into it are isolated; a number named `n` chooses the plural form.
 * @param language the language that the message is written in, whose plural rules count
 */
export function say(message: Message, language: Language, values: Readonly<Record<string, string | number>>): string {
  if (typeof message === 'string') return message
  const { n } = values
  const form = message.length === 1 ? 0 : formOf(language, typeof n === 'number' ? n : 1, message.length)
  return fill(message[form] ?? [], values, {
    around: (value) => (typeof value === 'number' ? String(value) : isolate(value)),
    // Seen by whoever tests the screen, and read by a person as a gap.
    missing: (name) => `{${name}}`,
  })
}
