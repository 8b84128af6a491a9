import { computed } from 'vue'
import type { PaletteSource } from '../../core/feature.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { useWords } from '../../core/i18n/useWords.ts'
import { useSession } from '../../core/stores/session.ts'
import { useOpened } from './stores/opened.ts'
import { intakeWords } from './words.ts'

/** Shorter words find too many people to look at. */
const shortest = 3

/** Deposits of this counter in the palette, by number, day, document or name: the sheet of the one that is picked opens. */
export function useDepositEntries(): PaletteSource {
  const [bridge, session, opened] = [useBridge(), useSession(), useOpened()]
  const { t, formats } = useWords(intakeWords)
  return {
    note: computed(() => t(session.may('serveCitizens') ? 'palette.deposits' : 'palette.noDeposits')),
    search: async (words) => {
      if (!session.may('serveCitizens') || words.trim().length < shortest) return []
      const found = await bridge.call('deposit.search', { words: words.slice(0, 200) })
      if (!found.ok) return []
      return found.value.deposits.map((deposit) => ({
        value: `deposit:${deposit.requestId}`,
        group: 'deposit',
        label: `${deposit.number} · ${deposit.citizen === '' ? t('palette.nameless') : deposit.citizen}`,
        hint: `${formats.value.text(deposit.procedure)} · ${formats.value.date(deposit.depositedAt)}`,
        icon: 'receipt',
        run: () => {
          opened.deposit = deposit
        },
      }))
    },
  }
}
