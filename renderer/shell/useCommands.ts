import { computed, shallowRef, type ComputedRef } from 'vue'
import { useRouter } from 'vue-router'
import { languages } from '#shared/domain/text.ts'
import { useBridge } from '../core/bridge/index.ts'
import type { Inside, PaletteEntry } from '../core/feature.ts'
import { languageNames } from '../core/i18n/language.ts'
import { useWords } from '../core/i18n/useWords.ts'
import { pageName, pagesFor } from './pages.ts'
import { themes } from '../core/preferences.ts'
import { useShortcuts } from '../core/shortcuts.ts'
import { useSession } from '../core/stores/session.ts'
import { useTheme } from '../core/theme.ts'
import { useLanguage } from '../core/useLanguage.ts'

/**
 * Everything that can be asked for by name: the acts bound to a key right now, pages, settings, and what the features
 * bring. `lookFor` asks those whose entries are not known beforehand; the newest words win.
 */
export function useCommands(insides: readonly Inside[]): {
  commands: ComputedRef<readonly PaletteEntry[]>
  lookFor: (words: string) => Promise<void>
} {
  const { t } = useWords()
  const [bridge, router, session, shortcuts, theme, language] = [
    useBridge(),
    useRouter(),
    useSession(),
    useShortcuts(),
    useTheme(),
    useLanguage(),
  ]
  const sources = insides.flatMap(({ palette }) => palette?.() ?? [])
  const found = shallowRef<readonly PaletteEntry[]>([])

  const acts = (): PaletteEntry[] =>
    shortcuts.bound.flatMap(({ keys, run, words }) =>
      words === undefined || keys === 'Ctrl+K'
        ? []
        : [
            {
              value: `act:${keys}`,
              group: 'act' as const,
              label: words(),
              icon: 'enter' as const,
              shortcut: keys.replace('Escape', 'Esc'),
              run,
            },
          ],
    )
  const shownPages = (): PaletteEntry[] =>
    pagesFor(session.may).map((page) => ({
      value: `page:${page.name}`,
      group: 'page',
      label: pageName(page),
      icon: page.icon,
      run: () => {
        void router.push({ name: page.name })
      },
    }))
  const settings = (): PaletteEntry[] => [
    ...languages
      .filter((one) => one !== language.value)
      .map((one): PaletteEntry => ({
        value: `language:${one}`,
        group: 'setting',
        label: `${t('frame.language')} : ${languageNames[one].name}`,
        icon: 'language',
        keywords: one,
        run: () => {
          language.value = one
        },
      })),
    ...themes
      .filter((one) => one !== theme.value)
      .map((one): PaletteEntry => ({
        value: `theme:${one}`,
        group: 'setting',
        label: `${t('frame.theme')} : ${t(`frame.themes.${one}`)}`,
        icon: 'screen',
        run: () => {
          theme.value = one
        },
      })),
    {
      value: 'signOut',
      group: 'setting',
      label: t('frame.signOut'),
      icon: 'signOut',
      run: () => {
        void bridge.call('session.signOut', {})
      },
    },
  ]
  const order = ['act', 'page', 'procedure', 'setting'] as const
  const brought = (): PaletteEntry[] => [...sources.flatMap(({ entries }) => entries?.value ?? []), ...found.value]
  let asked = 0
  return {
    commands: computed(() =>
      [...acts(), ...shownPages(), ...brought(), ...settings()].sort(
        (one, other) => order.indexOf(one.group) - order.indexOf(other.group),
      ),
    ),
    lookFor: async (words) => {
      const mine = (asked += 1)
      const answers = await Promise.all(sources.map(({ search }) => search?.(words) ?? Promise.resolve([])))
      // A slower answer to older words says nothing any more.
      if (mine === asked) found.value = answers.flat()
    },
  }
}
