import { faults, type Fault, type FaultCode } from '#shared/fault.ts'
import type { Language } from '#shared/domain/text.ts'
import { fill } from '../../../shared/text/fill.ts'
import { isolate } from '../i18n/messages.ts'
import type { SameAs } from '../i18n/texts.ts'
import { words, type WordsFile } from '../i18n/words.ts'
import arabic from './ar.json'
import french from './fr.json'
import type { FaultSentence, FaultSentences } from './sentence.ts'

export type { FaultSentence } from './sentence.ts'

/** A sentence ready to show. `spokenIn` is the language of its words: French stands in where Amazigh has none. */
export interface FaultMessage extends FaultSentence {
  readonly support: string
  readonly spokenIn: Language
}

/** A fault without its sentence does not compile, nor a sentence without its fault. */
const ofEvery = <T extends SameAs<T, FaultSentences>>(file: WordsFile<T>): WordsFile<T> => file

const faultWords = await words({
  fr: ofEvery({ default: french }),
  ar: { default: arabic },
  en: () => import('./en.json'),
  zgh: () => import('./zgh.json'),
})

/** What to tell an agent about a fault: what happened, what is safe, what to do, and the code for IT support. */
export function faultSentence(fault: Fault, language: Language): FaultMessage {
  const { code, values = {} } = fault
  const part = (name: keyof FaultSentence): string => {
    const { message } = faultWords.find(`${code}.${name}`, language)
    return typeof message === 'string'
      ? message
      : fill(message[0] ?? [], values, { around: isolate, missing: () => isolate('…') })
  }
  return {
    what: part('what'),
    safe: part('safe'),
    next: part('next'),
    support: supportCode(code),
    spokenIn: faultWords.find(`${code}.what`, language).writtenIn,
  }
}

/**
 * A code short enough to say on the telephone (`CAR-417`): the area, then three digits hashed from the fault code
 * (FNV-1a, 32 bits),
 * so that it never changes when the catalogue grows.
 */
export function supportCode(code: FaultCode): string {
  let hash = 0x811c9dc5
  for (const character of code) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return `${code.slice(0, 3).toUpperCase()}-${String((hash % 900) + 100)}`
}

/** The fault code behind a support code, for those who answer the telephone. */
export const faultOfSupportCode = (support: string): FaultCode | undefined =>
  (Object.keys(faults) as FaultCode[]).find((code) => supportCode(code) === support.trim().toUpperCase())
