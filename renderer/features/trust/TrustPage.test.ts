import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mountIn } from '../../core/testing/mountIn.ts'
import TrustPage from './TrustPage.vue'

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
const find = (test: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-testid="${test}"]`)
const ready = (test: string): boolean => find(test)?.hasAttribute('aria-disabled') === false
const hand = (bytes: number): void => {
  const field = find('trust-file')
  if (!(field instanceof HTMLInputElement)) throw new Error('no field for a file')
  Object.defineProperty(field, 'files', { configurable: true, value: [new File([new Uint8Array(bytes)], 'list.ml')] })
  field.dispatchEvent(new Event('change'))
}
const press = (key: string, ctrlKey = false): void => {
  ;(document.querySelector('dialog[open]') ?? window).dispatchEvent(
    new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }),
  )
}

describe('country signers', () => {
  it('of a list are believed once its signer was compared, and stand in the table with their file', async () => {
    const { screen } = await mountIn(TrustPage, 'accounts')
    await vi.waitFor(() => {
      expect(find('trust-counts')?.textContent).toContain('9 pays reconnus')
    })
    hand(300)
    await vi.waitFor(() => {
      expect(find('examined-list')?.dataset['standing']).toBe('unknown')
    })
    expect(ready('trust-believe')).toBe(false)
    press('Enter', true)
    find('examined-list')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    await vi.waitFor(() => {
      expect(ready('trust-believe')).toBe(true)
    })
    expect(find('trust-review')?.textContent).toContain('Mauritanie')
    expect(find('trust-review')?.textContent).toContain('2 certificats écartés')
    press('Enter', true)
    await vi.waitFor(() => {
      expect(find('trust-counts')?.textContent).toContain('12 pays reconnus')
    })
    expect(find('trust-review')).toBeNull()
    expect(screen.text()).toContain('list.ml')
  })

  it('are not in every file', async () => {
    await mountIn(TrustPage, 'accounts')
    await vi.waitFor(() => {
      expect(find('trust-file')).not.toBeNull()
    })
    hand(20)
    await vi.waitFor(() => {
      expect(document.querySelector('[data-code="trust.notSigners"]')).not.toBeNull()
    })
    expect(find('trust-review')).toBeNull()
  })

  it('are found by the name of their country and removed by the keyboard; an installed one is not', async () => {
    const { screen } = await mountIn(TrustPage, 'accounts')
    await vi.waitFor(() => {
      expect(screen.findAll('[data-testid=trust-row]').length).toBeGreaterThan(3)
    })
    await screen.get('[data-testid=trust-filter]').setValue('maroc')
    expect(screen.findAll('[data-testid=trust-row]')).toHaveLength(2)
    press('Delete')
    await vi.waitFor(() => {
      expect(screen.text()).toContain('installé avec le programme')
    })
    expect(find('trust-remove-confirm')).toBeNull()
    await screen.get('[data-testid=trust-filter]').setValue('sénégal')
    press('Delete')
    await vi.waitFor(() => {
      expect(find('trust-remove-confirm')).not.toBeNull()
    })
    press('Enter', true)
    await vi.waitFor(() => {
      expect(screen.text()).toContain('Aucun signataire ne correspond')
    })
  })
})
