import { nextTick } from 'vue'

const stops = 'a[href], button, input, select, textarea, [tabindex="0"]'
/** Where Tab stops, in the order of the document; inside an open dialog only there. */
const stopsNow = (): HTMLElement[] => {
  const within = document.querySelector('dialog[open]') ?? document.body
  return [...within.querySelectorAll<HTMLElement>(stops)].filter(
    (one) => one.tabIndex >= 0 && !one.hasAttribute('disabled'),
  )
}

/**
 * A keyboard and nothing else, with what a browser does by itself: Tab moves, Enter and Space press the button with the
 * focus.
 */
export const keyboard = {
  /** `Enter`, `F9`, `ArrowDown`; `Ctrl+Enter`. */
  press: async (keys: string): Promise<void> => {
    const target = document.activeElement ?? document.body
    const key = keys.replace('Ctrl+', '')
    const event = new KeyboardEvent('keydown', { key, ctrlKey: keys !== key, bubbles: true, cancelable: true })
    if (target.dispatchEvent(event) && keys === 'Enter' && target instanceof HTMLButtonElement) target.click()
    await nextTick()
  },
  /** Tabs until the focus is on what `found` accepts; throws when a whole round does not meet it. */
  tabTo: (found: (element: HTMLElement) => boolean): HTMLElement => {
    const all = stopsNow()
    const from = all.indexOf(document.activeElement as HTMLElement)
    for (let step = 1; step <= all.length; step += 1) {
      const next = all[(from + step) % all.length]
      next?.focus()
      if (next !== undefined && document.activeElement === next && found(next)) return next
    }
    throw new Error('Tab does not lead there')
  },
  /** Types into the field with the focus, or chooses in its list. */
  write: async (text: string): Promise<void> => {
    const field = document.activeElement
    if (!(
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    ))
      throw new Error('the focus is in no field')
    field.value = text
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
    await nextTick()
  },
}
