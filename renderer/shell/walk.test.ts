import { readFileSync } from 'node:fs'
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { languages } from '#shared/domain/text.ts'
import type { Scenario } from '../core/bridge/demo/state.ts'
import { flatten } from '../core/i18n/compile.ts'
import { speak } from '../core/i18n/language.ts'
import type { Texts } from '../core/i18n/texts.ts'
import { mountIn } from '../core/testing/mountIn.ts'
import App from './App.vue'
import { allPages } from './pages.ts'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
afterEach(async () => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
  await speak('fr')
})

/** Every key of every file of words that no text could be: it has a dot or a capital inside. */
const files = import.meta.glob('/renderer/**/{words,faults}/fr.json', { query: '?url', import: 'default', eager: true })
const keys = new Set(
  Object.keys(files)
    .flatMap((file) => flatten(JSON.parse(readFileSync(`${import.meta.dirname}/../..${file}`, 'utf8')) as Texts))
    .map(([key]) => key)
    .filter((key) => /[.A-Z]/u.test(key)),
)

/** All that is read or spoken: text, and the attributes that are words. */
function said(root: HTMLElement): readonly string[] {
  const texts: string[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) texts.push(node.textContent ?? '')
  for (const element of root.querySelectorAll('*'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
      texts.push(element.getAttribute(name) ?? '')
  return texts.map((text) => text.trim()).filter((text) => text !== '')
}
const unfilled = (text: string): boolean => /\{\w+\}/u.test(text) || keys.has(text) || text.includes('undefined')

const pages = allPages()
  .filter((page) => page.demoOnly !== true)
  .map((page) => page.name)
const screenOf = async (name: string): Promise<Component> => {
  const found = allPages().find((page) => page.name === name)
  // A page is a module of Vue whose default is the component; the router takes it as it is.
  return ((await found?.component()) as { readonly default: Component }).default
}
const scenes: readonly Scenario[] = ['typical', 'faults', 'offline', 'unknownKey']

describe('every page, in every language, says words and never keys', () => {
  it('knows the keys that it looks for', () => {
    expect(keys.size).toBeGreaterThan(1000)
    expect(unfilled('deposit.citizen')).toBe(true)
    expect(unfilled('Récépissé {number}')).toBe(true)
  })

  describe.each(pages)('%s', (name) => {
    it.each(languages)(
      'in %s',
      async (language) => {
        for (const scene of scenes) {
          const { screen } = await mountIn(await screenOf(name), scene, language)
          await vi.waitFor(() => {
            expect(said(screen.element).length).toBeGreaterThan(3)
          })
          await vi.dynamicImportSettled()
          expect(said(screen.element).filter(unfilled)).toEqual([])
          document.body.innerHTML = ''
        }
      },
      30_000,
    )
  })

  it.each(languages)(
    'before anybody is signed in (%s)',
    async (language) => {
      for (const scene of ['login', 'loginPin', 'locked', 'create', 'office', 'failed'] as const) {
        const { screen } = await mountIn(App, scene, language)
        // What takes a second alone takes ten beside a build.
        await vi.waitFor(
          () => {
            expect(said(screen.element).length).toBeGreaterThan(3)
          },
          { timeout: 10_000 },
        )
        expect(said(screen.element).filter(unfilled)).toEqual([])
        document.body.innerHTML = ''
      }
    },
    60_000,
  )
})
