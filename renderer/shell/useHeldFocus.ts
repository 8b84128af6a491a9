import { onBeforeUnmount, onMounted, type ShallowRef } from 'vue'
import { useRouter } from 'vue-router'

const stops =
  'a[href], button:not(:disabled), input:not(:disabled, [type=file]), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]'

/** What a page marks as its first useful thing (`data-first`), else its part that is open, else where Tab would stop first. */
const firstOf = (root: Element): HTMLElement | undefined =>
  [...root.querySelectorAll<HTMLElement>(`[data-first]:is(${stops}), [data-first] :is(${stops})`)]
    .concat([...root.querySelectorAll<HTMLElement>(`[aria-current=page]:is(${stops})`)])
    .concat([...root.querySelectorAll<HTMLElement>(stops)])
    .find((one) => one.tabIndex >= 0)

/**
 * The focus is never nowhere, where no key but Tab does anything. A page that is opened has it on its first useful thing
 * as soon as that is there; when what had it goes away, what is left gets it. Whoever takes it himself keeps it.
 */
export function useHeldFocus(main: Readonly<ShallowRef<HTMLElement | null>>): void {
  const router = useRouter()
  let last: Element | null = null
  /** Nobody has taken the focus since it was nowhere. */
  let open = true
  const settle = (): void => {
    const { activeElement: at, body } = document
    const page = main.value
    if (at !== null && at !== body && at !== page) {
      open = false
      return
    }
    if (last !== null && !last.isConnected) open = true
    const root = document.querySelector('dialog[open]') ?? page
    if (!open || root === null) return
    const first = firstOf(root)
    if (first !== undefined) first.focus({ preventScroll: true })
    else if (at !== page) page?.focus({ preventScroll: true })
  }
  const remember = ({ target }: FocusEvent): void => {
    last = target instanceof Element ? target : null
  }
  const observer = new MutationObserver(settle)
  const leave = router.afterEach(() => {
    open = true
  })
  onMounted(() => {
    document.addEventListener('focusin', remember)
    observer.observe(document.body, { childList: true, subtree: true })
    settle()
  })
  onBeforeUnmount(() => {
    leave()
    observer.disconnect()
    document.removeEventListener('focusin', remember)
  })
}
