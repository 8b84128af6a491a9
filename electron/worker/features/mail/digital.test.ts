import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { digitalItem, type DigitalItem } from '#shared/domain/mail/digitalItem.ts'
import type { CommandId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import {
  countDigitalItems,
  endDigitalItem,
  itemReady,
  readyDigitalItems,
  saveDigitalItem,
} from '../../core/rows/digitalItems.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import type { WriteHandle } from '../../store/handle.ts'
import type { Store } from '../../store/open.ts'
import { cancelLetter } from './changeLetter.ts'
import { mailOverviewOf } from './overview.ts'
import { registerLetter } from './registerLetter.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const clerk = aPerson()
const write = (act: (db: WriteHandle) => void): void => {
  valueOf(
    store.tx((db) => {
      act(db)
      return ok(undefined)
    }),
  )
}
const anItem = (over: Partial<DigitalItem> = {}): DigitalItem =>
  digitalItem.parse({
    id: v7(),
    office: 'RAB03',
    number: 'BOD-2026/1',
    on: '2026-11-20',
    sender: { name: 'Association Atlas (spécimen)' },
    subject: 'Occupation du domaine public',
    files: [],
    ...over,
  })
const comes = (item: DigitalItem): void => {
  write((db) => {
    saveDigitalItem(db, item)
    itemReady(db, item)
  })
}
const numbersAt = (level: number): readonly string[] => readyDigitalItems(store.db, level, 10).map((one) => one.number)
const register = (digitalNumber: string, who = clerk) =>
  registerLetter(issuing.context, who, aLetterOf({ mode: 'digital', digitalNumber }))

test('what waits is offered oldest first, and ends with the line that bears its number: in one commit, once', () => {
  const [late, early] = [anItem({ number: 'BOD-2', on: '2026-11-21' }), anItem()]
  comes(late)
  comes(early)
  expect(numbersAt(0)).toEqual(['BOD-2026/1', 'BOD-2'])
  expect(mailOverviewOf(issuing.context, clerk).digital).toEqual({ ready: 2, coming: 0, stopped: 0 })
  const refused = aLetterOf({ mode: 'digital', digitalNumber: early.number, receivedOn: '2027-01-01' })
  expect(registerLetter(issuing.context, clerk, refused).ok).toBe(false)
  expect(numbersAt(0)).toEqual(['BOD-2026/1', 'BOD-2'])
  const { letter } = valueOf(register(early.number))
  expect(numbersAt(0)).toEqual(['BOD-2'])
  expect(register(early.number)).toMatchObject({
    fault: { code: 'letter.digitalTaken', values: { number: early.number } },
  })
  // The platform tells it again, from the beginning of its feed: it does not wait a second time.
  comes(early)
  write((db) => {
    endDigitalItem(db, early.id)
  })
  expect(numbersAt(0)).toEqual(['BOD-2'])
  expect(store.db.get('SELECT body, letter_id FROM digital_items WHERE id = ?', [early.id])).toEqual({
    body: null,
    letter_id: letter.id,
  })
})

test('a line that was cancelled gives its number back; a departure that quotes one ends nothing', () => {
  const item = anItem()
  comes(item)
  valueOf(registerLetter(issuing.context, clerk, aLetterOf({ register: 'departure', digitalNumber: item.number })))
  expect(numbersAt(0)).toEqual([item.number])
  const { number } = valueOf(register(item.number)).letter
  valueOf(cancelLetter(issuing.context, clerk, { commandId: v7() as CommandId, number, reason: 'erreur' }))
  expect(register(item.number).ok).toBe(true)
  expect(register(item.number).ok).toBe(false)
})

test('what lies above a level is not offered, not counted, and not ended by who may not see it', () => {
  comes(anItem({ confidentiality: 'secret' }))
  expect(numbersAt(0)).toEqual([])
  const reader = aPerson('agent')
  expect(mailOverviewOf(issuing.context, reader).digital.ready).toBe(0)
  expect(register('BOD-2026/1', reader).ok).toBe(true)
  expect(numbersAt(3)).toEqual(['BOD-2026/1'])
})

test('withdrawn before it was registered it is gone; changed, its files are asked for again; what cannot be read is counted once', () => {
  const item = anItem()
  comes(item)
  write((db) => {
    saveDigitalItem(db, { ...item, subject: 'Autre objet' })
  })
  expect(countDigitalItems(store.db, 0)).toEqual({ ready: 0, coming: 1, stopped: 0 })
  // Files of the item as it was before do not make it ready.
  write((db) => {
    itemReady(db, item)
  })
  expect(countDigitalItems(store.db, 0).ready).toBe(0)
  write((db) => {
    endDigitalItem(db, item.id)
    for (const subject of ['a', 'b'])
      db.run('INSERT INTO parked_changes (body) VALUES (?)', [
        JSON.stringify({ kind: 'digital-item', key: item.id, deleted: false, body: { subject } }),
      ])
  })
  expect(countDigitalItems(store.db, 0)).toEqual({ ready: 0, coming: 0, stopped: 1 })
  comes(item)
  expect(countDigitalItems(store.db, 0)).toEqual({ ready: 1, coming: 0, stopped: 0 })
})
