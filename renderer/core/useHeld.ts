import { computed, shallowRef, watch, type ComputedRef } from 'vue'

/**
 * What a decision is about: what was there when it was begun, whatever the list behind it does meanwhile. While nobody
 * decides it is what is there now.
 */
export function useHeld<T>(live: () => T, deciding: () => boolean): ComputedRef<T> {
  const held = shallowRef<{ readonly value: T }>()
  watch(
    deciding,
    (now) => {
      held.value = now ? { value: live() } : undefined
    },
    { flush: 'sync', immediate: true },
  )
  return computed(() => (held.value === undefined ? live() : held.value.value))
}
