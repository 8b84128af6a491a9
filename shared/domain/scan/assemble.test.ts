import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hear, isWaiting, nothingHeard, settle, silence, type Heard } from './assemble.ts'
import { scanLimit } from './classify.ts'

const td1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<']
const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']

/** What comes out of what is said, each after a pause, and then out of silence. */
function scansOf(said: readonly (Heard & { readonly pause?: number })[]): string[] {
  let assembly = nothingHeard
  let at = 1000
  const scans: string[] = []
  const take = (next: ReturnType<typeof hear>): void => {
    assembly = next.assembly
    scans.push(...next.scans)
  }
  for (const one of said) take(hear(assembly, one, (at += one.pause ?? 0)))
  take(settle(assembly, at + silence))
  expect(isWaiting(assembly)).toBe(false)
  return scans
}
const stream = (text: string, pause = 0): Heard & { pause: number } => ({ text, whole: false, pause })
const symbol = (text: string, pause = 0): Heard & { pause: number } => ({ text, whole: true, pause })

describe('the lines of a zone', () => {
  it('are one scan, sent as a stream with pauses', () => {
    expect(scansOf(td1.map((line) => stream(`${line}\r\n`, 200)))).toEqual([td1.join('\n')])
  })

  it('are one scan, each sent as a symbol of its own', () => {
    expect(scansOf(td3.map((line) => symbol(line, 300)))).toEqual([td3.join('\n')])
  })

  it('are complete with the last one, without a further pause', () => {
    const first = hear(nothingHeard, stream(`${td3[0] ?? ''}\r`), 0)
    expect(first.scans).toEqual([])
    expect(hear(first.assembly, stream(`${td3[1] ?? ''}\r`), 50).scans).toEqual([td3.join('\n')])
  })

  it('between STX and ETX, the last without a line end', () => {
    expect(scansOf([stream(`\u0002${td3.join('\r')}\u0003`)])).toEqual([td3.join('\n')])
    expect(scansOf([stream(td3.join('\r'))])).toEqual([td3.join('\n')])
  })

  it('of two documents do not mix: a pause or another width begins anew', () => {
    const [line = ''] = td3
    expect(scansOf([stream(`${line}\r`), stream(`${td3.join('\r')}\r`, silence)])).toEqual([line, td3.join('\n')])
    expect(scansOf([stream(`${line}\r${td1.join('\r')}\r`)])).toEqual([line, td1.join('\n')])
  })

  it('are found however the stream is cut', () => {
    const text = `${td1.join('\r\n')}\r\nGU1:ABC\r\n${td3.join('\r\n')}\r\n`
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const at = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b)
        const pieces = at.slice(1).map((to, index) => stream(text.slice(at[index], to), 1))
        expect(scansOf(pieces)).toEqual([td1.join('\n'), 'GU1:ABC', td3.join('\n')])
      }),
    )
  })
})

describe('other texts', () => {
  it('are scans at once, a symbol with line ends in it as a whole', () => {
    expect(hear(nothingHeard, symbol('BEGIN:VCARD\r\nEND:VCARD'), 0).scans).toEqual(['BEGIN:VCARD\r\nEND:VCARD'])
    expect(hear(nothingHeard, stream('GU1:ABC\rrest'), 0)).toMatchObject({
      scans: ['GU1:ABC'],
      assembly: { partial: 'rest' },
    })
  })

  it('are bounded and lose nothing but framing, whatever is sent', () => {
    const said = fc.record({
      text: fc.oneof(
        // Identifiers and checks are taken off on purpose.
        fc.string({ unit: 'binary' }).map((text) => text.replaceAll(']', '').replaceAll('\u0003', '')),
        fc.constant('x'.repeat(scanLimit * 2 + 5)),
        fc.constantFrom(...td1, '\r', '\n'),
      ),
      whole: fc.boolean(),
      pause: fc.nat(2000),
    })
    fc.assert(
      fc.property(fc.array(said, { maxLength: 20 }), (all) => {
        const scans = scansOf(all)
        const bare = (text: string): string => text.replaceAll(/[\p{Cc}\s]/gu, '')
        for (const scan of scans) expect(scan.length).toBeLessThanOrEqual(scanLimit)
        expect(bare(scans.join(''))).toBe(bare(all.map((one) => one.text).join('')))
      }),
    )
  })
})

describe('what a reader puts around its data', () => {
  const lines = td3.join('\r')
  it.each([
    ['FS STX … ETX GS', `\u001c\u0002${lines}\r\u0003\u001d`],
    ['STX … ETX and a check', `\u0002${lines}\r\u0003Q`],
    ['EOT', `${lines}\r\u0004`],
    ['CR LF', `${td3.join('\r\n')}\r\n`],
    ['an AIM identifier', `]o3${lines}\r`],
    ['an AIM identifier before each line', td3.map((line) => `]o3${line}\r`).join('')],
  ])('%s is no part of a zone, in one piece or byte by byte', (_name, text) => {
    expect(scansOf([stream(text)])).toEqual([td3.join('\n')])
    expect(scansOf([...text].map((one) => stream(one)))).toEqual([td3.join('\n')])
    expect(scansOf([stream(text), stream(text, 2000)])).toEqual([td3.join('\n'), td3.join('\n')])
    expect(scansOf([stream(text), stream(text)])).toEqual([td3.join('\n'), td3.join('\n')])
  })

  it('and how it writes fillers make no other zone', () => {
    const [first = '', second = ''] = td3
    const written = [first.replace('ERIKSSON<<ANNA', 'ERIKSSON«ANNA'), second]
    expect(scansOf(written.map((line) => stream(`${line}\r`)))).toEqual([td3.join('\n')])
    expect(scansOf([stream('six words that are no zone\r')])).toEqual(['six words that are no zone'])
  })

  it('is no part of a symbol either, and separators inside one are', () => {
    expect(scansOf([symbol('\u0002A-17\u0003')])).toEqual(['A-17'])
    expect(scansOf([symbol('01123\u001d10AB')])).toEqual(['01123\u001d10AB'])
  })
})
