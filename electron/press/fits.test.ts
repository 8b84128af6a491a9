import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { PaperOrder } from '#shared/contract/papers.ts'
import { longestName } from '#shared/domain/identity/typedIdentity.ts'
import { longestText } from '#shared/domain/papers/room.ts'
import { aClosing, aReport, aStatement } from '#tests/builders/papers.ts'
import { aReceipt, anIncompleteReceipt } from '#tests/builders/receipt.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { openPress } from './openPress.ts'

// Each page is laid out for real: a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

const press = openPress({ resourcesDir: resources })
/** The press looks at what it laid and writes nothing that is off its page (`paper.misfit`). */
const made = async (order: PaperOrder) => {
  const paper = await press.make(order)
  return paper.ok ? 'fits' : paper.fault
}
const receipt = (facts: ReturnType<typeof aReceipt>) => made({ kind: 'receipt', facts, seal: 'GU1:ABC' })
const named = (citizen: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>> = {}) =>
  receipt(aReceipt({ ...changes, citizen: { ...aReceipt().citizen, ...citizen } }))

const scripts: readonly (readonly [script: string, letter: string])[] = [
  ['capitals', 'W'],
  ['Arabic', 'ص'],
  ['Tifinagh', 'ⵥ'],
  ['no-break spaces', 'a\u00a0'],
  ['a mail address', 'a_b.c@'],
  ['letters of several fonts', 'Ḥⵜد'],
  ['composed marks', 'ẖ̣'],
]
const filled = (letter: string, length: number): string =>
  letter.repeat(length).slice(0, length - (length % letter.length))

describe.each(scripts)('the longest texts without a space, in %s', (_script, letter) => {
  const text = filled(letter, longestName)

  test('names', async () => {
    expect(await named({ familyName: text, givenNames: text, nativeName: text })).toBe('fits')
    expect(
      await named({ familyName: text, givenNames: '', nativeName: undefined, identifier: text.slice(0, 40) }),
    ).toBe('fits')
  })

  test('who is represented, stamp and agent', async () => {
    const changes = {
      represented: filled(letter, 200),
      fee: { centimes: 1_000_000_000, stampNumber: filled(letter, 40) },
      agent: { name: text, code: 'A012' },
    }
    expect(await receipt(anIncompleteReceipt(changes))).toBe('fits')
  })

  test('what office and catalogue say', async () => {
    const long = { fr: filled(letter, longestText), ar: filled(letter, longestText) }
    const changes = {
      office: long,
      authority: [long, long],
      procedure: { ...aReceipt().procedure, title: long },
      appeal: { authority: { fr: text, ar: text }, days: 30 },
      pieces: (['received', 'missing', 'obtained'] as const).map((state) => ({ label: long, state })),
    }
    expect(await receipt(aReceipt(changes))).toBe('fits')
    expect(await receipt(anIncompleteReceipt(changes))).toBe('fits')
  })

  test('a reprint', async () => {
    const { pdf } = valueOf(await press.make({ kind: 'receipt', facts: aReceipt(), seal: 'GU1:ABC' }))
    const mark = { copy: 99, at: '2026-11-23T08:05:00.000Z', zone: 'UTC', by: text, reason: filled(letter, 300) }
    expect(await press.duplicata(pdf, mark)).toMatchObject({ ok: true })
  })

  test('papers of the office and answers to a person', async () => {
    const long = { fr: filled(letter, longestText), ar: filled(letter, longestText) }
    const { facts } = aClosing()
    const procedures = [{ code: 'P', title: long, issued: 3 }]
    const closing = { ...aClosing(), office: long, facts: { ...facts, figures: { ...facts.figures, procedures } } }
    expect(await made({ kind: 'closing', facts: closing, seal: 'GU1:ABC' })).toBe('fits')
    const entry = {
      seq: 1,
      at: facts.closedAt,
      actor: 'AG-014',
      kind: 'request.deposited',
      subject: text,
      body: { reason: text },
    }
    const report = { ...aReport(), office: long, entries: [{ ...entry, hash: facts.previous }] }
    expect(await made({ kind: 'journal', facts: report as unknown as ReturnType<typeof aReport>, seal: '' })).toBe(
      'fits',
    )
    const [file] = aStatement().files ?? []
    if (file === undefined) throw new Error('a statement has a file')
    const draft = { ...file.draft, represented: filled(letter, 200), note: filled(letter, 2000) }
    expect(
      await made({ kind: 'statement', facts: { ...aStatement(), office: long, files: [{ ...file, draft }] } }),
    ).toBe('fits')
  })
})

test('any text of any script within the bounds of a draft has its place', async () => {
  const unit = fc.constantFrom(
    ...'ابلهدصیک ا ب Wiméß ⵜⵏⵥ ḤЖ 10/-()«»_@،؟ُ\u2066\u2069\u200c\u200d\u00a0'.split(''),
    '\u0323',
  )
  const text = (maxLength: number) => fc.string({ unit, maxLength })
  const draft = fc.tuple(text(longestName), text(longestName), text(longestName), text(200))
  await fc.assert(
    fc.asyncProperty(draft, async ([familyName, givenNames, nativeName, represented]) => {
      expect(await named({ familyName, givenNames, nativeName }, { capacity: 'representative', represented })).toBe(
        'fits',
      )
    }),
    { numRuns: 40 },
  )
})
