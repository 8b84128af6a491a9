import { inject, onBeforeUnmount, onMounted, shallowReactive, type InjectionKey } from 'vue'

export interface Shortcut {
  /** `F2`, `Ctrl+Enter`, `Ctrl+K`, `Escape`, `?` */
  readonly keys: string
  readonly run: () => void
  /** Says what it does; without words it does not stand on the sheet of shortcuts. */
  readonly words?: () => string
  /** It holds on every screen, not only on this one. */
  readonly everywhere?: boolean
}
export interface Shortcuts {
  readonly bound: readonly Shortcut[]
  readonly bind: (shortcut: Shortcut) => () => void
}
export const shortcutsKey: InjectionKey<Shortcuts> = Symbol('shortcuts')

/** `Ctrl+K` for an event; letters by their key, so that it holds on AZERTY; Arabic layouts by the code of the key. */
export function keysOf(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
  const latin = /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : undefined
  const key =
    event.ctrlKey && event.key.length === 1 && latin === undefined && letter !== undefined
      ? letter
      : (latin ?? event.key)
  return `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${key}`
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio'))

/**
 * One listener for the whole window; the last one bound to a key has it, so a screen overrides the frame. Silent under
 * a modal dialog.
 */
export function createShortcuts(page: Window = window): Shortcuts {
  const bound = shallowReactive<Shortcut[]>([])
  page.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.repeat || page.document.querySelector('dialog[open]') !== null) return
    const keys = keysOf(event)
    if (keys.length === 1 && typing(event.target)) return
    const found = bound.findLast((one) => one.keys === keys)
    if (found === undefined) return
    event.preventDefault()
    found.run()
  })
  return {
    bound,
    bind: (shortcut) => {
      bound.push(shortcut)
      return () => {
        bound.splice(bound.indexOf(shortcut), 1)
      }
    },
  }
}

export function useShortcuts(): Shortcuts {
  const shortcuts = inject(shortcutsKey)
  if (shortcuts === undefined) throw new TypeError('shortcuts are not provided')
  return shortcuts
}

/** Binds a key while the component is on screen. With `words` it also stands on the sheet (`?`). */
export function useShortcut(keys: string, run: () => void, words?: () => string, everywhere = false): void {
  const shortcuts = useShortcuts()
  let release = (): void => {}
  onMounted(() => {
    release = shortcuts.bind({ keys, run, everywhere, ...(words === undefined ? {} : { words }) })
  })
  onBeforeUnmount(() => {
    release()
  })
}
