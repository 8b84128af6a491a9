import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import UiCombobox from './UiCombobox.vue'

const options = [
  { value: 'a', label: 'Permis de construire' },
  { value: 'b', label: 'Certificat de résidence' },
  { value: 'c', label: 'Acte de naissance' },
]
const open = () =>
  mount(UiCombobox, {
    attachTo: document.body,
    props: { modelValue: undefined, options, label: 'Démarche', empty: 'Rien' },
  })

describe('the combobox', () => {
  it('filters as one types, moves by arrows, takes by Enter', async () => {
    const box = open()
    const input = box.get('input')
    await input.setValue('ce')
    expect(box.findAll('[role=option]').map((one) => one.text())).toEqual([
      'Certificat de résidence',
      'Acte de naissance',
    ])
    await input.trigger('keydown', { key: 'ArrowDown' })
    expect(input.attributes('aria-activedescendant')).toBe(box.findAll('[role=option]')[1]?.attributes('id'))
    await input.trigger('keydown', { key: 'Enter' })
    expect(box.emitted('pick')).toEqual([['c']])
    expect(box.find('[role=listbox]').exists()).toBe(false)
    box.unmount()
  })

  it('says so when nothing matches, and Esc leaves what was chosen', async () => {
    const box = open()
    const input = box.get('input')
    await box.setProps({ modelValue: 'b' })
    await input.setValue('zzz')
    expect(box.text()).toContain('Rien')
    await input.trigger('keydown', { key: 'Escape' })
    expect(input.element.value).toBe('Certificat de résidence')
    expect(box.emitted('pick')).toBeUndefined()
    box.unmount()
  })

  it('leaves Ctrl Enter to the screen', async () => {
    const box = open()
    await box.get('input').setValue('permis')
    await box.get('input').trigger('keydown', { key: 'Enter', ctrlKey: true })
    expect(box.emitted('pick')).toBeUndefined()
    box.unmount()
  })
})
