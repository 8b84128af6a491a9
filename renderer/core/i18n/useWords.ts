import { computed, inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Language } from '#shared/domain/text.ts'
import { coreWords } from '../words.ts'
import { formatsIn, type Formats } from './formats.ts'
import { currentLanguage } from './language.ts'
import { say } from './messages.ts'
import type { KeyOf, Words } from './words.ts'

/** The zone of the office, in which instants are shown; the machine's own where none is provided. */
export const zoneKey: InjectionKey<Readonly<Ref<string | undefined>>> = Symbol('zone')

/** A key of the words that all rooms share (`core/words`). */
export type SharedKey = KeyOf<typeof coreWords>

export interface UseWords<Key extends string> {
  /** The words of a key. Texts put into it are isolated (FSI … PDI); a number named `n` chooses the plural form. */
  readonly t: Say<Key>
  readonly language: ComputedRef<Language>
  readonly formats: ComputedRef<Formats>
}

type Say<Key extends string> = (key: Key, values?: Readonly<Record<string, string | number>>) => string

/** The words of a room outside of a component; what is computed from them follows a switch of language too. */
export const textOf =
  <Key extends string>(own: Words<Key>): Say<Key> =>
  (key, values = {}) => {
    const { message, writtenIn } = own.find(key, currentLanguage.value)
    return say(message, writtenIn, values)
  }

/**
 * Words and formats in the agent's language; both follow a switch of language at once. Keys are those of the room's own
 * words, then those that all rooms share (`ui.cancel`, `printing.states.sent`).
 */
export function useWords<Own extends string = never>(own?: Words<Own>): UseWords<Own | SharedKey> {
  const zone = inject(zoneKey, undefined)
  return {
    language: computed(() => currentLanguage.value),
    formats: computed(() => formatsIn(currentLanguage.value, zone?.value)),
    t: (key, values) => (own?.has(key) === true ? textOf(own)(key, values) : shared(key, values)),
  }
}

const shared: Say<string> = (key, values) => (coreWords.has(key) ? textOf(coreWords)(key, values) : key)
