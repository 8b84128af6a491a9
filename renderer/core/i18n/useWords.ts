import { computed, inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Language } from '#shared/domain/text.ts'
import type { MessageKey } from './catalogue.ts'
import { formatsIn, type Formats } from './formats.ts'

export type { MessageKey } from './catalogue.ts'

/** The zone of the office, in which instants are shown; the machine's own where none is provided. */
export const zoneKey: InjectionKey<Readonly<Ref<string | undefined>>> = Symbol('zone')

export interface UseWords {
  /** The words of a key. Texts put into it are isolated (FSI … PDI); a number named `n` chooses the plural form. */
  readonly t: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string
  readonly language: ComputedRef<Language>
  readonly formats: ComputedRef<Formats>
}

const isolated = (value: string | number): string | number =>
  typeof value === 'number' ? value : `\u2068${value}\u2069`

/** Words and formats in the agent's language; both follow a switch of language at once. */
export function useWords(): UseWords {
  const i18n = useI18n({ useScope: 'global' })
  const zone = inject(zoneKey, undefined)
  const language = computed(() => i18n.locale.value as Language)
  return {
    language,
    formats: computed(() => formatsIn(language.value, zone?.value)),
    t: (key, values = {}) => {
      const safe = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isolated(value)]))
      return typeof values['n'] === 'number' ? i18n.t(key, safe, values['n']) : i18n.t(key, safe)
    },
  }
}
