import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import { registerPaper } from '#shared/contract/features/mail/paperFacts.ts'
import { ok } from '#shared/result.ts'
import type { CommandId, RegisterNumber, Sha256 } from '#shared/ids.ts'
import { pressHere } from '#electron/press/pressHere.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { addReceived } from '../../core/addFile.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { auditJournal } from '../../journal/audit.ts'
import type { Store } from '../../store/open.ts'
import { addScan, type ScanOrder } from './addScan.ts'
import { cancelLetter } from './changeLetter.ts'
import { closeMail } from './closeMail.ts'
import { readScans } from './readScans.ts'
import { registerLetter } from './registerLetter.ts'
import { searchLetters } from './rows/searchLetters.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const clerk = aPerson()
const kept = (text: string) => valueOf(addReceived(issuing.context, clerk, new TextEncoder().encode(text))).sha256
const entered = (over: Parameters<typeof aLetterOf>[0], files: { sha256: Sha256; name: string }[] = []) =>
  valueOf(registerLetter(issuing.context, clerk, { ...aLetterOf({ register: 'departure', ...over }), files })).letter
const found = (words: string) =>
  searchLetters(store.db, letterQuestion.parse({ words }), { level: 3, today: '2026-11-21' }).rows
/** What does not hold of the register. */
const broken = () => {
  const walk = auditJournal(store.db, issuing.context.counter)
  for (;;) {
    const step = walk.next()
    if (step.done === true) return step.value.broken
  }
}
const closed = (day: string) => {
  const { closingId } = valueOf(closeMail(issuing, clerk, { commandId: v7() as CommandId, period: day }))
  const row = store.db.get<{ facts: string }>('SELECT facts FROM papers WHERE id = ?', [closingId])
  return registerPaper.parse(JSON.parse(row?.facts ?? ''))
}
const scanned = (number: RegisterNumber, over: Partial<ScanOrder> = {}, who = clerk) =>
  addScan(issuing.context, who, {
    commandId: v7() as CommandId,
    number,
    file: { sha256: kept('signée'), name: 'signée.pdf' },
    confidentiality: 'none',
    ...over,
  })

test('the signed letter that comes back stands beside its departure, of a closed day too, each scan once', () => {
  const sent = entered({ reference: 'URB/77', receivedOn: '2026-11-20' })
  closed(sent.receivedOn)
  const order = { commandId: v7() as CommandId, file: { sha256: kept('signée'), name: 'signée.pdf' } }
  const view = valueOf(scanned(sent.number, order))
  expect(view).toMatchObject({ closed: true, files: [{ name: 'signée.pdf' }], letter: sent.letter })
  expect(view.events.at(-1)).toMatchObject({ what: 'scanAdded', agent: 'BO-007', text: 'signée.pdf' })
  // The same answer again, and nothing for the same bytes under another id.
  expect(valueOf(scanned(sent.number, order)).files).toEqual(view.files)
  expect(valueOf(scanned(sent.number)).files).toEqual(view.files)
  expect(valueOf(scanned(sent.number, { file: { sha256: kept('accusé'), name: 'accusé.pdf' } })).files).toMatchObject([
    { name: 'signée.pdf' },
    { name: 'accusé.pdf' },
  ])
  expect(found('').map(({ number, files }) => [number, files])).toEqual([[sent.number, 2]])
  expect(closed('2026-11-21').changes).toEqual([1, 2].map(() => ({ number: sent.number, what: 'scanAdded', text: '' })))
  expect(broken()).toBeUndefined()
})

test('a scan goes to no letter that was cancelled or may not be seen, nor below the level that its sheet says', () => {
  const sent = entered({ confidentiality: 'restricted' })
  const secret = entered({ confidentiality: 'secret' })
  expect(scanned(secret.number, {}, aPerson('agent'))).toMatchObject({ fault: { code: 'letter.unknown' } })
  expect(scanned(sent.number, { confidentiality: 'confidential' })).toMatchObject({
    fault: { code: 'letter.levelBelow' },
  })
  expect(scanned(sent.number, { file: { sha256: 'a'.repeat(64) as Sha256, name: 'x' } })).toMatchObject({
    fault: { code: 'attachment.unknown' },
  })
  valueOf(scanned(sent.number, { confidentiality: 'restricted' }))
  const reason = 'mauvais destinataire'
  valueOf(cancelLetter(issuing.context, clerk, { commandId: v7() as CommandId, number: secret.number, reason }))
  expect(scanned(secret.number)).toMatchObject({ fault: { code: 'letter.cancelled' } })
})

test('what an added scan says finds its letter, whose own file was read before', async () => {
  const { number } = entered({}, [{ sha256: kept('Levé de la parcelle'), name: 'a.txt' }])
  const read = async () => {
    const run = { signal: new AbortController().signal, tries: new Map<string, number>() }
    valueOf(await readScans(issuing.context, pressHere({ resourcesDir: resources }), run))
  }
  await read()
  valueOf(scanned(number, { file: { sha256: kept('Vu et signé par Tahiri'), name: 'signée.txt' } }))
  await read()
  for (const words of ['parcelle', 'tahiri']) expect(found(words).map((row) => row.number)).toEqual([number])
})

test('a scan that is not what its link states is found by the verification', () => {
  const { number } = entered({})
  valueOf(scanned(number))
  expect(broken()).toBeUndefined()
  store.tx((db) => {
    db.run('DROP TRIGGER letter_additions_fixed')
    return ok(db.run(`UPDATE letter_additions SET sha256 = '${'b'.repeat(64)}'`))
  })
  expect(broken()).toMatchObject({ what: 'changed' })
})
