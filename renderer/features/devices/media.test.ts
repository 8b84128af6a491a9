import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { paperKinds } from '#shared/contract/papers.ts'
import type { PrinterInfo } from '#shared/ports/printer.ts'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import DevicesPage from './DevicesPage.vue'
import { candidatesFor, mediaOf, standingOf, usedMedia } from './media.ts'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})

const printer = (name: string, ...papers: PrinterInfo['papers']): PrinterInfo => ({
  name,
  description: '',
  reasons: [],
  papers,
  state: 'idle',
  isDefault: false,
})
const [bureau, roll] = [printer('Bureau', 'a4', 'a5'), printer('Rouleau', '80mm')]

it('has a row for every medium that a paper of the counter uses', () => {
  expect([...new Set(Object.values(paperKinds).map((kind) => kind.medium))].sort()).toEqual([...usedMedia].sort())
})

it('has a row for a roll or labels where a printer has them, or one was chosen for them', () => {
  expect(mediaOf([bureau], {})).toEqual(['a5', 'a4'])
  expect(mediaOf([bureau, roll], { label: 'Parti' })).toEqual(['a5', 'a4', '80mm', 'label'])
})

it('says what keeps a paper from coming out', () => {
  expect(standingOf([bureau], {}, 'a5')).toEqual({ printer: bureau })
  expect(standingOf([bureau, roll], {}, 'a5').obstacle).toBe('open')
  expect(standingOf([bureau, roll], { a5: 'Parti' }, 'a5').obstacle).toBe('gone')
  expect(standingOf([bureau, roll], { a5: 'Rouleau' }, 'a5').obstacle).toBe('otherPaper')
  expect(candidatesFor([bureau, roll], { a5: 'Rouleau' }, 'a5')).toEqual([bureau, roll])
  expect(candidatesFor([bureau, roll], {}, '80mm')).toEqual([roll])
})

it('by keyboard: the first row has the focus, and another printer takes one medium while the others stay', async () => {
  const { screen, bridge } = await mountIn(DevicesPage, 'typical')
  const inRow = (medium: string) => (element: Element) =>
    element.closest(`[data-testid=medium-${medium}]`) !== null && element instanceof HTMLSelectElement
  await vi.waitFor(() => {
    expect(document.activeElement !== null && inRow('a5')(document.activeElement)).toBe(true)
  })
  expect(screen.get('[data-testid=medium-a5]').text()).toContain('Récépissés')
  keyboard.tabTo(inRow('a4'))
  await keyboard.write('HP-Bureau')
  await vi.waitFor(() => {
    expect(screen.get('[data-testid=medium-a4]').text()).toContain('injoignable')
  })
  const listed = await bridge.call('printer.list', {})
  const before = await (await mountIn({ render: () => null }, 'typical')).bridge.call('printer.list', {})
  expect(listed.ok && before.ok && listed.value.chosen).toEqual({
    ...(before.ok ? before.value.chosen : {}),
    a4: 'HP-Bureau',
  })
})
