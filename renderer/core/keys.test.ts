import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keys } from './keys.ts'

const texts = import.meta.glob('/renderer/**/{words,faults}/*.json', { query: '?url', import: 'default', eager: true })
const bound = new Set<string>(Object.values(keys))
/** What a page of the rail, a field or a list hears by itself. */
const others = /^(Alt\+|Enter$|Esc$)/u

describe('the table of keys', () => {
  it('gives no key two meanings', () => {
    expect(Object.values(keys)).toHaveLength(bound.size)
  })

  it('has letters only that stand at one place on AZERTY, QWERTY and QWERTZ, and lie there under Arabic', () => {
    // Ctrl Z is where every program has it, on whatever keyboard.
    const own = Object.values(keys).filter((key) => key !== keys.takeBack)
    const letters = own.flatMap((key) => /(?:^|\+)([A-Z])$/u.exec(key)?.[1] ?? [])
    expect(letters).toContain('K')
    for (const letter of letters) expect('AMQWYZ').not.toContain(letter)
  })

  it('has every key that a sentence names', () => {
    for (const file of Object.keys(texts)) {
      const said = readFileSync(`${import.meta.dirname}/../..${file}`, 'utf8')
      const named = said.match(/\bF\d{1,2}\b|\b(?:Ctrl|Alt)\+\w+/gu) ?? []
      expect([file, named.filter((key) => !bound.has(key) && !others.test(key))]).toEqual([file, []])
    }
  })
})
