import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import RescueForm from './RescueForm.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})

describe('the way out of a damaged register, by keyboard alone', () => {
  it('asks for both, says a refusal and asks for the password again, and opens the register', async () => {
    const { screen, bridge } = await mountIn(RescueForm, 'failed')
    const submit = (): HTMLElement => keyboard.tabTo((one) => one instanceof HTMLButtonElement)
    expect(submit().getAttribute('aria-disabled')).toBe('true')
    keyboard.tabTo((one) => one instanceof HTMLInputElement && one.type !== 'password')
    await keyboard.write('supervisor')
    const password = keyboard.tabTo((one) => one instanceof HTMLInputElement && one.type === 'password')
    await keyboard.write('wrong')
    submit()
    await keyboard.press('Enter')
    await vi.waitFor(() => {
      expect(screen.find('[data-code="session.badCredentials"]').exists()).toBe(true)
    })
    expect((password as HTMLInputElement).value).toBe('')
    keyboard.tabTo((one) => one === password)
    await keyboard.write('demo')
    submit()
    await keyboard.press('Enter')
    await vi.waitFor(async () => {
      expect(await bridge.call('app.state', {})).toMatchObject({ value: { phase: 'ready' } })
    })
    expect(screen.find('[data-code]').exists()).toBe(false)
  })
})
