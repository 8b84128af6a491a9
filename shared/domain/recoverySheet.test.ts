import fc from 'fast-check'
import { expect, test } from 'vitest'
import { letters } from './enrolment.ts'
import { keyOfSheet, sheetOf } from './recoverySheet.ts'

const bech32 = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'
const key = fc
  .array(fc.nat(31), { minLength: 58, maxLength: 58 })
  .map((values) => `AGE-SECRET-KEY-1${values.map((value) => bech32[value]).join('')}`)
const typed = (groups: readonly string[]) => keyOfSheet(groups.join(' '))
const wrong = (group: number) => ({ fault: { code: 'recovery.wrongGroup', values: { group } } })

test('what stands on the sheet is the key, however it is typed', () => {
  fc.assert(
    fc.property(key, fc.constantFrom('', ' ', '-', '\n'), fc.boolean(), (identity, gap, small) => {
      const sheet = sheetOf(identity)
      expect(sheet.map((group) => group.length)).toEqual(Array.from({ length: 20 }, () => 4))
      const text = sheet.join(gap)
      expect(keyOfSheet(small ? text.toLowerCase().replaceAll('0', 'o') : text)).toEqual({ ok: true, value: identity })
    }),
  )
})

test('the numbers beside the groups may be typed with them', () => {
  fc.assert(
    fc.property(key, (identity) => {
      const lines = sheetOf(identity).map((group, place) => `# ${String(place + 1)} ${group}`)
      expect(keyOfSheet(lines.join('\n'))).toEqual({ ok: true, value: identity })
    }),
  )
})

test('one wrong letter is found in its group', () => {
  fc.assert(
    fc.property(key, fc.nat(19), fc.nat(3), fc.constantFrom(...letters, 'U'), (identity, group, at, other) => {
      const sheet = [...sheetOf(identity)]
      const right = sheet[group] ?? ''
      const changed = right.slice(0, at) + other + right.slice(at + 1)
      if (changed === right) return
      sheet[group] = changed
      expect(typed(sheet)).toMatchObject(wrong(group + 1))
    }),
  )
})

test('two letters that changed places are found in their group', () => {
  fc.assert(
    fc.property(key, fc.nat(19), fc.nat(2), (identity, group, at) => {
      const sheet = [...sheetOf(identity)]
      const right = [...(sheet[group] ?? '')]
      const [one = '', two = ''] = right.splice(at, 2)
      right.splice(at, 0, two, one)
      if (one === two) return
      sheet[group] = right.join('')
      expect(typed(sheet)).toMatchObject(wrong(group + 1))
    }),
  )
})

test('two groups that changed places, one that is missing, one too many', () => {
  fc.assert(
    fc.property(key, fc.nat(19), fc.nat(19), (identity, one, other) => {
      const sheet = sheetOf(identity)
      if (one !== other) {
        const swapped = sheet.map(
          (group, place) => sheet[place === one ? other : place === other ? one : place] ?? group,
        )
        expect(typed(swapped)).toMatchObject(wrong(Math.min(one, other) + 1))
      }
      expect(typed(sheet.slice(0, one))).toMatchObject(wrong(one + 1))
      expect(typed([...sheet, '0000'])).toMatchObject(wrong(21))
    }),
  )
})

test('what is no key of age has no sheet', () => {
  for (const text of ['', 'AGE-SECRET-KEY-1', `AGE-SECRET-KEY-1${'B'.repeat(58)}`, `age1${'q'.repeat(58)}`])
    expect(() => sheetOf(text)).toThrow('no key of age')
})
