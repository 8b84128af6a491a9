import { faultOf } from '../fault.ts'
import { err, ok, type Result } from '../result.ts'
import { groupsOf, letters, plainCode } from './enrolment.ts'

/** A private key of age: five bits a letter of Bech32 (BIP 173), the last six letters its checksum. */
const [prefix, bech32, keyLetters] = ['AGE-SECRET-KEY-1', 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58] as const
/** Groups of a sheet, three letters of the key in each. */
const groupCount = 20

/**
 * A recovery key (`AGE-SECRET-KEY-1…`) as it stands on paper, where no file is kept: twenty groups of four. The fourth
 * letter of each belongs to the three before it and to their place: one wrong letter, or two that changed places, are
 * found in their own group.
 */
export function sheetOf(identity: string): readonly string[] {
  const key = [...identity.slice(prefix.length)].map((letter) => bech32.indexOf(letter))
  if (!identity.startsWith(prefix) || key.length !== keyLetters || key.includes(-1)) throw new Error('no key of age')
  return Array.from({ length: groupCount }, (_, place) => {
    const [one = 0, two = 0, three = 0] = key.slice(3 * place)
    return [one, two, three, check(place, one, two, three)].map((value) => letters[value]).join('')
  })
}

/** One or two digits before a group. */
const numbers = /(^|\s)\d{1,2}\s+(?=\S{4}(?:\s|$))/gu

/**
 * The recovery key that was typed from a sheet; case, gaps and lookalikes do not matter, nor the
 * numbers that stand beside the groups. Fault: recovery.wrongGroup,
 * with the number of the first group that is not as it stands on any sheet, from 1.
 */
export function keyOfSheet(typed: string): Result<string> {
  const groups = groupsOf(plainCode(typed.replaceAll(numbers, '$1')))
  const key: number[] = []
  for (let place = 0; place < Math.max(groupCount, groups.length); place += 1) {
    const values = [...(groups[place] ?? '')].map((letter) => letters.indexOf(letter))
    const [one = -1, two = -1, three = -1, last] = values
    if (place >= groupCount || values.includes(-1) || last !== check(place, one, two, three)) {
      const group = place + 1
      return err(faultOf('recovery.wrongGroup', `group ${String(group)} of ${String(groupCount)}`, { group }))
    }
    key.push(one, two, three)
  }
  return ok(
    prefix +
      key
        .slice(0, keyLetters)
        .map((value) => bech32[value])
        .join(''),
  )
}

/** Twice a value in the field of 32 elements (x⁵ + x² + 1): what has different powers of two is never the same. */
const twice = (value: number): number => (value << 1) ^ (value & 16 ? 0b100101 : 0)
const times = (value: number, power: number): number => (power === 0 ? value : times(twice(value), power - 1))
const check = (place: number, one: number, two: number, three: number): number =>
  times(1, place) ^ times(one, 1) ^ times(two, 2) ^ times(three, 3)
