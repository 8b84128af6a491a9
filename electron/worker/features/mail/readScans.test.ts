import { expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Press } from '#shared/ports/press.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { addReceived } from '../../core/addFile.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import type { Store } from '../../store/open.ts'
import { readScans } from './readScans.ts'
import { registerLetter } from './registerLetter.ts'
import { searchLetters } from './rows/searchLetters.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const entered = (text: string, name: string) => {
  const { sha256 } = valueOf(addReceived(issuing.context, aPerson(), new TextEncoder().encode(text)))
  return valueOf(registerLetter(issuing.context, aPerson(), { ...aLetterOf(), files: [{ sha256, name }] })).letter
    .number
}
const found = (words: string, level = 3) =>
  searchLetters(store.db, letterQuestion.parse({ words }), { level, today: '2026-11-21' }).rows.map((row) => row.number)
const run = () => ({ signal: new AbortController().signal, tries: new Map<string, number>() })

test('what a file says finds its letter, beside what was registered, and what cannot be read holds up nothing', async () => {
  const number = entered('Le lotissement Al Manzah demande un raccordement', 'lettre.txt')
  entered('\u0000\u0001\u0002', 'scan.bin')
  expect(found('manzah')).toEqual([])
  valueOf(await readScans(issuing.context, pressHere({ resourcesDir: resources }), run()))
  expect(found('manzah')).toEqual([number])
  // One word of the scan and one of the line.
  expect(found('raccordement provinciale')).toEqual([number])
  expect(store.db.all('SELECT * FROM letters_unread')).toEqual([])
})

test('a letter that ends the press again and again is left, and the others are read', async () => {
  const good = entered('Objet unique sesame', 'a.txt')
  entered('poison', 'b.txt')
  const asked: string[] = []
  const press = {
    propose: ({ name }: { name: string }) => {
      asked.push(name)
      return Promise.resolve(
        name === 'b.txt'
          ? err(faultOf('press.down'))
          : ok({ proposals: {}, notes: [], count: 0, pages: [], text: 'sesame' }),
      )
    },
  } as unknown as Press // the only verb that is asked for
  const once = run()
  for (let at = 0; at < 3; at += 1) await readScans(issuing.context, press, once)
  expect(asked).toEqual(['b.txt', 'b.txt', 'b.txt', 'a.txt'])
  expect(found('sesame')).toEqual([good])
})
