import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'

/** Files dropped on an element go to `take`; the returned flag is true while some hang over it. */
export function useFileDrop(
  element: Readonly<ShallowRef<HTMLElement | null>>,
  take: (files: FileList) => void,
): Readonly<ShallowRef<boolean>> {
  const over = shallowRef(false)
  const hover = (event: DragEvent): void => {
    event.preventDefault()
    over.value = true
  }
  const leave = (): void => {
    over.value = false
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    over.value = false
    if (event.dataTransfer !== null) take(event.dataTransfer.files)
  }
  const listen = (change: 'addEventListener' | 'removeEventListener'): void => {
    element.value?.[change]('dragover', hover as EventListener)
    element.value?.[change]('dragleave', leave)
    element.value?.[change]('drop', drop as EventListener)
  }
  onMounted(() => {
    listen('addEventListener')
  })
  onBeforeUnmount(() => {
    listen('removeEventListener')
  })
  return over
}
