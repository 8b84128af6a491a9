import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { v7 } from 'uuid'
import { expect, test, vi } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import type { TypedLetter } from '#shared/domain/mail/letter.ts'
import type { CommandId, PaperId, RegisterNumber, Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../../core/deposit/issuing.ts'
import { removeLeftovers } from '../../../files/examine.ts'
import { keepAttachment } from '../../../files/rows/attachments.ts'
import { auditJournal } from '../../../journal/audit.ts'
import { countOfKind } from '../../../journal/rows/journalRows.ts'
import { newestPaper, readFacts } from '../../../papers/rows/papers.ts'
import type { Store } from '../../../store/open.ts'
import { cancelLetter, routeLetter } from '../changeLetter.ts'
import { closeMail } from '../closeMail.ts'
import { registerLetter } from '../registerLetter.ts'
import { keepText } from '../rows/letterTexts.ts'
import { searchLetters } from '../rows/searchLetters.ts'
import { showLetter } from '../seeLetter.ts'
import { findSenders } from '../senders.ts'
import { decideList, type DecisionOrder } from './decideList.ts'
import { destroyList } from './destroyList.ts'
import { classifyLetter, holdLetter, releaseLetter } from './keepLetter.ts'
import { makeList } from './makeList.ts'
import { viewArchive } from './viewArchive.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const clerk = aPerson()
const chief = aPerson('supervisor')
const id = () => v7() as CommandId
const said = 'zanzibar'
const context = () => issuing.context

/** A departure of 2010, which is dealt with on its day: an invoice is over after ten years. */
const enter = (over: Partial<TypedLetter> = {}, files: readonly string[] = []): RegisterNumber => {
  const order = aLetterOf({ register: 'departure', receivedOn: '2010-03-01', kind: 'invoice', ...over })
  const attached = files.map((text) => ({ sha256: kept(text), name: `${text}.pdf` }))
  return valueOf(registerLetter(context(), clerk, { ...order, files: attached })).letter.number
}
const kept = (text: string): Sha256 => {
  const bytes = Buffer.from(`%PDF ${text}`)
  const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256 // a digest has this form
  const at = '2026-11-21T09:00:00.000Z'
  valueOf(store.tx((db) => keepAttachment(db, store.files, { sha256, mime: 'application/pdf', bytes, at })))
  return sha256
}
/** The platform applied every act and holds every file. */
const sent = (): void => {
  const at = '2026-11-21T09:00:00.000Z'
  store.tx((db) => ok(db.run(`UPDATE outbox SET state = 'applied', answered_at = ?`, [at])))
  store.tx((db) => ok(db.run('UPDATE uploads SET stored_at = ?', [at])))
}
const list = (numbers: readonly RegisterNumber[], kind: 'transfer' | 'elimination' = 'elimination', by = clerk) =>
  makeList(issuing, by, { commandId: id(), kind, numbers })
const decide = (listId: string, over: Partial<DecisionOrder> = {}, by = chief) =>
  decideList(context(), by, {
    commandId: id(),
    listId,
    what: 'approved',
    reference: 'AM/2026/114',
    on: '2026-11-20',
    ...over,
  })
const destroy = (listId: string, by = chief) => destroyList(issuing, by, { commandId: id(), listId })
/** A list that may be destroyed. */
const approved = (numbers: readonly RegisterNumber[]): string => {
  const { listId } = valueOf(list(numbers))
  valueOf(decide(listId))
  sent()
  return listId
}
const shown = (number: RegisterNumber) => valueOf(showLetter(context(), chief, number))
const found = (words: string) =>
  searchLetters(store.db, letterQuestion.parse({ words }), { level: 3, today: '2026-11-21' }).rows.map(
    (row) => row.number,
  )
/** What of journal and registers is not what it was; nothing where all of it is. */
const broken = () => {
  const walk = auditJournal(store.db, context().counter)
  let walked = walk.next()
  while (walked.done !== true) walked = walk.next()
  return walked.value.broken
}
const over = (code = 'C1', by = chief) => valueOf(viewArchive(context(), by, code))
const fault = (code: string) => ({ ok: false, fault: { code } })

test('what is over is shown by class, with what holds it; what is open, younger or not to be seen is not', () => {
  const [old, linked] = [enter(), enter()]
  enter({ receivedOn: '2026-01-05' })
  enter({ receivedOn: '2016-01-05', inReplyTo: linked })
  const arrival = enter({ register: 'arrival' })
  const secret = enter({ confidentiality: 'secret' })
  // Ten years are over at the end of the tenth year: the answer of 2016 keeps what it answers until 2027.
  expect(over().lines.map(({ line }) => line.number)).toEqual([old, secret])
  expect(over().classes.find(({ code }) => code === 'C1')).toMatchObject({ over: 2, held: 0 })
  expect(over('C1', aPerson('agent')).lines.map(({ line }) => line.number)).toEqual([old])
  expect(list([arrival])).toMatchObject(fault('archive.notOver'))
  expect(list([linked])).toMatchObject(fault('archive.notOver'))
  expect(list([secret], 'elimination', aPerson('agent'))).toMatchObject(fault('letter.unknown'))
  valueOf(holdLetter(context(), clerk, { commandId: id(), number: old, reason: 'procès en cours' }))
  expect(over().lines[0]).toMatchObject({ held: 'procès en cours', since: '2021-01-01', fate: 'destroy' })
  expect(list([old])).toMatchObject(fault('letter.held'))
  expect(shown(old)).toMatchObject({ held: 'procès en cours' })
  valueOf(releaseLetter(context(), chief, { commandId: id(), number: old }))
  expect(shown(old).held).toBeUndefined()
  expect(shown(old).events.map(({ what }) => what)).toEqual(['registered', 'held', 'released'])
  expect(list([old]).ok).toBe(true)
})

test('a class of its own is an act with its trace, of a closed day too; a kind that the plan does not know has none', () => {
  const number = enter({ kind: 'of this office' })
  valueOf(closeMail(issuing, clerk, { commandId: id(), period: '2010-03-01' }))
  expect(over().unclassed).toBe(1)
  const asked = { commandId: id(), number, class: 'C1' }
  valueOf(classifyLetter(context(), clerk, asked))
  expect(valueOf(classifyLetter(context(), clerk, asked)).class).toBe('C1')
  expect(countOfKind(store.db, 'mail.classified')).toBe(1)
  expect(over().lines.map(({ line }) => line.number)).toEqual([number])
  expect(classifyLetter(context(), clerk, { ...asked, commandId: id(), class: 'ZZ' })).toMatchObject(
    fault('archive.classUnknown'),
  )
  expect(broken()).toBeUndefined()
})

test('a list takes with a letter what it is kept with, is printed by class, and is in the way of another list', () => {
  const first = enter({ subject: said })
  const second = enter({ inReplyTo: first, receivedOn: '2011-06-02', confidentiality: 'secret' }, ['annexe'])
  const made = valueOf(list([first], 'transfer'))
  expect(made).toMatchObject({
    kind: 'transfer',
    rank: 1,
    state: 'proposed',
    letters: [first, second],
    classes: [{ code: 'C1', letters: 2, files: 1, first: '2010-03-01', last: '2011-06-02' }],
  })
  const { facts } = valueOf(readFacts(store.db, 'mailArchiveList', made.listId as PaperId))
  expect(facts.classes[0]).toMatchObject({ active: 2, semiActive: 8, lines: [{ subject: said }, { subject: '' }] })
  expect(list([second])).toMatchObject(fault('archive.listed'))
  expect(over().lines).toEqual([])
  // The archive gives its receipt; nobody approves what is transferred, and nothing of it is destroyed.
  expect(decide(made.listId)).toMatchObject(fault('archive.listState'))
  const receipt = valueOf(decide(made.listId, { what: 'received', reference: 'V 2026-07' }))
  expect(receipt).toMatchObject({ state: 'received', decisions: [{ reference: 'V 2026-07', on: '2026-11-20' }] })
  expect(destroy(made.listId)).toMatchObject(fault('archive.listState'))
  expect(decide(made.listId, { what: 'withdrawn', reference: 'erreur' })).toMatchObject(fault('archive.listState'))
})

test('what is kept for good is on no list of elimination; one that is withdrawn lets its letters go', () => {
  const circular = enter({ kind: 'circular' })
  expect(list([circular])).toMatchObject(fault('archive.notOver'))
  // An invoice that answers what is kept for good is kept with it.
  expect(list([enter({ inReplyTo: circular })])).toMatchObject(fault('archive.notOver'))
  const number = enter()
  const { listId } = valueOf(list([number]))
  const withdrawn = valueOf(decide(listId, { what: 'withdrawn', reference: 'une erreur' }, clerk))
  expect(withdrawn).toMatchObject({ state: 'withdrawn', letters: [number] })
  expect(valueOf(list([number])).rank).toBe(2)
})

test('a destruction takes two persons and the agreement; what it said is gone everywhere, its number and digest stay', () => {
  const number = enter({ subject: said, sender: { name: `Société ${said}` }, reference: `${said}/1` }, ['un', 'deux'])
  const other = enter({ subject: 'Autre' }, ['deux'])
  const { id: letterId } = shown(number)
  store.tx((db) => ok(keepText(db, letterId, `le texte ${said}`, '2026-11-21T09:00:00.000Z')))
  const { listId, digest } = valueOf(list([number]))
  expect(destroy(listId)).toMatchObject(fault('archive.listState'))
  expect(decide(listId, {}, clerk)).toMatchObject(fault('witness.samePerson'))
  expect(decide(listId, { on: '2026-11-22' })).toMatchObject(fault('letter.toCome'))
  valueOf(decide(listId))
  expect(destroy(listId)).toMatchObject(fault('archive.notSent'))
  sent()
  const order = { commandId: id(), listId }
  expect(valueOf(destroyList(issuing, chief, order))).toMatchObject({ state: 'destroyed', digest })
  expect(valueOf(destroyList(issuing, chief, order)).state).toBe('destroyed')
  expect(countOfKind(store.db, 'mail.destroyed')).toBe(1)

  expect(shown(number)).toMatchObject({ number, receivedOn: '2010-03-01', destroyed: true, files: [], kind: 'invoice' })
  expect(shown(number).events.map(({ what }) => what)).toEqual(['registered', 'listed', 'destroyed'])
  for (const words of [said, 'texte', 'Société']) expect(found(words)).not.toContain(number)
  expect(found(number)).toEqual([number])
  expect(valueOf(findSenders(context(), chief, { words: 'soc', limit: 8 }))).toEqual([])
  // What another letter has stays for that one.
  expect(['un', 'deux'].map((text) => store.files.has(hashOf(text)))).toEqual([false, true])
  expect(shown(other).files).toHaveLength(1)
  const tables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'`
  for (const { name } of store.db.all<{ name: string }>(tables))
    if (!/^letter_(words|codes)|^old_letter|^procedure_words|_(data|idx|content|docsize|config)$/u.test(name))
      expect(JSON.stringify(store.db.all(`SELECT * FROM ${name}`)), name).not.toContain(said)
  const record = newestPaper(store.db, 'mailDestruction', listId) ?? ('' as PaperId)
  expect(valueOf(readFacts(store.db, 'mailDestruction', record)).facts).toMatchObject({
    proposedBy: clerk.code,
    approvedBy: chief.code,
    agreement: 'AM/2026/114',
    agreedOn: '2026-11-20',
    numbers: [number],
    digest,
    copiesUntil: '2026-12-21',
  })
  expect(broken()).toBeUndefined()
  // Nothing follows on it, and it is answered by nobody.
  const refused = fault('letter.destroyed')
  expect(cancelLetter(context(), clerk, { commandId: id(), number, reason: 'erreur' })).toMatchObject(refused)
  expect(list([number])).toMatchObject(refused)
  expect(registerLetter(context(), clerk, aLetterOf({ register: 'departure', inReplyTo: number }))).toMatchObject(
    refused,
  )
})
const hashOf = (text: string): string => createHash('sha256').update(`%PDF ${text}`).digest('hex')

test('a crash between the commit and the disk leaves a file without a name, which the next look takes', async () => {
  const listId = approved([enter({}, ['un'])])
  const path = store.files.pathOf(store.files.nameOf(hashOf('un')))
  const power = vi.spyOn(store.files, 'remove').mockReturnValue(undefined)
  valueOf(destroy(listId))
  power.mockRestore()
  expect([existsSync(path), store.db.get('SELECT 1 FROM files WHERE sha256 = ?', [hashOf('un')])]).toEqual([
    true,
    undefined,
  ])
  const later = Date.now() + 48 * 60 * 60_000
  expect(await removeLeftovers(store, later, new AbortController().signal)).toBe(1)
  expect(existsSync(path)).toBe(false)
})

test('an approved list whose letter was changed, held or answered since is not destroyed', () => {
  const [changed, held, answered] = [enter(), enter(), enter()]
  const numbers = [changed, held, answered]
  const lists = numbers.map((number) => approved([number]))
  valueOf(cancelLetter(context(), clerk, { commandId: id(), number: changed, reason: 'doublon' }))
  valueOf(holdLetter(context(), clerk, { commandId: id(), number: held, reason: 'procès' }))
  enter({ inReplyTo: answered })
  sent()
  expect(lists.map((one) => destroy(one)).map((one) => (one.ok ? '' : one.fault.code))).toEqual([
    'archive.changed',
    'letter.held',
    'archive.changed',
  ])
  for (const number of numbers) expect(shown(number).destroyed).toBeUndefined()
})

test('the register itself lets no line change and no scan go that no approved list names', () => {
  const number = enter({}, ['un'])
  const { listId } = valueOf(list([number]))
  const run = (sql: string) => () => store.tx((db) => ok(db.run(sql)))
  expect(run(`UPDATE letters SET body = '{}'`)).toThrow('a line never changes')
  expect(run(`UPDATE letters SET body = '{}', destroyed = 1`)).toThrow('a line never changes')
  const done = `'${listId}', 'destroyed', NULL, NULL, 'X', 't', 1`
  expect(run(`INSERT INTO archive_decisions SELECT id, ${done} FROM outbox LIMIT 1`)).toThrow('nobody approved it')
  routeLetter(context(), clerk, { commandId: id(), number, routing: { to: 'URB', copies: [] } })
  // Whoever writes past the program is told by the audit.
  destroyAll(listId)
  expect(broken()).toMatchObject({ what: 'changed' })
})
/** What nobody can do who only writes rows: the link is missing. */
const destroyAll = (listId: string): void => {
  const rows = (what: string, agent: string, seq: number) =>
    `INSERT INTO archive_decisions SELECT id, '${listId}', '${what}', 'r', '2026-11-20', '${agent}', 't', ${String(seq)}
    FROM outbox ORDER BY seq LIMIT 1 OFFSET ${String(seq)}`
  store.tx((db) => {
    db.run(rows('approved', 'other', 1))
    db.run(rows('destroyed', 'other', 2))
    return ok(
      db.run(`UPDATE letters SET destroyed = 1, body = json_set(body, '$.subject', 'x') WHERE list_id = '${listId}'`),
    )
  })
}
