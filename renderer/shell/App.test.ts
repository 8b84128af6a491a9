import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { AppState } from '#shared/contract/features/app/calls.ts'
import { mountIn } from '../core/testing/mountIn.ts'
import { useApp } from '../core/stores/app.ts'
import App from './App.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const starting = async (): Promise<Awaited<ReturnType<typeof mountIn>> & { ready: AppState }> => {
  const mounted = await mountIn(App, 'login')
  const app = useApp()
  const ready = app.state
  if (ready === undefined) throw new Error('the worker said nothing')
  app.state = { ...ready, phase: 'starting', demoLogins: [] }
  await nextTick()
  return { ...mounted, ready }
}

it('takes the name while the register opens by itself, and keeps it when it is open', async () => {
  vi.stubGlobal('guichet', { initialLanguage: 'fr', opensByItself: true })
  const { screen, ready } = await starting()
  await screen.get('[data-testid=login-name]').setValue('agent')
  useApp().state = ready
  await nextTick()
  expect(screen.get<HTMLInputElement>('[data-testid=login-name]').element.value).toBe('agent')
  useApp().state = { ...ready, phase: 'failed', fault: { code: 'register.corrupt' } }
  await vi.waitFor(() => {
    expect(screen.find('[data-testid=app-failed]').exists()).toBe(true)
  })
  expect(screen.find('[data-testid=login-name]').exists()).toBe(false)
})

it('asks no name of a register that will ask for its passphrase', async () => {
  vi.stubGlobal('guichet', { initialLanguage: 'fr', opensByItself: false })
  const { screen } = await starting()
  expect(screen.find('[data-testid=login-name]').exists()).toBe(false)
  await vi.waitFor(() => {
    expect(screen.find('.starting').exists()).toBe(true)
  })
})
