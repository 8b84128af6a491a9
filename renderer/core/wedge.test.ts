import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { americanKey } from './americanKeys.ts'
import { frameEnd, framing, gap, noBurst, pause, press, readBurst, type Burst, type Reading } from './wedge.ts'

/** A field into which passed keys go, and what the scanner said. */
function desk(read: Reading = (typed) => typed) {
  let burst: Burst = noBurst
  let field = ''
  let before = ''
  const scans: string[] = []
  const entered: string[] = []
  return {
    key: (key: string, at: number) => {
      const step = press(burst, { key, american: key.length === 1 ? key : undefined, at }, read)
      burst = step.burst
      field += step.release ?? ''
      if (step.begins) before = field
      if (step.scan !== undefined) {
        scans.push(step.scan)
        field = before
      }
      if (!step.pass) return
      if (key.length === 1) field += key
      else entered.push(key)
    },
    silence: (at: number) => {
      const step = pause(burst, at)
      burst = step.burst
      field += step.release ?? ''
    },
    said: () => ({ field, scans, entered }),
  }
}
const type = (on: ReturnType<typeof desk>, keys: readonly string[], every: number, from: number): number => {
  keys.forEach((key, index) => {
    on.key(key, from + index * every)
  })
  return from + keys.length * every
}

describe('a keyboard wedge', () => {
  it.each(['Enter', 'Tab'])('is recognised, and leaves the field as it was (%s)', (end) => {
    const on = desk()
    const at = type(on, [...'Beni'], 180, 0)
    type(on, ['Shift', ...'GU1:6BF+7', end], 8, at + 500)
    expect(on.said()).toEqual({ field: 'Beni', scans: ['GU1:6BF+7'], entered: ['Shift'] })
  })

  it('sends a zone as two lines, of which none presses a button', () => {
    const on = desk()
    type(on, ['P', '<', 'U', 'T', 'O', '<', 'Enter', 'L', '8', '9', '8', '9', '0', 'Enter'], 5, 0)
    expect(on.said()).toEqual({ field: '', scans: ['P<UTO<', 'L89890'], entered: [] })
  })
})

describe('what the keys say', () => {
  const now = new Date('2026-11-21T10:00:00Z')

  it.each([
    ['GU1:6BF', 'GU1:6BF', 'GU1:6BF'],
    ['GU&M-BF', 'GU1:6BF', 'GU1:6BF'],
    ['éàéè!RABàé°G2!', '2026/RAB03-G2/000001', '2026/RAB03-G2/000001'],
    ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', '', 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'],
    ['6111035000123', '6111035000123', undefined],
  ])('%s, or %s', (typed, american, said) => {
    expect(readBurst(typed, american, now)).toBe(said)
  })

  it('goes where it was typed when it has no meaning here', () => {
    const on = desk(() => undefined)
    type(on, [...'6111035000123', 'Enter'], 8, 0)
    expect(on.said()).toEqual({ field: '6111035000123', scans: [], entered: ['Enter'] })
  })
})

describe('keys of other layouts and frames', () => {
  const now = new Date('2026-11-21T10:00:00Z')
  const read: Reading = (typed, american) => readBurst(typed, american, now)
  const line = 'L898902C36UTO7408122F1204159ZE184226B1234508'

  it('a key whose layout has no character of its own says that of its place', () => {
    const { keydown } = JSON.parse(
      readFileSync(
        join(import.meta.dirname, '../../tests/fixtures/field/cards/wedge/arabic-windows-letter-B.json'),
        'utf8',
      ),
    ) as { keydown: [code: string, shiftKey: boolean, key: string][] }
    for (const whole of ['B', 'Unidentified', 'لا', 'Dead']) {
      let burst = noBurst
      const scans: string[] = []
      keydown.forEach(([code, shiftKey, key], index) => {
        const said = code === 'KeyB' ? whole : key
        const step = press(burst, { key: said, american: americanKey({ code, shiftKey }), at: index * 6 }, read)
        burst = step.burst
        if (step.scan !== undefined) scans.push(step.scan)
      })
      expect(scans).toEqual(['GU1:6BFY+8'])
    }
  })

  it('one without a place is none, and ends nothing', () => {
    const on = desk()
    type(on, [...'GU1:6B', 'Unidentified', ...'F+7', 'Enter'], 8, 0)
    expect(on.said().scans).toEqual(['GU1:6BF+7'])
  })

  it('an identifier before a line is no part of it', () => {
    expect(readBurst(`]o3${line}`, `]o3${line}`, now)).toBe(`]o3${line}`)
  })

  it('of two readings of a line the one whose check digits agree', () => {
    const zone = 'L898902C36UTO7408122F1204159ZE184226B1234508'
    const swapped = zone.replaceAll('Z', 'Y')
    expect(readBurst(swapped, zone, now)).toBe(zone)
    expect(readBurst(zone, swapped, now)).toBe(zone)
  })

  it.each([
    ['two Enters', ['Enter', 'Enter']],
    ['Enter and a control character', ['Enter', framing]],
    ['a control character and Enter', [framing, 'Enter']],
    ['three', [framing, 'Enter', 'Enter', framing]],
    ['the end of a frame and its check', ['Enter', frameEnd, 'Q']],
    ['two ends of a frame', ['Enter', frameEnd, framing]],
  ])('%s behind a line reach nothing', (_name, end) => {
    const on = desk(read)
    type(on, [...line, ...end, ...line, ...end], 6, 0)
    expect(on.said()).toEqual({ field: '', scans: [line, line], entered: [] })
  })

  it('an Enter of fingers a moment later presses what it presses', () => {
    const on = desk(read)
    const at = type(on, [...line, 'Enter'], 6, 0)
    on.key('Enter', at + 200)
    expect(on.said().entered).toEqual(['Enter'])
  })
})

describe('fingers', () => {
  it('type what they type, with Enter at the end', () => {
    const on = desk()
    type(on, [...'Benjelloun', 'Enter'], 90, 0)
    expect(on.said()).toEqual({ field: 'Benjelloun', scans: [], entered: ['Enter'] })
  })

  it('that roll over keys lose none', () => {
    const on = desk()
    type(on, [...'abcd'], 20, 0)
    expect(on.said().field).toBe('ab')
    on.silence(60 + gap + 1)
    expect(on.said()).toEqual({ field: 'abcd', scans: [], entered: [] })
  })

  it('that are slower than a scanner before Enter send no scan', () => {
    const on = desk()
    const at = type(on, [...'abcdefg'], 20, 0)
    on.key('Enter', at + gap)
    expect(on.said()).toEqual({ field: 'abcdefg', scans: [], entered: ['Enter'] })
  })

  it('lose nothing, whatever they do and however fast', () => {
    const one = fc.record({
      key: fc.constantFrom('a', '7', '<', 'ع', 'Enter', 'Tab', 'Shift', 'Backspace', 'Escape'),
      after: fc.nat(120),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (keys) => {
        const on = desk()
        let at = 0
        for (const { key, after } of keys) on.key(key, (at += after))
        on.silence(at + gap + 1)
        const { field, scans, entered } = on.said()
        const typed = keys.filter(({ key }) => key.length === 1).length
        expect(field.length + scans.join('').length).toBe(typed)
        expect(entered.length + scans.length).toBe(keys.length - typed)
        for (const scan of scans) expect(scan.length).toBeGreaterThanOrEqual(6)
      }),
    )
  })
})

describe('what a key says on an American keyboard', () => {
  it.each([
    [{ code: 'KeyQ', shiftKey: true }, 'Q'],
    [{ code: 'KeyQ', shiftKey: false }, 'q'],
    [{ code: 'Semicolon', shiftKey: true }, ':'],
    [{ code: 'Comma', shiftKey: true }, '<'],
    [{ code: 'Numpad7', shiftKey: false }, '7'],
    [{ code: 'Enter', shiftKey: false }, undefined],
  ])('%j', (key, said) => {
    expect(americanKey(key)).toBe(said)
  })
})
