import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { OutboxItemView } from '#shared/contract/views.ts'
import type { Fault } from '#shared/fault.ts'
import { useSync } from '../../app/stores/sync.ts'
import { useBridge } from '../../bridge/index.ts'
import { countOf, firstFilter, shown, type Filter } from './outbox.ts'

/** What waits for the platform and what it answered. The list is read again whenever the outbox says that it changed. */
export const useOutbox = defineStore('sync.outbox', () => {
  const bridge = useBridge()
  const sync = useSync()
  const items = shallowRef<readonly OutboxItemView[]>()
  const fault = shallowRef<Fault>()
  const draining = shallowRef(false)
  const drainFault = shallowRef<Fault>()
  const chosen = shallowRef<Filter>()

  const load = async (): Promise<void> => {
    const result = await bridge.call('outbox.list', {})
    fault.value = result.ok ? undefined : result.fault
    if (result.ok) items.value = result.value.items
  }
  watch(() => sync.revision, () => { if (items.value !== undefined) void load() })

  const filter = computed({
    get: () => chosen.value ?? firstFilter(items.value ?? []),
    set: (next) => { chosen.value = next },
  })
  return {
    items, fault, draining, drainFault, filter, load,
    rows: computed(() => shown(items.value ?? [], filter.value)),
    count: (of: Filter) => countOf(items.value ?? [], of),
    /** Sends at once instead of at the next attempt. Answers how many still wait, or undefined when it could not be tried. */
    drain: async (): Promise<number | undefined> => {
      if (draining.value) return undefined
      draining.value = true
      const result = await bridge.call('outbox.drain', {})
      draining.value = false
      drainFault.value = result.ok ? undefined : result.fault
      if (result.ok) sync.sync = result.value
      await load()
      return result.ok ? result.value.pending : undefined
    },
  }
})
