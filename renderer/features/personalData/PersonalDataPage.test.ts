import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mountIn } from '../../core/testing/mountIn.ts'
import PersonalDataPage from './PersonalDataPage.vue'

enableAutoUnmount(afterEach)
const saved: string[] = []
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
  // The page's own dialog and its downloads, which the test's document has not.
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true
    },
  })
  saved.length = 0
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function save(this: HTMLAnchorElement) {
    saved.push(this.download)
  })
})
const find = (test: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-testid="${test}"]`)
const ready = (test: string): boolean => find(test)?.hasAttribute('aria-disabled') === false
const type = (test: string, value: string): void => {
  const field = find(test)
  const input =
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
      ? field
      : field?.querySelector<HTMLInputElement>('input, textarea')
  if (input === null || input === undefined) throw new Error(`no field ${test}`)
  input.value = value
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

describe('personal data', () => {
  it('say how long each kind stays, why, and what goes next', async () => {
    const { screen } = await mountIn(PersonalDataPage, 'supervisor')
    await vi.waitFor(() => {
      expect(screen.findAll('[data-testid=term]').map((one) => one.attributes('data-kind'))).toContain('person')
    })
    expect(screen.text()).toContain('60 jours')
    expect(screen.text()).toContain('5 ans')
    expect(screen.text()).toContain('Dernier effacement')
    await vi.waitFor(() => {
      expect(document.activeElement?.getAttribute('role')).toBe('row')
    })
  })

  it('answer a person with a copy, then with an erasure by two people', async () => {
    const { screen } = await mountIn(PersonalDataPage, 'supervisor')
    for (const erase of [false, true]) {
      await vi.waitFor(() => {
        expect(screen.find('[data-testid=answer-person]').exists()).toBe(true)
      })
      await screen.get('[data-testid=answer-person]').trigger('click')
      await vi.waitFor(() => {
        expect(find('person-document')).not.toBeNull()
      })
      type('person-document', 'XK12345')
      await vi.waitFor(() => {
        expect(ready('person-find')).toBe(true)
      })
      find('person-find')?.click()
      await vi.waitFor(() => {
        expect(find('person-files')?.textContent).toContain('2 dossiers')
      })
      if (!erase) {
        find('person-copy')?.click()
        await vi.waitFor(() => {
          expect(saved).toEqual(['donnees.pdf', 'donnees.json'])
        })
        continue
      }
      find('person-erase')?.click()
      await vi.waitFor(() => {
        expect(find('witness-reason')).not.toBeNull()
      })
      for (const [field, value] of [
        ['witness-reason', 'demande écrite'],
        ['witness-login', 'agent'],
        ['witness-password', 'demo'],
      ] as const)
        type(field, value)
      await vi.waitFor(() => {
        expect(ready('person-erase-submit')).toBe(true)
      })
      find('person-erase-submit')?.click()
      await vi.waitFor(() => {
        expect(saved).toEqual(['donnees.pdf', 'donnees.json', 'reponse.pdf'])
      })
    }
    await vi.waitFor(() => {
      expect(screen.findAll('[data-testid=person-request]')).toHaveLength(4)
    })
  })
})
