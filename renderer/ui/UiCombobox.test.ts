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

  it('asked for as one types: Enter before the answer takes what the answer brings, and the chosen need not be in it', async () => {
    const box = mount(UiCombobox, {
      attachTo: document.body,
      props: { modelValue: 'z', chosenLabel: 'Autre chose', options, label: 'Démarche', empty: 'Rien', waiting: false },
    })
    const input = box.get('input')
    expect(input.element.value).toBe('Autre chose')
    await input.setValue('nais')
    expect(box.emitted('typed')).toEqual([['nais']])
    await box.setProps({ waiting: true })
    await input.trigger('keydown', { key: 'Enter' })
    expect([box.emitted('hurry'), box.emitted('pick')]).toEqual([[[]], undefined])
    // Found elsewhere by what was typed, though no word of it says so.
    await box.setProps({ options: [{ value: 'n', label: 'État civil', sought: true }], waiting: false })
    expect(box.emitted('pick')).toEqual([['n']])
    expect(box.emitted('typed')?.at(-1)).toEqual([''])
    box.unmount()
  })

  it('who types on after Enter takes nothing, and the row that was moved to stays when the answer comes', async () => {
    const box = mount(UiCombobox, {
      attachTo: document.body,
      props: { modelValue: undefined, options, label: 'Démarche', empty: 'Rien', waiting: true },
    })
    const input = box.get('input')
    await input.setValue('e')
    await input.trigger('keydown', { key: 'Enter' })
    await input.setValue('es')
    await box.setProps({ waiting: false })
    expect(box.emitted('pick')).toBeUndefined()
    await input.setValue('')
    await input.trigger('keydown', { key: 'ArrowDown' })
    await box.setProps({ options: [{ value: 'd', label: 'Devant' }, ...options] })
    expect(box.get('[aria-selected=true]').text()).toBe('Certificat de résidence')
    box.unmount()
  })
})
