import { expect, test } from 'vitest'
import { repairKind } from './act.ts'
import { acts, actOfType, isJournalKind, namesOf, personalTypes, repairOfType } from './acts.ts'
import { command } from './platform.ts'
import { noteKinds } from '../domain/closing/journalKind.ts'

const entries = Object.entries(acts)

test('every act has a type and a journal kind of its own, in the form that the platform takes', () => {
  for (const key of ['type', 'journal'] as const)
    expect(new Set(entries.map(([, act]) => act[key])).size).toBe(entries.length)
  for (const [name, act] of entries) {
    expect(command.shape.type.safeParse(act.type).success).toBe(true)
    expect(actOfType(act.type)).toEqual({ name, act })
    expect(act.type).toBe(`ma.guichet.${act.journal}.v1`)
    expect(isJournalKind(act.journal)).toBe(true)
  }
  expect(actOfType('ma.guichet.act.lost.v1')).toBeUndefined()
})

test('no note has the kind of an act', () => {
  const notes = Object.entries(noteKinds).flatMap(([of, kinds]) => kinds.map((kind) => `${of}.${kind}`))
  expect(notes.filter((kind) => entries.some(([, act]) => act.journal === kind))).toEqual([])
  expect(notes.every(isJournalKind)).toBe(true)
  expect(isJournalKind('file.shredded')).toBe(false)
})

test('a repair names acts that are there and that are no repairs; one of each kind at most', () => {
  for (const [, act] of entries)
    for (const type of 'repairs' in act ? (act.repairs?.of ?? []) : []) {
      expect(actOfType(type)?.act.repairs).toBeUndefined()
      expect(repairOfType(type, (act.repairs ?? { kind: 'corrected' as const }).kind)).toBe(act)
    }
  for (const kind of repairKind.options) {
    expect(repairOfType(acts.requestDeposited.type, kind)?.repairs?.kind).toBe(kind)
    expect(repairOfType(acts.dayClosed.type, kind)).toBeUndefined()
    expect(repairOfType(acts.requestCancelled.type, kind)).toBeUndefined()
  }
})

test('what an act names is read off its data; files only where they have a hash', () => {
  const data = { requestId: 'q', number: 'n', attachments: [{ sha256: 'ab'.repeat(32), size: 1 }] }
  expect(namesOf(acts.requestDeposited as never, data)).toEqual({
    request: 'q',
    number: 'n',
    files: ['ab'.repeat(32)],
  })
  expect(namesOf(acts.requestDeposited as never, { ...data, attachments: [{ sha256: 'x' }] }).files).toEqual([])
  expect(namesOf(acts.dayClosed as never, data)).toEqual({ request: undefined, number: undefined, files: [] })
})

/** They say who wrote what; where papers are and what a closing counts names nobody. */
const aboutLetters: readonly (keyof typeof acts)[] = [
  'arrivalRegistered',
  'departureRegistered',
  'internalRegistered',
  'letterAcknowledged',
  'letterCancelled',
  'letterHeld',
  'letterRouted',
  'letterScanAdded',
  'slipReceived',
]

test('only acts that name somebody lose something, and they keep what a repair needs', () => {
  expect(personalTypes).toEqual(
    entries
      .filter(([name, act]) => act.type.startsWith('ma.guichet.request.') || aboutLetters.some((one) => one === name))
      .map(([, act]) => act.type),
  )
  for (const personal of ['letter', 'reason', 'routing', 'by'])
    for (const name of aboutLetters) expect(String(acts[name].keeps).split(',')).not.toContain(personal)
  const { keeps } = acts.requestDeposited
  for (const needed of ['requestId', 'receiptId', 'number', 'procedure', 'complete']) expect(keeps).toContain(needed)
  for (const personal of ['citizen', 'represented', 'note', 'pieces', 'fee']) expect(keeps).not.toContain(personal)
})
