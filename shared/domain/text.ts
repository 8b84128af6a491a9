import { z } from 'zod'

export const languages = ['fr', 'ar', 'zgh', 'en'] as const
export const language = z.enum(languages)
export type Language = z.infer<typeof language>

/** A text of the administration: French and Arabic always, the others where somebody confirmed them. */
export const localised = z.strictObject({
  fr: z.string().min(1),
  ar: z.string().min(1),
  zgh: z.string().min(1).optional(),
  en: z.string().min(1).optional(),
})
export type Localised = z.infer<typeof localised>

/** The text in a language, French where that language has none. */
export const textIn = (text: Localised, wanted: Language): string => text[wanted] ?? text.fr
