import { useRouter } from 'vue-router'
import type { PaletteSource } from '../../core/feature.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { useWords } from '../../core/i18n/useWords.ts'
import { useSession } from '../../core/stores/session.ts'

/** Sheets of the catalogue in the palette, by any word of their titles: the counter opens on the one that is picked. */
export function useProcedureEntries(): PaletteSource {
  const [bridge, router, session] = [useBridge(), useRouter(), useSession()]
  const { formats } = useWords()
  return {
    search: async () => {
      if (!session.may('serveCitizens')) return []
      const listed = await bridge.call('catalogue.list', {})
      return !listed.ok
        ? []
        : listed.value.procedures.map((one) => ({
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
    },
  }
}
