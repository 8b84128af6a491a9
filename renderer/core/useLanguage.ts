import { computed, type WritableComputedRef } from 'vue'
import type { Language } from '#shared/domain/text.ts'
import { useBridge } from './bridge/index.ts'
import { currentLanguage, rememberLanguage, speak } from './i18n/language.ts'
import { useSession } from './stores/session.ts'

/** The agent's language; setting it turns the whole page at once and is kept with the account. */
export function useLanguage(): WritableComputedRef<Language> {
  const bridge = useBridge()
  const session = useSession()
  return computed({
    get: () => currentLanguage.value,
    set: (chosen) => {
      void speak(chosen)
      rememberLanguage(chosen)
      if (session.signedIn) void bridge.call('session.language', { language: chosen })
    },
  })
}
