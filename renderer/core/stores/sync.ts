import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { SyncView } from '#shared/contract/features/sync/calls.ts'

const dayMs = 86_400_000

/**
 * The link to the platform, what waits, and how long the counter may go on alone. `revision` grows when the outbox
 * changed.
 */
export const useSync = defineStore('sync', () => {
  const sync = shallowRef<SyncView>({ link: 'unknown', pending: 0, refused: 0, budget: { days: 0, usedMs: 0 } })
  const revision = shallowRef(0)
  const totalMs = computed(() => sync.value.budget.days * dayMs)
  const leftMs = computed(() => Math.max(0, totalMs.value - sync.value.budget.usedMs))
  return {
    sync,
    revision,
    totalMs,
    leftMs,
    /** Lines of the budget that warn, what is over first. */
    warnings: computed(() =>
      (sync.value.budget.lines ?? [])
        .filter(({ state }) => state !== 'fine')
        .sort((one, other) => Number(other.state === 'over') - Number(one.state === 'over')),
    ),
    /** Said before it bites: a half is a warning, a fifth a danger. */
    budgetTone: computed(() =>
      leftMs.value < totalMs.value / 5 ? 'danger' : leftMs.value < totalMs.value / 2 ? 'warn' : 'ok',
    ),
  }
})
