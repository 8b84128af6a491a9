import { afterEach, expect, test, vi } from 'vitest'
import { chooseTheme, createTheme } from './preferences.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})

/** The system, as far as it asks for contrast. */
const system = () => {
  const heard: (() => void)[] = []
  const asked = {
    matches: false,
    addEventListener: (_: string, listener: () => void) => heard.push(listener),
  }
  vi.stubGlobal('matchMedia', () => asked)
  vi.stubGlobal('__DEMO__', false)
  return {
    asks: (more: boolean) => {
      asked.matches = more
      for (const listener of heard) listener()
    },
  }
}
const shown = () => document.documentElement.dataset['theme']

test('where the system asks for more contrast while the window is open, it has it; a choice of its own stays', () => {
  const { asks } = system()
  const theme = createTheme()
  expect(shown()).toBeUndefined()
  asks(true)
  expect(shown()).toBe('contrast')
  asks(false)
  expect(shown()).toBeUndefined()
  chooseTheme(theme, 'dark')
  asks(true)
  expect(shown()).toBe('dark')
})
