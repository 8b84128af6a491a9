import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { useBridge } from '../../core/bridge/index.ts'
import type { PaletteEntry, PaletteSource } from '../../core/feature.ts'
import { useWords } from '../../core/i18n/useWords.ts'
import { useSession } from '../../core/stores/session.ts'
import { useMailOffice } from './office.ts'
import { mailWords } from './words.ts'

/** Shorter words find too much to look at. */
const shortest = 3

/** The parts of the mail office, and letters by number, sender, subject or reference, for who may see them. */
export function useMailEntries(): PaletteSource {
  const [bridge, router, session, office] = [useBridge(), useRouter(), useSession(), useMailOffice()]
  const { t } = useWords(mailWords)
  const go = (query: Readonly<Record<string, string>> = {}): void => {
    void router.push({ name: 'mail', query })
  }
  const icons = { letters: 'mail', entry: 'type', stack: 'stack', slips: 'delivered', closing: 'lock' } as const
  return {
    entries: computed(() =>
      office.views.slice(1).map((view): PaletteEntry => ({
        value: `mail:${view}`,
        group: 'mail',
        label: t(`views.${view}`),
        icon: icons[view],
        run: () => {
          office.view = view
          go()
        },
      })),
    ),
    search: async (words): Promise<readonly PaletteEntry[]> => {
      if (!session.may('readMail') || words.trim().length < shortest) return []
      const found = await bridge.call('mail.search', { words: words.slice(0, 200), limit: 5 })
      if (!found.ok) return []
      return found.value.lines.map((line) => ({
        value: `mail:${line.number}`,
        group: 'mail',
        label: line.subject,
        hint: `${line.number} · ${line.sender.name}`,
        icon: 'mail',
        run: () => {
          go({ number: line.number })
        },
      }))
    },
  }
}
