import { faults, type Fault, type FaultCode } from '#shared/fault.ts'
import type { Language } from '#shared/domain/text.ts'
import { ar } from './ar.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { fill, type FaultSentence } from './sentence.ts'
import { zgh } from './zgh.ts'

export type { FaultSentence } from './sentence.ts'

/** A sentence ready to show. `spokenIn` is the language of its words: French stands in where Amazigh has none. */
export interface FaultMessage extends FaultSentence {
  readonly support: string
  readonly spokenIn: Language
}

/** The template of a code in a language, and the language that it is really written in. */
export function templateOf(code: FaultCode, language: Language): { sentence: FaultSentence; spokenIn: Language } {
  if (language === 'ar') return { sentence: ar[code], spokenIn: 'ar' }
  if (language === 'en') return { sentence: en[code], spokenIn: 'en' }
  const confirmed = language === 'zgh' ? zgh[code] : 'fr'
  return confirmed === 'fr' ? { sentence: fr[code], spokenIn: 'fr' } : { sentence: confirmed, spokenIn: 'zgh' }
}

/** What to tell an agent about a fault: what happened, what is safe, what to do, and the code for IT support. */
export function faultSentence(fault: Fault, language: Language): FaultMessage {
  const { sentence, spokenIn } = templateOf(fault.code, language)
  const values = fault.values ?? {}
  return {
    what: fill(sentence.what, values),
    safe: fill(sentence.safe, values),
    next: fill(sentence.next, values),
    support: supportCode(fault.code),
    spokenIn,
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
