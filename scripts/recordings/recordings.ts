import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { clipOf } from './clip.ts'

/** What is said of a language: the name of each recording, and its text. */
export type Texts = Readonly<Record<string, string>>

/** The texts from which a language is recorded, by a person or by the build. */
export const textsOf = (root: string, language: 'fr' | 'ar'): Texts =>
  JSON.parse(readFileSync(join(root, `resources/recordings/${language}.json`), 'utf8')) as Texts

/** Letters of tickets are Latin ones: in Morocco they are read the French way, and Arabic has no p and no v. */
const voiceOf = (text: string): string => (/\p{Script=Arabic}/u.test(text) ? 'ar' : 'fr-fr')

/**
 * A text as espeak-ng 1.51 says it right: at the end of a word on its own ة is an h, and of a doubled letter the vowel
 * is lost unless the letter is written twice.
 */
export const forVoice = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/(?<letter>\p{L})(?<vowel>[\u064E-\u0650])\u0651/gu, '$<letter>\u0652$<letter>$<vowel>')
    .replace(/ة$/u, 'ه')
    .normalize('NFC')

/** Slower than it speaks by itself, in words a minute: a hall echoes. */
const pace = '140'

/** The placeholder of one recording as a WAV file; undefined where there is no espeak-ng on this machine. */
export function speak(text: string): Buffer | undefined {
  const said = spawnSync('espeak-ng', ['-v', voiceOf(text), '-s', pace, '--stdout', forVoice(text)], {
    maxBuffer: 8 * 1024 * 1024,
  })
  if (said.error !== undefined || said.status !== 0) return undefined
  return clipOf(said.stdout)
}

/**
 * Puts placeholders of the wall's recordings beside the page, `recordings/fr/20.wav`, until a native speaker has
 * recorded them. Without espeak-ng the build goes on, and a wall rings without speaking.
 */
export const recordings = (root: string): Plugin => ({
  name: 'guichet:recordings',
  apply: 'build',
  generateBundle() {
    for (const language of ['fr', 'ar'] as const)
      for (const [name, text] of Object.entries(textsOf(root, language))) {
        const source = speak(text)
        if (source === undefined) {
          console.warn('No espeak-ng on this machine: the wall rings, and says no number (apt-get install espeak-ng)')
          return
        }
        this.emitFile({ type: 'asset', fileName: `recordings/${language}/${name}.wav`, source })
      }
  },
})
