import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { useBridge } from '../../core/bridge/index.ts'
import type { PaletteEntry, PaletteSource } from '../../core/feature.ts'
import { useWords } from '../../core/i18n/useWords.ts'
import { useSession } from '../../core/stores/session.ts'
import { useMailOffice, viewIcons, type MailView } from './office.ts'
import { mailWords } from './words.ts'

/** Shorter words find too much to look at. */
const shortest = 3

/** The parts of the mail office, and letters by number, sender, subject or reference, for who may see them. */
export function useMailEntries(): PaletteSource {
  const [bridge, router, session, office] = [useBridge(), useRouter(), useSession(), useMailOffice()]
  const { t } = useWords(mailWords)
  const show = (view: MailView): void => {
    office.view = view
    go()
  }
  const go = (query: Readonly<Record<string, string>> = {}): void => {
    void router.push({ name: 'mail', query })
  }
  return {
    entries: computed((): readonly PaletteEntry[] => [
      ...office.views.slice(1).map((view) => ({
        value: `mail:${view}`,
        group: 'mail' as const,
        label: t(`views.${view}`),
        icon: viewIcons[view],
        run: () => {
          show(view)
        },
      })),
      ...(office.closes
        ? [
            {
              value: 'mail:archive',
              group: 'mail' as const,
              label: t('archive.title'),
              icon: 'archive' as const,
              run: () => {
                show('archive')
              },
            },
            {
              value: 'mail:takeover',
              group: 'mail' as const,
              label: t('takeover.title'),
              icon: 'import' as const,
              run: () => {
                show('takeover')
              },
            },
          ]
        : []),
    ]),
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
