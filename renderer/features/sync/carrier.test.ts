import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { mountIn } from '../../core/testing/mountIn.ts'
import SyncPage from './SyncPage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})

const press = (key: string): unknown =>
  window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true }))
const hand = async (
  screen: Awaited<ReturnType<typeof mountIn>>['screen'],
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> => {
  const picker = screen.get<HTMLInputElement>('[data-testid=carrier-file]')
  Object.defineProperty(picker.element, 'files', {
    value: [new File([bytes], 'stick.age.answers')],
    configurable: true,
  })
  await picker.trigger('change')
}

it('hands out a sealed file on Ctrl+S and says that the acts go on waiting', async () => {
  const { screen } = await mountIn(SyncPage, 'offline')
  await vi.waitFor(() => {
    expect(screen.find('[data-testid=sync-row]').exists()).toBe(true)
  })
  press('s')
  await vi.waitFor(() => {
    expect(screen.find('[data-testid=carried]').attributes('data-kind')).toBe('exported')
  })
  expect(screen.find('[data-testid=carried]').text()).toContain('12')
})

it('makes no file when nothing waits', async () => {
  const { screen } = await mountIn(SyncPage, 'empty')
  press('s')
  await vi.waitFor(() => {
    expect(screen.find('[data-testid=carried]').attributes('data-kind')).toBe('nothing')
  })
})

it('says what came back, or why a file is the wrong one', async () => {
  const { screen } = await mountIn(SyncPage, 'offline')
  await hand(screen, new Uint8Array(10))
  await vi.waitFor(() => {
    expect(screen.find('[data-code="transfer.export"]').text()).toContain('pas la réponse de la plateforme')
  })
  await hand(screen, new Uint8Array(300))
  await vi.waitFor(() => {
    expect(screen.find('[data-testid=carried]').attributes('data-kind')).toBe('imported')
  })
  expect(screen.find('[data-code="transfer.export"]').exists()).toBe(false)
})

it('tells how old the reference data are, and what waits for a newer program', async () => {
  const { screen } = await mountIn(SyncPage, 'offline')
  await vi.waitFor(() => {
    expect(screen.find('[data-testid=reference]').text()).toContain('3 messages attendent une mise à jour')
  })
})
