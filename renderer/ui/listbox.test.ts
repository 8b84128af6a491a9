import fc from 'fast-check'
import { shallowRef } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { fold } from '#shared/text/fold.ts'
import { search, useListbox } from './listbox.ts'

const choices = [
  { value: 'a', label: 'Permis de construire', keywords: 'URB-001 رخصة البناء' },
  { value: 'b', label: 'Certificat de résidence', keywords: 'ETC-002 شهادة الإقامة' },
  { value: 'c', label: 'Résidence secondaire', keywords: '' },
]
const values = (query: string): string[] => search(choices, query).map((one) => one.value)

describe('search', () => {
  it.each([
    ['RESIDENCE', ['c', 'b']],
    ['urb', ['a']],
    ['الاقامة', ['b']],
    ['رخصه', ['a']],
    ['construire permis', ['a']],
    ['introuvable', []],
    ['', ['a', 'b', 'c']],
  ])('%s finds %j', (query, found) => {
    expect(values(query)).toEqual(found)
  })

  it('takes the code that was typed before a label that only holds it', () => {
    const services = [
      { value: 'SG', label: 'Secrétariat général' },
      { value: 'EC', label: 'État civil', keywords: 'EC' },
    ]
    expect(search(services, 'ec').map((one) => one.value)).toEqual(['EC', 'SG'])
  })

  it('finds every label by any part of itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.nat(), fc.nat(), (label, from, size) => {
        const part = label.slice(from % label.length, (from % label.length) + 1 + (size % label.length))
        fc.pre(fold(part).trim() !== '' && fold(label).includes(fold(part)))
        expect(search([{ value: 'x', label }], part)).toHaveLength(1)
      }),
    )
  })

  it('folds twice as once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })
})

describe('the listbox', () => {
  const press = (key: string, ctrlKey = false): KeyboardEvent => new KeyboardEvent('keydown', { key, ctrlKey })

  it('moves inside its bounds and takes what is highlighted', () => {
    const pick = vi.fn()
    const { active, key } = useListbox(shallowRef(''), () => choices, pick)
    key(press('ArrowUp'))
    expect(active.value).toBe(0)
    for (const one of ['ArrowDown', 'ArrowDown', 'ArrowDown']) key(press(one))
    expect(active.value).toBe(2)
    key(press('Enter'))
    expect(pick).toHaveBeenCalledWith(choices[2])
  })

  it('leaves Ctrl Enter and other keys to the screen', () => {
    const pick = vi.fn()
    const { key } = useListbox(shallowRef(''), () => choices, pick)
    expect([key(press('Enter', true)), key(press('F2')), key(press('a'))]).toEqual([false, false, false])
    expect(pick).not.toHaveBeenCalled()
  })
})
