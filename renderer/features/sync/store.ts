import { computed, shallowRef, watch } from 'vue'
import type { OutboxItemView, ReferenceView } from '#shared/contract/features/sync/calls.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import { useSync } from '../../core/stores/sync.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { countOf, firstFilter, shown, type Filter } from './outbox.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'

/** What a stick carried: out, or in. */
export type Carried =
  | { readonly kind: 'nothing' | 'known' }
  | { readonly kind: 'exported'; readonly acts: number; readonly files: number; readonly name: string }
  | {
      readonly kind: 'imported'
      readonly applied: number
      readonly rejected: number
      readonly conflict: number
      readonly files: number
    }

/**
 * What waits for the platform and what it answered. The list is read again whenever the outbox says that it changed.
 */
export const useOutbox = defineSessionStore('sync.outbox', () => {
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
  watch(
    () => sync.revision,
    () => {
      if (items.value !== undefined) {
        void load()
        void readReference()
      }
    },
  )

  const filter = computed({
    get: () => chosen.value ?? firstFilter(items.value ?? []),
    set: (next) => {
      chosen.value = next
    },
  })
  /** What the last export or import came to, until the next one. */
  const carried = shallowRef<Carried>()
  const carrierFault = shallowRef<Fault>()
  const carrying = shallowRef(false)
  const carry = async <T>(ask: Promise<Result<T>>, become: (value: T) => Carried): Promise<T | undefined> => {
    carrying.value = true
    const result = await ask
    carrying.value = false
    carrierFault.value = result.ok || result.fault.code === 'call.cancelled' ? undefined : result.fault
    carried.value = result.ok ? become(result.value) : undefined
    return result.ok ? result.value : undefined
  }
  const reference = shallowRef<ReferenceView>()
  const readReference = async (): Promise<void> => {
    const result = await bridge.call('reference.status', {})
    if (result.ok) reference.value = result.value
  }
  return {
    carried,
    carrierFault,
    carrying,
    reference,
    readReference,
    /** Seals all that waits into a file of the person's choice; when they leave it, nothing is said. */
    export: async (): Promise<void> => {
      if (carrying.value) return
      await carry(bridge.call('outbox.export', {}), ({ acts, files, name }) =>
        acts + files === 0 ? { kind: 'nothing' } : { kind: 'exported', acts, files, name },
      )
    },
    takeAnswers: async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      if (carrying.value) return
      await carry(bridge.call('outbox.importAnswers', { bytes }), ({ news, ...tally }) =>
        news === 0 ? { kind: 'known' } : { kind: 'imported', ...tally, applied: tally.applied + tally.duplicate },
      )
      await load()
    },
    items,
    fault,
    draining,
    drainFault,
    filter,
    load,
    rows: computed(() => shown(items.value ?? [], filter.value)),
    count: (of: Filter) => countOf(items.value ?? [], of),
    /**
     * Sends at once instead of at the next attempt. Answers how many still wait, or undefined when it could not be
     * tried.
     */
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
