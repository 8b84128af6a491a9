import { enableAutoUnmount } from '@vue/test-utils'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import MailPage from './MailPage.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
const dialog = (): string => document.querySelector('dialog[open]')?.textContent ?? ''
const code = 'RR473124829MA'

it('the number of a registered item opens its departure and asks for the day; the line says it from then on', async () => {
  const { screen, router, bridge } = await mountIn(MailPage, 'mail')
  const now = await bridge.call('mail.settings', {})
  const letter = {
    register: 'departure',
    receivedOn: now.ok ? now.value.today : '',
    mode: 'registered',
    sender: { name: 'Commune de Rabat' },
    subject: 'Levé',
    kind: 'letter',
    postalNumber: code,
  } as const
  const sent = await bridge.call('mail.register', {
    commandId: v7(),
    letter: { ...letter, recipients: [{ name: 'Cadastre' }] },
  })
  if (!sent.ok) throw new Error('not registered')
  const departure = sent.value.letter.number
  await router.push({ name: 'mail', query: { posted: code } })
  await eventually(() => {
    expect(dialog()).toContain(departure.split('/').at(-1))
  })
  document.querySelector<HTMLElement>('[data-testid=acknowledged-on]')?.focus()
  await keyboard.write('32')
  await keyboard.press('Enter')
  await eventually(() => {
    expect(document.querySelector('dialog[open] [aria-invalid=true]')).not.toBeNull()
  })
  const shown = async () => {
    const one = await bridge.call('mail.show', { number: departure })
    return one.ok ? one.value : undefined
  }
  const { receivedOn = '' } = (await shown()) ?? {}
  const field = document.querySelector<HTMLInputElement>('[data-testid=acknowledged-on]')
  if (field === null) throw new Error('no field')
  field.value = receivedOn
  field.dispatchEvent(new Event('input'))
  await keyboard.press('Enter')
  await eventually(async () => {
    expect(await shown()).toMatchObject({ acknowledgedOn: receivedOn })
    expect(dialog()).toBe('')
  })
  expect(screen.text()).toContain('Accusé reçu le')
  expect(screen.find('[data-testid=letter-acknowledge]').exists()).toBe(false)
})

it('a number that is on no departure is looked for in the registers, and asks nothing', async () => {
  const { screen, router } = await mountIn(MailPage, 'mail')
  await router.push({ name: 'mail', query: { posted: code } })
  await eventually(() => {
    expect(screen.get<HTMLInputElement>('[data-testid=mail-search]').element.value).toBe(code)
    expect(router.currentRoute.value.query.posted).toBeUndefined()
  })
  expect(dialog()).toBe('')
})
