import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Scenario } from '../core/bridge/demo/state.ts'
import { mountProgram } from './mountProgram.ts'

enableAutoUnmount(afterEach)
vi.setConfig({ testTimeout: 30_000 })
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const focused = (): string => {
  const at = document.activeElement
  return at instanceof HTMLElement ? (at.dataset['testid'] ?? at.tagName) : ''
}
const openAt = async (scenario: Scenario, name: string) => {
  const mounted = await mountProgram(scenario)
  await vi.waitFor(() => {
    expect(document.querySelector('.the-rail')).not.toBeNull()
  }, 20_000)
  await mounted.router.push({ name })
  return mounted
}

it.each([
  ['empty', 'home', 'home-next'],
  ['empty', 'corrections', 'correction-find'],
  ['supervisor', 'journal', 'journal-verify'],
  ['supervisor', 'day', 'day-close'],
] as const)('%s: the page %s begins with its first useful thing', async (scenario, name, first) => {
  await openAt(scenario, name)
  await vi.waitFor(() => {
    expect(focused()).toBe(first)
  }, 10_000)
})

it('what goes away leaves the focus to what is left, and whoever took it keeps it', async () => {
  await openAt('empty', 'home')
  await vi.waitFor(() => {
    expect(focused()).toBe('home-next')
  }, 10_000)
  const main = document.querySelector('main')
  const passing = document.createElement('button')
  main?.append(passing)
  passing.focus()
  main?.append(document.createElement('p'))
  await Promise.resolve()
  expect(document.activeElement).toBe(passing)
  passing.remove()
  await vi.waitFor(() => {
    expect(focused()).toBe('home-next')
  })
})
