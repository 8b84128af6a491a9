import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { groups } from '#electron/cli/groups.ts'
import { intakeExample } from '#electron/cli/intakeRequest.ts'
import { main } from '#electron/cli/main.ts'
import { accessKind } from '#electron/worker/core/recordAccess.ts'
import { countOfKind } from '#electron/worker/journal/rows/journalRows.ts'
import { openKey, registerFile } from '#electron/worker/keys/openKey.ts'
import { itemReady, saveDigitalItem } from '#electron/worker/core/rows/digitalItems.ts'
import { openStore } from '#electron/worker/store/open.ts'
import { calls, type Call, type In } from '#shared/contract/calls.ts'
import { allows } from '#shared/domain/roles.ts'
import { digitalItem } from '#shared/domain/mail/digitalItem.ts'
import { ok } from '#shared/result.ts'
import { accessesOf, depositFor, draftOf, marks, marksIn } from '#tests/builders/markedCitizen.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, startWorker, type TestWindow, type TestWorker } from '#tests/builders/worker.ts'
import { commandExamples } from './commandExamples.ts'

// What is tried: to see a citizen by whatever the program answers, without a line in the access log.

const passphrase = 'une phrase de passe'
const password = 'guichet-demo'
let folder: ReturnType<typeof temporaryFolder>
let key: Uint8Array
let worker: TestWorker
/** Looks at the access log from a window of its own. */
let onlooker: TestWindow
let made: Awaited<ReturnType<typeof depositFor>>
/** A letter that the citizen wrote. */
const letter = {
  register: 'arrival',
  receivedOn: '2026-11-01',
  mode: 'post',
  sender: { name: `${marks.familyName} ${marks.givenNames}` },
  subject: `Demande de ${marks.familyName}`,
  kind: 'letter',
} as const
let written: { readonly number: string; readonly sha256: string }
const draftId = v7()

const openHere = () => valueOf(openStore({ file: registerFile(folder.path), key, now: new Date().toISOString() }))

beforeAll(async () => {
  folder = temporaryFolder()
  key = valueOf(await openKey(folder.path, { passphrase }))
  const start = () => startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), { key })
  worker = start()
  valueOf(await worker.ask('session.signIn', { login: 'agent', password }))
  made = await depositFor(worker)
  valueOf(
    await worker.ask('draft.save', {
      id: draftId,
      draft: await draftOf(worker),
      revision: 0,
      writer: v7(),
      identityId: made.order.identityId,
    }),
  )
  const desk = worker.at('clerk')
  valueOf(await desk.ask('session.signIn', { login: 'supervisor', password }))
  const file = valueOf(await desk.ask('mail.addFile', { bytes: new TextEncoder().encode(marks.familyName) }))
  const order = { commandId: v7(), letter, files: [{ sha256: file.sha256, name: 'lettre.txt' }] }
  const { number } = valueOf(await desk.ask('mail.register', order)).letter
  written = { number, sha256: file.sha256 }
  // Signed with a card, and refused by the platform: the states in which the register answers most.
  await worker.close()
  const store = openHere()
  const signature = {
    statement: '0'.repeat(64),
    scheme: 'ecdsa-sha256',
    signature: 'AAAA',
    certificate: 'AAAA',
    chain: 'trusted',
  }
  const { sender, subject } = letter
  const item = { id: v7(), office: 'RAB03', number: 'BOD-1', on: '2026-11-01', sender, subject, files: [] }
  const waiting = digitalItem.parse(item)
  valueOf(
    store.tx((db) => {
      saveDigitalItem(db, waiting)
      itemReady(db, waiting)
      db.run('UPDATE identities SET signature = ?', [JSON.stringify(signature)])
      db.run(`UPDATE outbox SET state = 'rejected' WHERE id = ?`, [made.order.commandId])
      return ok(undefined)
    }),
  )
  store.close()
  worker = start()
  onlooker = worker.at('clerk')
  valueOf(await onlooker.ask('session.signIn', { login: 'supervisor', password }))
}, 60_000)
afterAll(async () => {
  await worker.close()
  folder.remove()
})

/** What only devices, a file or another state of the register could answer, and why no citizen can be in it. */
const noExample: Partial<Record<Call, string>> = {
  'register.unlock': 'before the register is open',
  'register.begin': 'before the register is open',
  'register.rescue': 'before the register is open',
  'register.startAgain': 'before the register is open',
  'session.signIn': 'the walk itself signs in',
  'session.signOut': 'answers nothing, and ends the walk',
  'session.lock': 'answers nothing, and ends the walk',
  'card.sign': 'the name of the citizen at the desk, whose reading is in the log',
  'trust.examine': 'countries and their certificates',
  'trust.add': 'countries and their certificates',
  'trust.remove': 'countries and their certificates',
}
const repair = () => ({ commandId: v7(), act: made.order.commandId, reason: 'spécimen' })
const second = { login: 'supervisor', password }
/** What each call is asked with; a call that takes nothing is walked by itself. */
const examples: { readonly [C in Call]?: (atDesk: string) => unknown } = {
  'session.language': () => ({ language: 'fr' }),
  'catalogue.search': () => ({ words: marks.familyName, limit: 20 }),
  'catalogue.sheet': async () => ({ code: (await draftOf(onlooker)).procedure }),
  'training.agentCard': () => ({ inserted: true }),
  'training.insertCard': () => ({ card: 'citizen' }),
  'card.read': () => ({}),
  'identity.type': () => ({ identity: marks, reason: 'other', note: 'carte en renouvellement' }),
  'identity.release': () => ({ identityId: v7() }),
  'identity.takeBack': () => ({ identityId: v7() }),
  'citizen.deposits': (identityId) => ({ identityId }),
  'deposit.find': () => ({ number: made.deposit.number }),
  'deposit.search': () => ({ words: made.deposit.number }),
  'draft.load': () => ({ id: draftId }),
  'draft.save': async () => ({ id: v7(), draft: await draftOf(onlooker), revision: 0, writer: v7() }),
  'draft.discard': () => ({ id: v7() }),
  'attachment.add': () => ({ name: 'a.txt', bytes: new TextEncoder().encode(marks.familyName) }),
  'receipt.preview': async (identityId) => ({ identityId, draft: await draftOf(onlooker) }),
  'receipt.issue': () => made.order,
  'receipt.pdf': () => ({ receiptId: made.deposit.receiptId }),
  'receipt.signature': () => ({ number: made.deposit.number }),
  'receipt.check': async () => {
    const pdf = valueOf(await onlooker.ask('receipt.pdf', { receiptId: made.deposit.receiptId }))
    return { seal: pdf.seal }
  },
  'receipt.reprint': () => ({ receiptId: made.deposit.receiptId, reason: 'papier froissé' }),
  'print.again': () => ({ printJobId: made.deposit.printJobId }),
  'print.resolve': () => ({ printJobId: made.deposit.printJobId, cameOut: true }),
  'printer.choose': () => ({ medium: 'a4', printer: 'Bureau' }),
  'complement.find': () => ({ number: made.deposit.number }),
  'complement.issue': () => ({
    commandId: v7(),
    number: made.deposit.number,
    pieces: [{ code: 'demande', attachments: [] }],
  }),
  'correction.find': () => ({ number: made.deposit.number }),
  'correction.correct': async () => ({ ...repair(), draft: await draftOf(onlooker) }),
  'correction.cancel': () => ({ ...repair(), second: { login: 'agent', password } }),
  'correction.override': () => ({ ...repair(), second }),
  'personalData.find': () => ({ number: made.deposit.number }),
  'personalData.export': () => ({ commandId: v7(), files: [made.deposit.requestId] }),
  'personalData.erase': () => ({
    commandId: v7(),
    files: [made.deposit.requestId],
    right: 'rectification',
    reason: 'demande écrite',
    second: { login: 'agent', password },
  }),
  'account.unlock': () => ({ login: 'clerk' }),
  'account.bindCard': () => ({ login: 'clerk' }),
  'account.unbindCard': () => ({ login: 'clerk' }),
  'account.end': () => ({ login: 'clerk' }),
  'reader.setRole': () => ({ reader: 'x', role: 'any' }),
  'device.support': () => ({}),
  'device.enrol': () => ({ code: 'ABCD-EFGH' }),
  'platform.trust': () => ({ file: new Uint8Array(8), fingerprint: 'ABCD-EFGH' }),
  'outbox.importAnswers': () => ({ bytes: new Uint8Array(8) }),
  'clock.reset': () => ({ reason: 'set' }),
  'series.renew': () => ({ reason: 'copie ancienne' }),
  'day.close': () => ({ commandId: v7(), day: '2020-01-01' }),
  'day.reopen': () => ({ commandId: v7(), day: '2020-01-01', reason: 'dépôt tardif', second }),
  'closing.pdf': () => ({ closingId: v7() }),
  'closing.print': () => ({ closingId: v7() }),
  'mail.addFile': () => ({ bytes: new TextEncoder().encode(marks.familyName) }),
  'mail.readFiles': () => ({ seconds: 1 }),
  'mail.split': () => ({ bytes: new TextEncoder().encode(marks.familyName) }),
  'mail.cut': () => ({ bytes: new TextEncoder().encode(marks.familyName), pages: [1] }),
  'mail.picture': () => ({ bytes: new TextEncoder().encode(marks.familyName), page: 1 }),
  'mail.table': () => ({ bytes: new TextEncoder().encode(`a;b\n${marks.familyName};c`) }),
  'mail.propose': () => ({ sha256: written.sha256, name: 'a.txt', received: '2026-11-01' }),
  'mail.fileAdded': () => ({ sha256: written.sha256 }),
  'mail.stamp': () => written,
  'mail.separators': () => ({ count: 1 }),
  'mail.labels': () => ({ count: 1 }),
  'mail.register': () => ({ commandId: v7(), letter }),
  'mail.giveReference': () => ({ commandId: v7(), service: 'URB', inReplyTo: written.number }),
  'mail.dropReference': () => ({ text: 'URB/2026/G2-0001', reason: 'notSent' }),
  'mail.fillModel': () => ({ model: 'Lettre-FR', letter }),
  'mail.reference': () => ({ text: 'URB/2026/G2-0001' }),
  'mail.like': () => ({ letter }),
  'mail.search': () => ({ words: marks.familyName }),
  'mail.keepSearches': () => ({ searches: [{ name: 'En retard', words: '', period: 'all', due: 'late' }] }),
  'mail.export': () => ({ question: { words: marks.familyName }, format: 'csv' }),
  'mail.statistics': () => ({ from: '2026-01-01', to: '2026-12-31' }),
  'mail.show': () => ({ number: written.number }),
  'mail.file': () => written,
  'mail.cancel': () => ({ commandId: v7(), number: written.number, reason: 'doublon' }),
  'mail.route': () => ({ commandId: v7(), number: written.number, routing: { to: 'URB' } }),
  'mail.addScan': () => ({ commandId: v7(), number: written.number, file: { sha256: written.sha256, name: 'a' } }),
  'mail.posted': () => ({ code: 'RR473124829MA' }),
  'mail.acknowledge': () => ({ commandId: v7(), number: written.number, on: '2026-11-21' }),
  'mail.postList': () => ({ day: '2026-11-21' }),
  'mail.remind': () => ({ commandId: v7(), service: 'URB', numbers: [written.number], print: false }),
  'mail.handOver': () => ({ commandId: v7(), numbers: [written.number], service: 'URB' }),
  'mail.slipReceived': () => ({ commandId: v7(), slipId: v7(), by: 'AG-001' }),
  'mail.takeBack': () => ({ commandId: v7(), number: written.number }),
  'mail.archive': () => ({ class: 'C1' }),
  'mail.classify': () => ({ commandId: v7(), number: written.number, class: 'B1' }),
  'mail.hold': () => ({ commandId: v7(), number: written.number, reason: 'procès' }),
  'mail.release': () => ({ commandId: v7(), number: written.number }),
  'mail.makeList': () => ({ commandId: v7(), kind: 'transfer', numbers: [written.number] }),
  'mail.listReceived': () => ({ commandId: v7(), listId: v7(), reference: 'V 1', on: '2026-11-01' }),
  'mail.approveList': () => ({ commandId: v7(), listId: v7(), reference: 'AM 1', on: '2026-11-01' }),
  'mail.withdrawList': () => ({ commandId: v7(), listId: v7(), reason: 'erreur' }),
  'mail.destroyList': () => ({ commandId: v7(), listId: v7() }),
  'mail.listPdf': () => ({ listId: v7(), paper: 'list' }),
  'mail.import': () => ({ commandId: v7(), lines: [], sha256: '0'.repeat(64), dryRun: true }),
  'mail.slips': () => ({ open: true }),
  'mail.senders': () => ({ words: marks.familyName }),
  'mail.addSender': () => ({ name: 'Commune spécimen' }),
  'mail.close': () => ({ commandId: v7(), day: '2020-01-01' }),
  'mail.closingPdf': () => ({ closingId: v7() }),
  'hall.signOn': () => ({ commandId: v7(), services: ['A'] }),
  'hall.signOff': () => ({ commandId: v7() }),
  'hall.away': () => ({ commandId: v7(), away: true }),
  'hall.next': () => ({ commandId: v7() }),
  'hall.ticket': () => ({ commandId: v7(), ticket: 'A001', act: 'here' }),
  'hall.takeFile': () => ({ ticket: 'A001' }),
  'hall.issue': () => ({ commandId: v7(), service: 'A' }),
  'hall.alarm': () => ({ commandId: v7(), on: true }),
  'kiosk.issue': () => ({ commandId: v7(), service: 'A', priority: true }),
  'kiosk.checkIn': () => ({ commandId: v7(), appointment: 'R0001', priority: false }),
  'kiosk.checkInByCard': () => ({ commandId: v7(), numbers: ['AB123456'], priority: false }),
  'kiosk.help': () => ({ commandId: v7() }),
  'hall.close': () => ({ commandId: v7() }),
  'hall.takeOver': () => ({ forced: false }),
  'hall.service': () => ({ commandId: v7(), service: 'A', open: true }),
  'hall.assign': () => ({ commandId: v7(), counter: '2', services: ['A'] }),
  'hall.message': () => ({ commandId: v7(), text: 'Deux guichets de plus' }),
  'hall.history': () => ({ from: '2026-11-01', to: '2026-11-30' }),
  'hall.forecast': () => ({ day: '2026-12-07' }),
  'appointments.list': () => ({ day: '2026-12-01' }),
  'appointments.paper': () => ({ day: '2026-12-01' }),
  'appointments.free': () => ({ service: 'A', day: '2026-12-01' }),
  'appointments.book': () => ({ commandId: v7(), service: 'A', day: '2026-12-01', time: '10:00' }),
  'appointments.move': () => ({ commandId: v7(), appointment: 'R0001', day: '2026-12-01', time: '10:00' }),
  'appointments.cancel': () => ({ commandId: v7(), appointment: 'R0001' }),
  'appointments.checkIn': () => ({ commandId: v7(), appointment: 'R0001' }),
}
/**
 * About the citizen at this desk, whose coming there is the access; or what was brought from outside, said again: a
 * letter that is registered, the rows of a file.
 */
const atTheDesk: readonly Call[] = ['card.state', 'receipt.preview', 'identity.purpose', 'mail.register', 'mail.table']
/** A list of whom another list has shown in this session, which is the access (`recordList`, `keepDraft.test.ts`). */
const shownBefore: readonly Call[] = ['draft.list', 'mail.search', 'mail.like', 'mail.senders']
/** Answers in which he is drawn, not written. */
const drawn: readonly Call[] = ['receipt.pdf', 'personalData.export']

/** Logins of the demonstration, each with its role. */
const roles = { agent: 'agent', supervisor: 'supervisor', admin: 'administrator', auditor: 'auditor' } as const

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : part,
  )

describe.each(Object.entries(roles))('as %s', (login, role) => {
  test('no call shows a citizen whom the log does not know of', { timeout: 120_000 }, async () => {
    const window = worker.at('clerk')
    const { ask } = window
    valueOf(await ask('session.signIn', { login, password }))
    const typed = await ask('identity.type', { identity: marks, reason: 'other', note: 'carte en renouvellement' })
    const atDesk = typed.ok ? typed.value.identityId : v7()
    const unseen: string[] = []
    const showing: string[] = []
    for (const name of Object.keys(calls) as Call[]) {
      const { access, input } = calls[name]
      if (name in noExample || (access !== 'public' && access !== 'signedIn' && !allows([role], access))) continue
      const asked = (await examples[name]?.(atDesk)) ?? {}
      // A call that is new has to be told how it is asked, or why nobody can be in its answer.
      expect([name, input.safeParse(asked).success]).toEqual([name, true])
      const before = (await accessesOf(onlooker)).length
      const answer = await ask(name, asked as In<Call> as never)
      const shows = marksIn(textOf(answer)).length > 0 || (answer.ok && drawn.includes(name))
      if (!shows) continue
      showing.push(name)
      const logged = (await accessesOf(onlooker)).length - before
      if (logged === 0 && ![...atTheDesk, ...shownBefore].includes(name)) unseen.push(name)
    }
    expect(unseen).toEqual([])
    // The walk saw what there is to see.
    if (role === 'supervisor')
      expect(showing).toEqual(
        expect.arrayContaining([
          ...[
            'home.day',
            'mail.digital',
            'deposit.find',
            'deposit.search',
            'receipt.pdf',
            'receipt.check',
            'receipt.signature',
            'receipt.issue',
          ],
          ...['mail.show', 'mail.search', 'mail.file', 'mail.cancel', 'mail.senders'],
          ...['correction.list', 'correction.find', 'personalData.find', 'personalData.export'],
        ]),
      )
    if (role === 'agent') expect(showing).toContain('draft.load')
    window.close()
  })
})

test('no command shows a citizen whom the log does not know of', { timeout: 240_000 }, async () => {
  await worker.close()
  const lines = (): number => {
    const store = openHere()
    const count = countOfKind(store.db, accessKind)
    store.close()
    return count
  }
  const [unseen, showing]: [string[], string[]] = [[], []]
  const example = { ...intakeExample, identity: { ...marks, source: 'typed', reason: 'noCard' } }
  for (const { name } of (await Promise.all(groups.map((group) => group.load()))).flat()) {
    const args = commandExamples[name]
    // A command that is new has to be told how it is asked, or why nobody can be in its answer.
    if (args === undefined) throw new Error(`no example of ${name}`)
    if (typeof args === 'string') continue
    const out = temporaryFolder()
    const before = lines()
    let said = ''
    const filled = args.map((word) =>
      word.replace('NUMBER', made.deposit.number).replace('LETTER', written.number).replace('OUT', out.path),
    )
    const code = await main([...name.split(' '), ...filled], {
      env: {
        GUICHET_DATA: folder.path,
        GUICHET_PASSPHRASE: passphrase,
        GUICHET_PASSWORD: password,
        GUICHET_SECOND_PASSWORD: password,
      },
      signal: new AbortController().signal,
      stdin: Readable.from([Buffer.from(JSON.stringify(example))]),
      out: (text) => (said += text),
      err: (text) => (said += text),
    })
    for (const file of readdirSync(out.path, { recursive: true, withFileTypes: true }))
      if (file.isFile()) said += readFileSync(join(file.parentPath, file.name), 'latin1')
    out.remove()
    expect([name, code, said.slice(0, 200)]).toEqual([name, 0, said.slice(0, 200)])
    if (marksIn(said).length === 0) continue
    showing.push(name)
    if (lines() === before) unseen.push(name)
  }
  expect(unseen).toEqual([])
  expect(showing).toEqual(expect.arrayContaining(['receipt signature', 'person export', 'mail search', 'mail show']))
})
