import { expect, test } from 'vitest'
import type { RequestDraft } from './request.ts'
import { typedDraft } from './typedDraft.ts'

const draft: RequestDraft = {
  procedure: 'SPECIMEN',
  procedureVersion: '2026.1',
  pieces: [{ code: 'demande', state: 'received', attachments: [] }],
  capacity: 'self',
  language: 'ar',
}
const fee = (stampNumber: string, centimes = 200): Partial<RequestDraft> => ({ fee: { centimes, stampNumber } })
const taken = (over: Partial<RequestDraft>): RequestDraft | undefined =>
  typedDraft.safeParse({ ...draft, ...over }).data

test('stamps, notes and names are taken in one form', () => {
  expect(taken({ ...fee(' T\u2011٢٠٢٦ '), note: 'un\r\ndeux ', represented: 'Société\u00a0 Atlas' })).toEqual({
    ...draft,
    ...fee('T-2026'),
    note: 'un\ndeux',
    represented: 'Société Atlas',
  })
})

test.each<[string, Partial<RequestDraft>]>([
  ['a stamp with the zero byte of a scanner', fee('T-2026-00417\u0000')],
  ['a stamp of signs alone', fee('---')],
  ['a note with a control character', { note: 'a\u0007' }],
  ['more money than there is', fee('T', Number.MAX_SAFE_INTEGER)],
  [
    'pieces without end',
    { pieces: Array.from({ length: 201 }, () => ({ code: 'a', state: 'missing', attachments: [] })) },
  ],
])('%s is refused', (_, over) => {
  expect(taken(over)).toBeUndefined()
})
