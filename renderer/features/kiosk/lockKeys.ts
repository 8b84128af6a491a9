/** What a person without a touch screen, and a keypad below it, need; every other key belongs to a program that can be left. */
const free = new Set(['Tab', 'Enter', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Backspace'])

/** Whether a key does anything at a kiosk: no function key, no Escape, no chord. */
export const isFree = ({
  key,
  ctrlKey,
  altKey,
  metaKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>) =>
  !ctrlKey && !altKey && !metaKey && (free.has(key) || /^\d$/u.test(key))

/** Nothing that is pressed, held, dragged or dropped leads out of the page of a kiosk. */
export function lockKeys(page: Window): void {
  const stop = (event: Event): void => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  page.addEventListener(
    'keydown',
    (event) => {
      if (!isFree(event)) stop(event)
    },
    { capture: true },
  )
  for (const kind of ['contextmenu', 'dragstart', 'drop', 'auxclick', 'wheel'] as const)
    page.addEventListener(
      kind,
      (event) => {
        // A wheel scrolls; with Ctrl it would zoom, and the next person finds another page.
        if (kind !== 'wheel' || (event as WheelEvent).ctrlKey) stop(event)
      },
      { capture: true, passive: false },
    )
}
