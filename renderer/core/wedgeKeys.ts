import { americanKey } from './americanKeys.ts'
import { frameEnd, framing, gap, noBurst, pause, press, readBurst, type Step } from './wedge.ts'

/** The window, as far as it has keys. */
export type Keys = Pick<Window, 'addEventListener' | 'document'>

/**
 * Hears the keys of the window before anything else does, keeps those of a scanner from it, and says what was scanned.
 * What a scanner typed before it was recognised is taken out of the field again.
 */
export function listenToWedges(page: Keys, said: (text: string) => void): void {
  let burst = noBurst
  /**
   * Where the last key of the burst went, and the fields that the burst was typed into: one of its keys may bring up
   * another.
   */
  let target: Element | null = null
  let fields: Field[] = []
  let silence: ReturnType<typeof setTimeout> | undefined
  const again = new WeakSet<Event>()
  /** Where each character of the layout lies: a key that is pressed again is still the key of its place. */
  const places = new Map<string, string>()
  const replay = async (keys: string, at: Element | null): Promise<void> => {
    for (const key of keys) {
      pressAgain(at?.isConnected === true ? at : page.document.body, { key, code: places.get(key) ?? '' }, again)
      // What the page makes of one key is done before the next, as with fingers.
      await Promise.resolve()
    }
  }
  const deliver = (held: string): void => {
    const field = fields.findLast((one) => one.element === target)
    if (field === undefined) void replay(held, target)
    else field.insert(held)
  }
  const follow = (step: Step): void => {
    burst = step.burst
    if (step.release !== undefined) deliver(step.release)
    if (step.begins) {
      target = page.document.activeElement
      fields = fieldsAt(target)
    }
    if (step.scan !== undefined) for (const field of fields) field.restore()
    if (burst.typed === '') fields = []
    if (step.scan !== undefined) said(step.scan)
  }
  /** Keys that were held go where they were typed; those that follow belong to where the page is now. */
  const followFocus = (): void => {
    const { activeElement } = page.document
    if (burst.typed === '' || target === activeElement) return
    if (burst.held !== '') deliver(burst.held)
    burst = { ...burst, held: '' }
    target = activeElement
    fields.push(...fieldsAt(activeElement))
  }
  page.addEventListener(
    'keydown',
    (event) => {
      if (again.has(event)) return
      places.set(event.key, event.code)
      // A key held down repeats as fast as a scanner types; a chord and a composed letter are fingers too.
      const chord = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph')
      const key =
        event.repeat || event.isComposing ? 'Fingers' : chord && event.key.length === 1 ? controlKey(event) : event.key
      followFocus()
      const step = press(burst, { key, american: americanKey(event), at: event.timeStamp }, (typed, american) =>
        readBurst(typed, american, new Date()),
      )
      follow(step)
      clearTimeout(silence)
      if (burst.held !== '')
        silence = setTimeout(() => {
          follow(pause(burst, Infinity))
        }, gap + 5)
      if (step.pass) return
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    { capture: true },
  )
}

/** A chord with Ctrl as the control character that scanners mean by it; any other chord is of fingers. */
function controlKey({ code, ctrlKey, altKey, metaKey }: KeyboardEvent): string {
  if (!ctrlKey || altKey || metaKey) return 'Fingers'
  // LF and CR, HT; STX, ETX, EOT, FS, GS, RS.
  if (code === 'KeyJ' || code === 'KeyM') return 'Enter'
  if (code === 'KeyI') return 'Tab'
  if (code === 'KeyC') return frameEnd
  return ['KeyB', 'KeyD', 'Backslash', 'BracketRight', 'Digit6'].includes(code) ? framing : 'Fingers'
}

/** Where nothing can be typed, a key that was held is pressed after all: shortcuts hear it, Space ticks. */
function pressAgain(
  target: Element,
  pressed: { readonly key: string; readonly code: string },
  again: WeakSet<Event>,
): void {
  const event = new KeyboardEvent('keydown', { ...pressed, bubbles: true, cancelable: true })
  again.add(event)
  if (
    target.dispatchEvent(event) &&
    pressed.key === ' ' &&
    target instanceof HTMLElement &&
    target.matches('button, input')
  )
    target.click()
}

/** A field into which a burst was typed, as it was before. */
interface Field {
  readonly element: Element
  restore(): void
  insert(text: string): void
}

function fieldsAt(element: Element | null): Field[] {
  if (!(
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  ))
    return []
  if (element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio')) return []
  const { value } = element
  const tell = (): void => {
    element.dispatchEvent(new Event(element instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
  }
  return [
    {
      element,
      restore: () => {
        if (element.value === value) return
        element.value = value
        tell()
      },
      insert: (text) => {
        if (element instanceof HTMLSelectElement || element.readOnly || element.disabled) return
        // Fields for dates and numbers have no selection: their text goes to the end.
        const { selectionStart, selectionEnd, maxLength } = element
        const [from, to] = [selectionStart ?? element.value.length, selectionEnd ?? element.value.length]
        const fits = maxLength < 0 ? text : text.slice(0, Math.max(0, maxLength - element.value.length + to - from))
        if (selectionStart === null) element.value += fits
        else element.setRangeText(fits, from, to, 'end')
        tell()
      },
    },
  ]
}
