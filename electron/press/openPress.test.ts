import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { aLongReceipt, anIncompleteReceipt, aReceipt } from '#tests/builders/receipt.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { openPress, orderOf } from './openPress.ts'
import { pressHere } from './pressHere.ts'

// Each page is laid out for real: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

const press = openPress({ resourcesDir: resources })
const receipt = (changes: Readonly<Record<string, unknown>>) =>
  press.make({ kind: 'receipt', facts: aReceipt(changes), seal: 'RS1:ABC' })
const start = (pdf: Uint8Array): string => Buffer.from(pdf.subarray(0, 5)).toString('latin1')
const pagesOf = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/gu)?.length ?? 0

describe('hostile facts end in a file or in a fault', () => {
  const names: readonly (readonly [what: string, name: string])[] = [
    ['a word longer than the page', 'W'.repeat(2_000)],
    ['an Arabic word longer than the page', 'م'.repeat(2_000)],
    ['a thousand words', 'ab '.repeat(1_000)],
    ['marks of direction alone', '\u202e\u2067\u2066\u200f'.repeat(50)],
    ['isolates that nobody closes', '\u2066'.repeat(200)],
    ['closings without an opening', `a${'\u2069'.repeat(200)}b`],
    ['vowel marks on nothing', '\u0650'.repeat(300)],
    ['line ends and tabs', 'a\r\n\tb\u2028c'],
    ['nothing', ''],
    ['a place of the template', '{day} {nothing}'],
  ]
  test.each(names)('%s', async (_what, familyName) => {
    const made = valueOf(await receipt({ citizen: { familyName, givenNames: 'x', source: 'card' } }))
    expect(start(made.pdf)).toBe('%PDF-')
  })

  test.each([
    ['half a pair', '\ud83d'],
    ['the other half', '\udc00'],
    ['a letter of no font', '王'],
    ['a private letter', '\u{10fffe}'],
  ])('%s is named', async (_what, familyName) => {
    expect(await receipt({ citizen: { familyName, givenNames: 'x', source: 'card' } })).toMatchObject({
      fault: { code: 'receipt.glyphMissing' },
    })
  })

  test('any text of any letters', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(text, async (name) => {
        const made = await receipt({ represented: name, capacity: 'representative' })
        expect(made.ok ? start(made.value.pdf) : made.fault.code).toMatch(/^(%PDF-|receipt\.glyphMissing)$/u)
      }),
      { numRuns: 25, seed: 8 },
    )
  })
})

test('a receipt shrinks before it takes a second page, and then takes as many as it needs', async () => {
  const pages = async (facts: ReturnType<typeof aReceipt>) =>
    pagesOf(valueOf(await press.make({ kind: 'receipt', facts, seal: 'RS1:ABC' })).pdf)
  expect(await pages(aReceipt())).toBe(1)
  expect(await pages(anIncompleteReceipt())).toBe(1)
  expect(await pages(aLongReceipt(30))).toBe(3)
})

describe('what came over a wire', () => {
  test('is an order only with the facts of its kind', () => {
    const facts = aReceipt()
    expect(valueOf(orderOf({ kind: 'receipt', facts, seal: 'S' }))).toMatchObject({ kind: 'receipt', seal: 'S' })
    for (const asked of [
      { kind: 'closing', facts },
      { kind: 'toString', facts },
      { kind: '', facts },
      { kind: 'receipt', facts: { ...facts, counter: 7 } },
      { kind: 'receipt', facts: undefined },
      { kind: 'journal', facts: [] },
    ])
      expect(orderOf(asked)).toMatchObject({ ok: false, fault: { code: 'call.invalid' } })
  })

  test('is refused by the places that are wrong, never by what stood there', () => {
    const refused = orderOf({ kind: 'receipt', facts: { ...aReceipt(), zone: { secret: 'Omar' } } })
    expect(refused).toMatchObject({ fault: { detail: expect.stringContaining('zone') as string } })
    expect(JSON.stringify(refused)).not.toContain('Omar')
  })
})

test('in this process the press is opened with the first paper, and a folder without fonts is told by it', async () => {
  const here = pressHere({ resourcesDir: resources })
  here.near()
  expect(start(valueOf(await here.make({ kind: 'receipt', facts: aReceipt(), seal: 'S' })).pdf)).toBe('%PDF-')
  const nowhere = pressHere({ resourcesDir: '/nowhere' })
  nowhere.near()
  await expect(nowhere.make({ kind: 'receipt', facts: aReceipt() })).rejects.toThrow()
})
