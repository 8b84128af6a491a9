import { expect, test } from 'vitest'
import { contentOf, triedKinds } from '#tests/builders/papers.ts'
import { entryOf, paperKindOf, paperKinds } from './papers.ts'

const entries = triedKinds.map((kind) => [kind, entryOf(kind)] as const)

test.each(entries)('the facts of a %s are the same after the register has kept them as text', (kind, entry) => {
  const { facts } = contentOf[kind]()
  const kept: unknown = JSON.parse(JSON.stringify(facts))
  expect(entry.facts.parse(kept)).toEqual(kept)
  expect(entry.facts.safeParse({}).success).toBe(false)
})

test.each(entries)(
  'a %s and one that takes its place are told apart, unless nothing takes its place',
  (kind, { title }) => {
    const [first, second] = [title({ number: 'N', rank: 0 }), title({ number: 'N', rank: 1 })]
    expect(first).toContain('N')
    if (kind === 'receipt' || kind === 'closing') expect(second).not.toBe(first)
  },
)

test.each(entries.filter(([, entry]) => entry.withoutPerson !== undefined))(
  'a %s that was wiped says nothing of the person and can still be read',
  (kind, entry) => {
    const wiped = entry.withoutPerson?.(entry.facts.parse(JSON.parse(JSON.stringify(contentOf[kind]().facts))))
    expect(JSON.stringify(wiped)).not.toMatch(/FASSI|Fatima|الفاسي|\*\*\*456/u)
    expect(entry.facts.safeParse(JSON.parse(JSON.stringify(wiped))).success).toBe(true)
  },
)

test('a name that is no kind of this program is none', () => {
  expect(paperKindOf('receipt')).toBe('receipt')
  for (const name of ['', 'ticket', 'toString', '__proto__']) expect(paperKindOf(name)).toBeUndefined()
})

test('each kind that the press has no sheet of its own for brings its wording, and a document of blocks', async () => {
  const drawn = await Promise.all(Object.values(paperKinds).map(async (entry) => 'drawing' in entry && entry.drawing()))
  expect(drawn.filter((one) => one === false)).toHaveLength(2)
  for (const one of drawn) if (one !== false) expect(one.version).toMatch(/^\d{4}\.\d+$/u)
})
