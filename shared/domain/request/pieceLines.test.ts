import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftOnSheet, lineOf, statesOf, untouched, withCapacity, withDocumentShown, withState } from './pieceLines.ts'
import { pieceState, requestDraft, type RequestDraft } from './request.ts'
import type { Piece, Procedure } from './procedure.ts'
import { aSheet } from '#tests/builders/deposits.ts'

const label = { fr: 'Pièce', ar: 'وثيقة' }
const mandate: Piece = {
  code: 'mandat',
  label,
  form: 'original',
  mandatory: true,
  condition: label,
  answeredBy: 'mandate',
}
const document: Piece = { code: 'identite', label, form: 'original', mandatory: true, answeredBy: 'identity' }
const asked: Piece = { code: 'demande', label, form: 'original', mandatory: true }
const sheet = aSheet({ pieces: [document, asked, mandate] })
const draftOf = (of: Procedure): RequestDraft =>
  draftOnSheet(requestDraft.parse({ procedure: of.code, procedureVersion: of.version, pieces: [] }), of)
const statesIn = (draft: RequestDraft): string[] => draft.pieces.map(({ state }) => state)

test('nobody is asked for a mandate for himself, and everybody who speaks for another is', () => {
  const own = draftOf(sheet)
  expect(statesIn(own)).toEqual(['missing', 'missing', 'notApplicable'])
  const forAnother = withCapacity(own, sheet, 'representative')
  expect(statesIn(forAnother)).toEqual(['missing', 'missing', 'missing'])
  expect(withCapacity(forAnother, sheet, 'self')).toEqual(own)
  // What was brought is not taken away by a tick.
  const brought = withState(forAnother, 'mandat', 'received')
  expect(statesIn(withCapacity(brought, sheet, 'self'))[2]).toBe('received')
})

test('a document that was read at the desk has been shown; nothing else is', () => {
  expect(statesIn(withDocumentShown(draftOf(sheet), sheet))).toEqual(['received', 'missing', 'notApplicable'])
})

test('no piece is ever in a state that its sheet does not allow', () => {
  const piece = fc.record(
    {
      code: fc.constantFrom('a', 'b', 'c', 'd'),
      label: fc.constant(label),
      form: fc.constantFrom('original' as const, 'copy' as const),
      mandatory: fc.boolean(),
      condition: fc.constant(label),
      obtainedFrom: fc.constant(label),
      answeredBy: fc.constantFrom('mandate' as const, 'identity' as const),
    },
    { requiredKeys: ['code', 'label', 'form', 'mandatory'] },
  )
  const step = fc.oneof(
    fc.constantFrom('self' as const, 'representative' as const),
    fc.constant('shown' as const),
    fc.tuple(fc.nat(3), fc.constantFrom(...pieceState.options)),
  )
  fc.assert(
    fc.property(
      fc.uniqueArray(piece, { selector: ({ code }) => code, minLength: 1, maxLength: 4 }),
      fc.array(step, { maxLength: 8 }),
      (pieces, steps) => {
        const of = aSheet({ pieces })
        let draft = draftOf(of)
        for (const one of steps) {
          if (one === 'shown') draft = withDocumentShown(draft, of)
          else if (typeof one === 'string') draft = withCapacity(draft, of, one)
          else {
            const chosen = of.pieces[one[0] % of.pieces.length]
            if (chosen !== undefined && statesOf(chosen).includes(one[1])) draft = withState(draft, chosen.code, one[1])
          }
          for (const each of of.pieces) {
            expect(statesOf(each)).toContain(lineOf(draft, each.code).state)
            expect(statesOf(each)).toContain(untouched(each, draft.capacity))
          }
        }
      },
    ),
  )
})
