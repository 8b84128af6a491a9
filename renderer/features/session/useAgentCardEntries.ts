import { computed } from 'vue'
import { useBridge } from '../../core/bridge/index.ts'
import type { PaletteEntry, PaletteSource } from '../../core/feature.ts'
import { useWords } from '../../core/i18n/useWords.ts'
import { useApp } from '../../core/stores/app.ts'
import { useSession } from '../../core/stores/session.ts'

/** In training the card of an agent is put in and taken out by name. */
export function useAgentCardEntries(): PaletteSource {
  const [app, bridge, session] = [useApp(), useBridge(), useSession()]
  const { t } = useWords()
  return {
    entries: computed((): readonly PaletteEntry[] =>
      app.state?.training !== true
        ? []
        : [
            {
              value: 'agentCard',
              group: 'setting',
              label: t(session.agentCard.state === 'none' ? 'agentCard.insert' : 'agentCard.remove'),
              icon: 'training',
              run: () => {
                void bridge.call('training.agentCard', { inserted: session.agentCard.state === 'none' })
              },
            },
          ],
    ),
  }
}
