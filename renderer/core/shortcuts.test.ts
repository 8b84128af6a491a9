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

describe('keys', () => {
  it.each([
    [{ key: 'k', code: 'KeyK', ctrlKey: true }, 'Ctrl+K'],
    [{ key: 'ن', code: 'KeyK', ctrlKey: true }, 'Ctrl+K'],
    [{ key: 'a', code: 'KeyQ', ctrlKey: true }, 'Ctrl+A'],
    [{ key: 'Enter', ctrlKey: true }, 'Ctrl+Enter'],
    [{ key: 'F2' }, 'F2'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: '1', altKey: true }, 'Alt+1'],
  ])('%j is %s', (init, keys) => {
    expect(keysOf(new KeyboardEvent('keydown', init))).toBe(keys)
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
