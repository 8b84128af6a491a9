import { computed, shallowRef, type ComputedRef } from 'vue'
import { useRouter } from 'vue-router'
import { languages } from '#shared/domain/text.ts'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import { useBridge } from '../core/bridge/index.ts'
import { languageNames } from '../core/i18n/index.ts'
import { useWords } from '../core/i18n/useWords.ts'
import type { IconName } from '../ui/icons.ts'
import { pagesFor } from './pages.ts'
import { themes } from '../core/preferences.ts'
import { useShortcuts } from '../core/shortcuts.ts'
import { useApp } from '../core/stores/app.ts'
import { useSession } from '../core/stores/session.ts'
import { useTheme } from '../core/theme.ts'
import { useLanguage } from '../core/useLanguage.ts'

export interface Command {
  readonly value: string
  readonly group: 'act' | 'page' | 'procedure' | 'setting'
  readonly label: string
  readonly hint?: string
  readonly keywords?: string
  readonly icon: IconName
  readonly shortcut?: string
  readonly run: () => void
}

/** Everything that can be asked for by name: the acts bound to a key right now, pages, procedures, settings. */
export function useCommands(): { commands: ComputedRef<readonly Command[]>; refresh: () => Promise<void> } {
  const { t, formats } = useWords()
  const [app, bridge, router, session, shortcuts, theme, language] = [
    useApp(),
    useBridge(),
    useRouter(),
    useSession(),
    useShortcuts(),
    useTheme(),
    useLanguage(),
  ]
  const procedures = shallowRef<readonly Procedure[]>([])

  const acts = (): Command[] =>
    shortcuts.bound.flatMap(({ keys, run, words }) =>
      words === undefined || words === 'frame.keys.palette'
        ? []
        : [
            {
              value: `act:${keys}`,
              group: 'act' as const,
              label: t(words),
              icon: 'enter' as const,
              shortcut: keys.replace('Escape', 'Esc'),
              run,
            },
          ],
    )
  const shownPages = (): Command[] =>
    pagesFor(session.may).map((page) => ({
      value: `page:${page.name}`,
      group: 'page',
      label: t(`frame.${page.name}`),
      icon: page.icon,
      run: () => {
        void router.push({ name: page.name })
      },
    }))
  const sheets = (): Command[] =>
    !session.may('serveCitizens')
      ? []
      : procedures.value.map((one) => ({
          value: `procedure:${one.code}`,
          group: 'procedure',
          label: formats.value.text(one.title),
          hint: formats.value.text(one.category),
          icon: 'file',
          keywords: [one.code, one.title.fr, one.title.ar, one.title.en, one.category.fr, one.category.ar].join(' '),
          run: () => {
            void router.push({ name: 'counter', query: { procedure: one.code } })
          },
        }))
  const settings = (): Command[] => [
    ...languages
      .filter((one) => one !== language.value)
      .map((one): Command => ({
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
      .map((one): Command => ({
        value: `theme:${one}`,
        group: 'setting',
        label: `${t('frame.theme')} : ${t(`frame.themes.${one}`)}`,
        icon: 'screen',
        run: () => {
          theme.value = one
        },
      })),
    ...(app.state?.training === true
      ? [
          {
            value: 'agentCard',
            group: 'setting' as const,
            label: t(session.agentCard.state === 'none' ? 'login.card.simulate' : 'login.card.simulateOut'),
            icon: 'training' as const,
            run: () => {
              void bridge.call('training.agentCard', { inserted: session.agentCard.state === 'none' })
            },
          },
        ]
      : []),
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
  return {
    commands: computed(() => [...acts(), ...shownPages(), ...sheets(), ...settings()]),
    refresh: async () => {
      const listed = await bridge.call('catalogue.list', {})
      if (listed.ok) procedures.value = listed.value.procedures
    },
  }
}
