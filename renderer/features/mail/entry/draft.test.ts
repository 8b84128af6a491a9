import { describe, expect, it } from 'vitest'
import { blankDraft, draftAfter, languageOf, letterOf, problemsOf, readEnclosures, withRepeated } from './draft.ts'

const today = '2026-11-30'
const house = { name: 'Commune de Rabat', nameAr: 'جماعة الرباط' }
const typed = { ...blankDraft(), party: 'Wilaya', subject: 'Circulaire', reference: 'W/1', letterDate: '28' }

describe('a letter as it is typed', () => {
  it('becomes a letter: nothing that was not said', () => {
    expect(letterOf(typed, today, house)).toEqual({
      register: 'arrival',
      receivedOn: today,
      mode: 'post',
      sender: { name: 'Wilaya' },
      subject: 'Circulaire',
      kind: 'letter',
      urgency: 'normal',
      confidentiality: 'none',
      sealed: false,
      enclosures: [],
      reference: 'W/1',
      letterDate: '2026-11-28',
      language: 'fr',
    })
  })

  it('bears the number of the digital mail office where it came by that alone', () => {
    const numbered = { ...typed, digitalNumber: ' BOD-2026/0012345 ' }
    expect(letterOf({ ...numbered, mode: 'digital' }, today, house).digitalNumber).toBe('BOD-2026/0012345')
    expect(letterOf(numbered, today, house)).not.toHaveProperty('digitalNumber')
  })

  it('goes out from the house, to the body that was taken', () => {
    const body = { name: 'Wilaya', nameAr: 'ولاية' }
    const letter = letterOf({ ...typed, register: 'departure', party: 'ولاية', body }, today, house)
    expect(letter).toMatchObject({ sender: house, recipients: [body] })
    // A name that was typed over is another one.
    expect(letterOf({ ...typed, party: 'Wilaya 2', body }, today, house).sender).toEqual({ name: 'Wilaya 2' })
  })

  it.each([
    [
      '2 plans ; 1 note, photo',
      [
        { label: 'plans', count: 2 },
        { label: 'note', count: 1 },
        { label: 'photo', count: 1 },
      ],
    ],
    [
      '2 تصميم، مذكرة',
      [
        { label: 'تصميم', count: 2 },
        { label: 'مذكرة', count: 1 },
      ],
    ],
    ['', []],
    ['12', undefined],
  ])('reads enclosures: %s', (text, expected) => {
    expect(readEnclosures(text)).toEqual(expected)
  })

  it('knows the language by the script', () => {
    expect(['شكاية', 'Lettre', 'شكاية de M. Tazi', '12/3'].map(languageOf)).toEqual(['ar', 'fr', 'arfr', 'none'])
  })

  it('says what keeps it from being registered', () => {
    const settings = { today, fields: { reference: 'required', note: 'hidden' } } as const
    expect(problemsOf({ ...typed, reference: ' ' }, settings)).toEqual({ reference: 'needed' })
    expect(problemsOf({ ...typed, letterDate: '5/12/2026' }, settings)).toEqual({ letterDate: 'dateToCome' })
    expect(problemsOf({ ...typed, letterDate: '1/1/1448', enclosures: '3' }, settings)).toEqual({
      letterDate: 'hijriNeeded',
      enclosures: 'enclosuresBad',
    })
  })

  it('repeats what was left as it is, never a reference, and keeps the sender of a bulk', () => {
    const last = { ...typed, kind: 'circular', service: 'SG' }
    expect(withRepeated({ ...blankDraft(), subject: 'Autre' }, last)).toMatchObject({
      party: 'Wilaya',
      subject: 'Autre',
      kind: 'circular',
      reference: '',
    })
    expect(draftAfter(last, true)).toMatchObject({ party: 'Wilaya', service: 'SG', subject: '' })
    expect(draftAfter({ ...last, mode: 'hand' }, false)).toMatchObject({ party: '', mode: 'hand', service: '' })
  })
})
