import { z } from 'zod'

const spokenLanguage = z.enum(['fr', 'ar'])
export type SpokenLanguage = z.infer<typeof spokenLanguage>

/** What a wall speaks with: main serves it at `recordings.json` beside the page, and each file in `recordings/fr`, `/ar`. */
export const boardVoice = z.strictObject({
  /** From 0 (nothing is heard) to 1. */
  volume: z.number().min(0).max(1),
  /** In the order in which a call is said, with the recordings that are there. */
  languages: z.array(z.strictObject({ language: spokenLanguage, files: z.array(z.string()) })),
})
export type BoardVoice = z.infer<typeof boardVoice>
