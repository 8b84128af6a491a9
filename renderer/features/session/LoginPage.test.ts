import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mountIn } from '../../core/testing/mountIn.ts'
import LoginPage from './LoginPage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const by = (id: string) => `[data-testid=${id}]`

describe('the login', () => {
  it('starts in the name, and Enter goes on', async () => {
    const { screen } = await mountIn(LoginPage, 'login')
    expect(document.activeElement).toBe(screen.get(by('login-name')).element)
    await screen.get(by('login-name')).setValue('agent')
    await screen.get(by('login-form')).trigger('submit')
    expect(document.activeElement).toBe(screen.get(by('login-password')).element)
  })

  it('says a refusal in words, keeps the name and asks for the password again', async () => {
    const { screen, bridge } = await mountIn(LoginPage, 'login')
    await screen.get(by('login-name')).setValue('agent')
    await screen.get(by('login-password')).setValue('wrong')
    await screen.get(by('login-form')).trigger('submit')
    await vi.waitFor(() => {
      expect(screen.find(by('login-fault')).text()).toContain('Identifiant ou mot de passe inexact')
    })
    expect(screen.get<HTMLInputElement>(by('login-name')).element.value).toBe('agent')
    expect(screen.get<HTMLInputElement>(by('login-password')).element.value).toBe('')
    await vi.waitFor(() => {
      expect(document.activeElement).toBe(screen.get(by('login-password')).element)
    })
    expect(await bridge.call('session.current', {})).toEqual({ ok: true, value: {} })
  })

  it('signs in', async () => {
    const { screen, bridge } = await mountIn(LoginPage, 'login')
    await screen.get(by('login-name')).setValue(' agent ')
    await screen.get(by('login-password')).setValue('demo')
    await screen.get(by('login-form')).trigger('submit')
    await vi.waitFor(async () => {
      expect(await bridge.call('session.current', {})).toMatchObject({ value: { session: { login: 'agent' } } })
    })
  })

  it('speaks Arabic', async () => {
    const { screen } = await mountIn(LoginPage, 'login', 'ar')
    expect(screen.get('h1').text()).toBe('تسجيل الدخول')
    expect(document.documentElement.dir).toBe('rtl')
  })
})
