import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'

/** The inner size of an element as it changes, in CSS pixels; `before` until it is known, and where nothing is laid out. */
export function useSize(
  element: Readonly<ShallowRef<Element | null>>,
  before: { readonly width: number; readonly height: number },
): Readonly<ShallowRef<{ readonly width: number; readonly height: number }>> {
  const size = shallowRef(before)
  const observer =
    typeof ResizeObserver === 'undefined'
      ? undefined
      : new ResizeObserver(([entry]) => {
          if (entry !== undefined) size.value = { width: entry.contentRect.width, height: entry.contentRect.height }
        })
  onMounted(() => {
    if (element.value !== null) observer?.observe(element.value)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return size
}
