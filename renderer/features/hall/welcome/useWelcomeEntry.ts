import { computed } from 'vue'
import type { PaletteEntry, PaletteSource } from '../../../core/feature.ts'
import { keys } from '../../../core/keys.ts'
import { useSession } from '../../../core/stores/session.ts'
import { useWelcome } from '../../../core/welcome.ts'
import { useHall } from '../hall.ts'
import { useHallNames } from '../useHallNames.ts'

/** The welcome desk in the palette, where the hall gives tickets. */
export function useWelcomeEntry(): PaletteSource {
  const [session, hall, welcome] = [useSession(), useHall(), useWelcome()]
  const { t } = useHallNames()
  return {
    entries: computed((): readonly PaletteEntry[] =>
      session.may('useHall') && hall.view?.open === true
        ? [
            {
              value: 'hall:welcome',
              group: 'act',
              label: t('welcome.open'),
              icon: 'queue',
              shortcut: keys.welcome,
              run: () => {
                welcome.open = true
              },
            },
          ]
        : [],
    ),
  }
}
