import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keyboard } from '../../../core/testing/keys.ts'
import { mountIn } from '../../../core/testing/mountIn.ts'
import MailPage from '../MailPage.vue'

enableAutoUnmount(afterEach)
/** What takes a moment alone takes seconds beside a build. */
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const table = [
  'N°;Date;Expéditeur;Objet',
  '1;03/02/2019;Wilaya;Circulaire',
  '2;31/02/2019;Wilaya;Note',
  '3;05/02/2019;Trésorerie;Mandats',
].join('\n')

it('an older register is looked at, taken and taken back by keyboard; what cannot be taken is told row by row', async () => {
  const { screen } = await mountIn(MailPage, 'mail')
  const text = (): string => screen.text().replaceAll(/[\u2066-\u2069]/gu, '')
  await eventually(() => {
    expect(screen.find('[data-testid=mail-tab-figures]').exists()).toBe(true)
  })
  keyboard.tabTo((one) => one.dataset.testid === 'mail-tab-figures')
  await keyboard.press('Enter')
  await eventually(() => {
    expect(screen.find('[data-testid=mail-takeover]').exists()).toBe(true)
  })
  keyboard.tabTo((one) => one.dataset.testid === 'mail-takeover')
  await keyboard.press('Enter')
  const input = screen.get<HTMLInputElement>('[data-testid=takeover-file]')
  Object.defineProperty(input.element, 'files', { value: [new File([table], 'registre-2019.csv')] })
  await input.trigger('change')
  await eventually(() => {
    expect(screen.get('[data-testid=takeover-sums]').text()).toContain('2 lignes lisibles')
  })
  expect(text()).toContain('Ligne 3 : Date d’arrivée « 31/02/2019 » illisible')

  // Without a sender nothing is taken, and it says what is missing.
  await screen.get('[data-testid=takeover-sender]').setValue('')
  expect(text()).toContain('Il manque : Expéditeur.')
  await keyboard.press('Ctrl+Enter')
  await screen.get('[data-testid=takeover-sender]').setValue('3')

  await keyboard.press('Ctrl+Enter')
  await eventually(() => {
    expect(screen.get('[data-testid=takeover-go]').text()).toContain('Reprendre 1 ligne')
  })
  expect(text()).toContain('1 double')
  await keyboard.press('Ctrl+Enter')
  await eventually(() => {
    expect(screen.get('[data-testid=takeover-sums]').text()).toContain('1 ligne reprise')
  })
  keyboard.tabTo((one) => one.dataset.testid === 'takeover-undo')
  await keyboard.press('Enter')
  await keyboard.press('Ctrl+Enter')
  await eventually(() => {
    expect(screen.find('[data-testid=takeover-sums]').exists()).toBe(false)
  })
})
