import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import type { ProcedureEntry } from '#shared/contract/features/catalogue/calls.ts'
import { speak } from '../../../core/i18n/language.ts'
import SheetList from './SheetList.vue'

const entry = (n: number): ProcedureEntry => ({
  code: `P-${String(n)}`,
  version: '2026.1',
  title: { fr: `Démarche ${String(9 - n)}`, ar: 'مسطرة' },
  category: { fr: 'Divers', ar: 'متنوعات' },
  delay: { days: 3, unit: 'working' },
  fee: { centimes: 0 },
})
const entries = [1, 2, 3, 4].map(entry)

it('lists step by step; what is in sight stays where it is, and the focus goes on where more begins', async () => {
  await speak('fr')
  const list = mount(SheetList, {
    attachTo: document.body,
    props: { entries: entries.slice(0, 2), total: 4, page: 2 },
  })
  const titles = (): string[] => list.findAll('.title').map((one) => one.text())
  expect(titles()).toEqual(['Démarche 7', 'Démarche 8'])
  const first = list.get('button').element
  first.focus()
  first.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))
  expect(document.activeElement?.getAttribute('data-testid')).toBe('more-sheets')
  expect(document.activeElement?.textContent.replaceAll(/[\u2066-\u2069]/g, '')).toContain('2 sur 4')
  await list.get('[data-testid=more-sheets]').trigger('click')
  expect(list.emitted('more')).toHaveLength(1)
  await list.setProps({ entries })
  await nextTick()
  expect(titles()).toEqual(['Démarche 7', 'Démarche 8', 'Démarche 5', 'Démarche 6'])
  expect(document.activeElement?.textContent).toContain('Démarche 5')
  expect(list.find('[data-testid=more-sheets]').exists()).toBe(false)
  list.unmount()
})
