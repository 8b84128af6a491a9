import { computed, shallowRef, type ComputedRef } from 'vue'
import { useRouter } from 'vue-router'
import { languages } from '#shared/domain/text.ts'
import { useBridge } from '../core/bridge/index.ts'
import type { Inside, PaletteEntry } from '../core/feature.ts'
import { languageLabel } from '../core/i18n/language.ts'
import { useWords } from '../core/i18n/useWords.ts'
import { pageName, pagesFor } from './pages.ts'
import { themes } from '../core/preferences.ts'
import { keys as bound } from '../core/keys.ts'
import { useShortcuts } from '../core/shortcuts.ts'
import { useSession } from '../core/stores/session.ts'
import { useTheme } from '../core/theme.ts'
import { useLanguage } from '../core/useLanguage.ts'
import { useLookup } from '../core/useLookup.ts'

/**
 * Everything that can be asked for by name: the acts bound to a key right now, pages, settings, and what the features
 * bring. Features whose entries are not known beforehand are asked as one types, each by itself: one that fails or is slow
 * holds up no other.
 */
export function useCommands(insides: readonly Inside[]): {
  commands: ComputedRef<readonly PaletteEntry[]>
  /** Whether what the features found does not answer yet what was typed. */
  waiting: ComputedRef<boolean>
  /** What the search looks through, and what it does not see. */
  notes: ComputedRef<readonly string[]>
  /** The palette opens: nothing is typed yet. */
  begin: () => void
  typed: (words: string) => void
  hurry: () => void
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
  const searches = sources.flatMap(({ search }) => {
    if (search === undefined) return []
    const found = shallowRef<readonly PaletteEntry[]>([])
    const lookup = useLookup(search, (answer) => {
      found.value = answer ?? []
    })
    return [{ ...lookup, found }]
  })

  const acts = (): PaletteEntry[] =>
    shortcuts.bound.flatMap(({ keys, run, words }) =>
      words === undefined || keys === bound.palette
        ? []
        : [
            {
              value: `act:${keys}`,
              group: 'act' as const,
              label: words(),
              icon: 'enter' as const,
              shortcut: keys,
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
        label: `${t('frame.language')} : ${languageLabel(one, (values) => t('frame.partly', values))}`,
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
  const order = ['act', 'page', 'deposit', 'mail', 'procedure', 'setting'] as const
  const brought = () => [
    ...sources.flatMap(({ entries }) => entries?.value ?? []),
    ...searches.flatMap(({ found }) => found.value.map((entry) => ({ ...entry, sought: true as const }))),
  ]
  return {
    commands: computed(() =>
      [...acts(), ...shownPages(), ...brought(), ...settings()].sort(
        (one, other) => order.indexOf(one.group) - order.indexOf(other.group),
      ),
    ),
    waiting: computed(() => searches.some(({ waiting }) => waiting.value)),
    notes: computed(() => sources.flatMap(({ note }) => note?.value ?? [])),
    begin: () => {
      for (const { found, look } of searches) {
        found.value = []
        void look('')
      }
    },
    typed: (words) => {
      for (const search of searches) search.typed(words)
    },
    hurry: () => {
      for (const search of searches) search.hurry()
    },
  }
}
