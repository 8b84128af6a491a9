import { useRouter } from 'vue-router'
import type { PaletteSource } from '../../core/feature.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { useWords } from '../../core/i18n/useWords.ts'
import { useSession } from '../../core/stores/session.ts'

/** A palette is read at a glance. */
const limit = 20

/** Sheets of the catalogue in the palette, by any word of their titles: the counter opens on the one that is picked. */
export function useProcedureEntries(): PaletteSource {
  const [bridge, router, session] = [useBridge(), useRouter(), useSession()]
  const { formats } = useWords()
  return {
    search: async (words) => {
      if (!session.may('serveCitizens')) return []
      const found = await bridge.call('catalogue.search', { words: words.slice(0, 200), limit })
      return !found.ok
        ? []
        : found.value.entries.map((one) => ({
            value: `procedure:${one.code}`,
            group: 'procedure',
            label: formats.value.text(one.title),
            hint: formats.value.text(one.category),
            icon: 'file',
            run: () => {
              void router.push({ name: 'counter', query: { procedure: one.code } })
            },
          }))
    },
  }
}
