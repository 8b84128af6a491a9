import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BoardVoice, SpokenLanguage } from '#shared/contract/boardVoice.ts'

/** How a wall of this machine speaks, as its administrator set it. */
export interface VoiceSettings {
  /** The office's own recordings, in a folder a language. */
  readonly folder: string | undefined
  /** Said one after the other, in this order. */
  readonly languages: readonly SpokenLanguage[]
  /** Chime and voice, from 0 to 100. */
  readonly volume: number
}

/** Where nothing is set: Arabic, then French. */
export const usualVoice: VoiceSettings = { folder: undefined, languages: ['ar', 'fr'], volume: 100 }

/**
 * Where a language is read from. One that the office recorded is its own as a whole: a call in two voices sounds like
 * two calls.
 * @param shipped the folder of what the build made
 */
export function recordingsFolder({ folder }: VoiceSettings, shipped: string, language: SpokenLanguage): string {
  const own = folder === undefined ? undefined : join(folder, language)
  return own !== undefined && existsSync(own) ? own : join(shipped, language)
}

/** What there is of each language now: a wall asks when it starts. */
export async function voiceNow(voice: VoiceSettings, shipped: string): Promise<BoardVoice> {
  const languages = voice.languages.map(async (language) => {
    const files = await readdir(recordingsFolder(voice, shipped, language)).catch(() => [])
    return { language, files: files.sort() }
  })
  return { volume: voice.volume / 100, languages: await Promise.all(languages) }
}
