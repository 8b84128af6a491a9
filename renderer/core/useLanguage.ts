import { computed, type WritableComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Language } from '#shared/domain/text.ts'
import { useBridge } from './bridge/index.ts'
import { turnPage } from './i18n/index.ts'
import { rememberLanguage } from './preferences.ts'
import { useSession } from './stores/session.ts'

/** The agent's language; setting it turns the whole page at once and is kept with the account. */
export function useLanguage(): WritableComputedRef<Language> {
  const i18n = useI18n({ useScope: 'global' })
  const bridge = useBridge()
  const session = useSession()
  return computed({
    get: () => i18n.locale.value as Language,
    set: (chosen) => {
      i18n.locale.value = chosen
      turnPage(chosen)
      rememberLanguage(chosen)
      if (session.signedIn) void bridge.call('session.language', { language: chosen })
    },
  })
}
