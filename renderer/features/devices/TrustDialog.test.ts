import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import UiToast from '../../ui/UiToast.vue'
import { demoPlatform } from '../../core/bridge/demo/platform.ts'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import { handFile } from '../../core/testing/files.ts'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn, mountOver } from '../../core/testing/mountIn.ts'
import DevicesPage from './DevicesPage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
  // The page's own dialog, which the test's document has not.
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true
    },
  })
})
const page = { render: () => [h(DevicesPage), h(UiToast)] }
const find = (test: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-testid="${test}"]`)
const code = (): string | undefined => document.querySelector<HTMLElement>('[data-code^=office]')?.dataset['code']
const opened = async (bytes?: number): Promise<void> => {
  await vi.waitFor(() => {
    expect(find('platform')).not.toBeNull()
  })
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'o', ctrlKey: true, bubbles: true }))
  await vi.waitFor(() => {
    expect(document.activeElement?.textContent).toContain('Choisir le fichier')
  })
  if (bytes === undefined) return
  handFile(find('office-file'), bytes, 'RAB03-G2.office')
  await vi.waitFor(() => {
    expect(document.activeElement).toBe(find('office-print'))
  })
}

describe('the platform of a counter, by keyboard alone', () => {
  it('is not known at first, and known once an administrator has taken its file in', async () => {
    const { screen } = await mountIn(page, 'unknownKey')
    await opened(300)
    expect(find('platform')?.dataset['known']).toBe('false')
    expect(screen.text()).toContain('ne connaît pas encore la clé de sa plateforme')
    await keyboard.write(demoPlatform.key.toLowerCase())
    await keyboard.press('Ctrl+Enter')
    await vi.waitFor(() => {
      expect(find('trust-form')).toBeNull()
    })
    expect(find('platform')?.dataset['known']).toBe('true')
    expect(find('platform')?.textContent).toContain(demoPlatform.address)
    expect(screen.text()).toMatch(/La plateforme de ce poste est désormais .*plateforme\.exemple\.ma/u)
  })

  it('stays unknown when the fingerprint is another one, the file is none, or another counter’s', async () => {
    await mountIn(page, 'unknownKey')
    await opened()
    await keyboard.press('Ctrl+Enter')
    expect(find('trust-form')?.textContent).toContain('Choisissez d’abord le fichier du service.')
    const refusals = [
      [300, demoPlatform.key.replace('4', '5'), 'office.fingerprint'],
      [20, demoPlatform.key, 'office.notOffice'],
      [3000, demoPlatform.key, 'office.otherCounter'],
    ] as const
    for (const [bytes, print, fault] of refusals) {
      handFile(find('office-file'), bytes)
      await vi.waitFor(() => {
        expect(document.activeElement).toBe(find('office-print'))
        expect(code()).toBeUndefined()
      })
      await keyboard.write(print)
      await keyboard.press('Ctrl+Enter')
      await vi.waitFor(() => {
        expect(code()).toBe(fault)
      })
    }
    expect(find('platform')?.dataset['known']).toBe('false')
  })

  it('is asked for once, and left by Esc: what was typed is gone when it is opened again', async () => {
    const real = demoBridge('unknownKey')
    const asked = vi.fn(() => new Promise(() => undefined))
    await mountOver(
      {
        ...real,
        call: (name: never, input: never) => (name === 'platform.trust' ? asked() : real.call(name, input)),
      } as never,
      page,
    )
    await opened(300)
    await keyboard.write('4tkw')
    // What the browser does with Esc.
    document.querySelector('dialog[open]')?.dispatchEvent(new Event('close'))
    await vi.waitFor(() => {
      expect(find('trust-form')).toBeNull()
    })
    for (const dialog of document.querySelectorAll('dialog')) dialog.open = false
    await opened(300)
    expect(find('office-print')).toMatchObject({ value: '' })
    await keyboard.write(demoPlatform.key)
    await keyboard.press('Ctrl+Enter')
    await keyboard.press('Ctrl+Enter')
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('is not for an agent to choose', async () => {
    await mountIn(page, 'typical')
    await vi.waitFor(() => {
      expect(find('platform')?.dataset['known']).toBe('true')
    })
    expect(find('trust')).toBeNull()
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'o', ctrlKey: true, bubbles: true }))
    await Promise.resolve()
    expect(find('trust-form')).toBeNull()
  })
})
