import { afterEach, describe, expect, it, vi } from 'vitest'
import { createShortcuts, keysOf } from './shortcuts.ts'

const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = window): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  target.dispatchEvent(event)
  return event
}
afterEach(() => {
  document.body.replaceChildren()
})

/** What the layouts of our counters say for a place on the keyboard: plain, and with Shift where it matters. */
const layouts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  azerty: { Digit1: '&', Digit2: 'é', Digit9: 'ç', KeyK: 'k', KeyL: 'l', KeyS: 's', KeyN: 'n', KeyO: 'o' },
  qwertz: { Digit1: '1', Digit2: '2', Digit9: '9', KeyK: 'k', KeyL: 'l', KeyS: 's', KeyN: 'n', KeyO: 'o' },
  arabic: { Digit1: '١', Digit2: '٢', Digit9: '٩', KeyK: 'ن', KeyL: 'م', KeyS: 'س', KeyN: 'ى', KeyO: 'خ' },
  tifinagh: { Digit1: '1', Digit2: '2', Digit9: '9', KeyK: 'ⴽ', KeyL: 'ⵍ', KeyS: 'ⵙ', KeyN: 'ⵏ', KeyO: 'ⵓ' },
}

describe('keys', () => {
  it.each([
    [{ key: 'a', code: 'KeyQ', ctrlKey: true }, 'Ctrl+A'],
    [{ key: 'z', code: 'KeyY', ctrlKey: true }, 'Ctrl+Z'],
    [{ key: 'لا', code: 'KeyB' }, 'B'],
    [{ key: 'Enter', code: 'Enter', ctrlKey: true }, 'Ctrl+Enter'],
    [{ key: 'F2', code: 'F2' }, 'F2'],
    [{ key: '?', code: 'Slash', shiftKey: true }, '?'],
    [{ key: '?', code: 'KeyM', shiftKey: true }, '?'],
    [{ key: '?', code: 'Minus', shiftKey: true }, '?'],
    [{ key: '?', code: 'Digit6', shiftKey: true }, '?'],
    [{ key: '؟', code: 'Slash', shiftKey: true }, '?'],
    [{ key: ',', code: 'KeyM' }, ','],
    [{ key: '!', code: 'Digit1', shiftKey: true }, '!'],
  ])('%j is %s', (init, keys) => {
    expect(keysOf(new KeyboardEvent('keydown', init))).toBe(keys)
  })

  it.each(Object.entries(layouts))('are at their place under %s', (_, places) => {
    const chord = (code: string, init: KeyboardEventInit): string =>
      keysOf(new KeyboardEvent('keydown', { code, key: places[code] ?? '', ...init }))
    for (const digit of ['1', '2', '9']) {
      expect(chord(`Digit${digit}`, { altKey: true })).toBe(`Alt+${digit}`)
      expect(chord(`Digit${digit}`, { altKey: true, shiftKey: true })).toBe(`Alt+${digit}`)
      expect(chord(`Digit${digit}`, {})).toBe(digit)
    }
    for (const letter of ['K', 'L', 'S', 'N', 'O']) {
      expect(chord(`Key${letter}`, { ctrlKey: true })).toBe(`Ctrl+${letter}`)
      expect(chord(`Key${letter}`, {})).toBe(letter)
    }
  })
})

describe('shortcuts', () => {
  it('gives a key to the last one bound and back again', () => {
    const shortcuts = createShortcuts()
    const [frame, screen] = [vi.fn(), vi.fn()]
    shortcuts.bind({ keys: 'F2', run: frame })
    const release = shortcuts.bind({ keys: 'F2', run: screen })
    expect(press('F2').defaultPrevented).toBe(true)
    release()
    press('F2')
    expect([frame.mock.calls.length, screen.mock.calls.length]).toEqual([1, 1])
  })

  it('types a question mark into a field, and acts on function keys there', () => {
    const shortcuts = createShortcuts()
    const [sheet, read] = [vi.fn(), vi.fn()]
    shortcuts.bind({ keys: '?', run: sheet })
    shortcuts.bind({ keys: 'F4', run: read })
    const input = document.body.appendChild(document.createElement('input'))
    press('?', {}, input)
    press('F4', {}, input)
    expect([sheet.mock.calls.length, read.mock.calls.length]).toEqual([0, 1])
  })

  it('is silent under a modal dialog and for a key held down', () => {
    const shortcuts = createShortcuts()
    const run = vi.fn()
    shortcuts.bind({ keys: 'F8', run })
    press('F8', { repeat: true })
    document.body.appendChild(document.createElement('dialog')).setAttribute('open', '')
    press('F8')
    expect(run).not.toHaveBeenCalled()
  })
})
