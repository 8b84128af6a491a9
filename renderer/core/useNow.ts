import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'

/** The present minute, for clocks and "3 min ago". */
export function useNow(everyMs = 15_000): Readonly<ShallowRef<Date>> {
  const now = shallowRef(new Date())
  const timer = setInterval(() => {
    now.value = new Date()
  }, everyMs)
  onBeforeUnmount(() => {
    clearInterval(timer)
  })
  return now
}
