import { inject, onScopeDispose, shallowReactive, type InjectionKey } from 'vue'
import { keys, type Meaning, type pageKey } from './keys.ts'

export interface Shortcut {
  /** As `keysOf` says them: `F2`, `Ctrl+Enter`, `?` */
  readonly keys: string
  readonly run: () => void
  /** Says what it does; without words it does not stand on the sheet of shortcuts. */
  readonly words?: () => string
  /** It holds on every screen, not only on this one. */
  readonly everywhere?: boolean
  /** Where it says no, the key is as if it were not bound. */
  readonly when?: () => boolean
}
export interface Shortcuts {
  readonly bound: readonly Shortcut[]
  readonly bind: (shortcut: Shortcut) => () => void
}
export const shortcutsKey: InjectionKey<Shortcuts> = Symbol('shortcuts')

/**
 * `Ctrl+K` for an event, whatever the layout. A letter is the one that the layout prints, so that `Ctrl+A` is the key
 * with an A on AZERTY too; a layout that prints none of ours (Arabic, Tifinagh) has it at its place on an American
 * keyboard. A digit is its place in the upper row: AZERTY prints `&` there, Arabic may print `١`.
 */
export function keysOf(event: KeyboardEvent): string {
  // Elsewhere Shift only tells what a key prints.
  const shift = event.ctrlKey && event.shiftKey && event.key === 'Enter'
  return `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${keyOf(event)}`
}

function keyOf(event: KeyboardEvent): string {
  const { key, code } = event
  if (key === '؟') return '?'
  if (key === ' ') return 'Space'
  const digit = /^Digit(\d)$/u.exec(code)?.[1]
  // With Shift alone, or AltGr, the upper row types: `!`, `~`, or the digit of AZERTY.
  const types = !event.altKey && (event.shiftKey || event.getModifierState('AltGraph'))
  if (digit !== undefined && !types) return digit
  const place = /^Key([A-Z])$/u.exec(code)?.[1]
  if (place !== undefined && otherScript.test(key)) return place
  return key.length === 1 ? key.toUpperCase() : key
}
/** A letter of a script that none of our keys is named in; a ligature of two counts as well. */
const otherScript = /^(?!\p{Script=Latin})[\p{L}\p{M}]/u

/** What a field makes of a key by itself: a letter, and what takes one away. */
const written = (keys: string): boolean => keys.length === 1 || keys === 'Space' || keys === 'Delete'
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
    if (written(keys) && typing(event.target)) return
    const found = bound.findLast((one) => one.keys === keys && one.when?.() !== false)
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

/** Binds the key of a meaning, or that of a page, while the component is on screen. With `words` it stands on the sheet. */
export function useShortcut(
  meaning: Meaning | ReturnType<typeof pageKey>,
  run: () => void,
  words?: () => string,
  { everywhere = false, when }: Pick<Shortcut, 'everywhere' | 'when'> = {},
): void {
  const { bind } = useShortcuts()
  // In the set-up, not when mounted: what stands inside binds after what is around it, and is asked before it.
  onScopeDispose(
    bind({
      keys: meaning in keys ? keys[meaning as Meaning] : meaning,
      run,
      everywhere,
      ...(words === undefined ? {} : { words }),
      ...(when === undefined ? {} : { when }),
    }),
  )
}
