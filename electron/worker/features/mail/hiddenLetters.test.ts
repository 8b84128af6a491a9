import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call, In } from '#shared/contract/calls.ts'
import { calls } from '#shared/contract/features/mail/calls.ts'
import { digitalItem } from '#shared/domain/mail/digitalItem.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, startWorker, type TestWindow, type TestWorker } from '#tests/builders/worker.ts'
import { itemReady, saveDigitalItem } from '../../core/rows/digitalItems.ts'
import { officeSetting, readOffice } from '../../core/context.ts'
import { saveSetting } from '../../store/settings.ts'

// Whatever is asked of a mail office: whoever may not see a letter is told nothing of it, no number and no word.

const word = 'Zanzibar'
const postal = 'RR473124829MA'
const folder = temporaryFolder()
const start = () => startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))))
let worker: TestWorker
/** What a chief registered, handed over, reminded of and closed. */
let hidden: {
  readonly arrival: string
  readonly departure: string
  readonly reference: string
  readonly label: string
  readonly sha256: string
  readonly slipId: string
  /** Of 2010: one that is over, and the list on which another one stands. */
  readonly old: string
  readonly listId: string
  /** A letter that everybody may see, and that answers the arrival. */
  readonly open: string
  readonly day: string
}

beforeAll(async () => {
  await start().close()
  const store = openTestStore(folder.path)
  const office = readOffice(store)
  const clearance = { supervisor: 'secret' }
  valueOf(store.tx((db) => ok(saveSetting(db, officeSetting, { ...office, mail: { ...office.mail, clearance } }))))
  const sender = { name: word }
  const item = { id: v7(), office: 'RAB03', number: word, on: '2026-11-21', sender, subject: word, files: [] }
  const waiting = digitalItem.parse({ ...item, confidentiality: 'secret' })
  valueOf(
    store.tx((db) => {
      saveDigitalItem(db, waiting)
      itemReady(db, waiting)
      return ok(undefined)
    }),
  )
  store.close()
  worker = start()
  const chief = await windowOf('supervisor')
  const { today: day } = valueOf(await chief.ask('mail.settings', {}))
  const registered = async (over: object, files: In<'mail.register'>['files'] = []) => {
    const usual = { register: 'arrival', receivedOn: day, mode: 'post', sender: { name: word }, subject: word } as const
    const letter = { ...usual, kind: 'letter', confidentiality: 'secret', ...over } as const
    return valueOf(await chief.ask('mail.register', { commandId: v7(), letter, files })).letter.number
  }
  const { sha256 } = valueOf(await chief.ask('mail.addFile', { bytes: new TextEncoder().encode(word) }))
  const [label = ''] = valueOf(await chief.ask('mail.labels', { count: 1 })).labels
  const arrival = await registered({ label, service: 'URB' }, [{ sha256, name: 'a.txt' }])
  const given = await chief.ask('mail.giveReference', { commandId: v7(), service: 'URB', inReplyTo: arrival })
  const { text: reference } = valueOf(given)
  valueOf(await chief.ask('mail.route', { commandId: v7(), number: arrival, routing: { to: 'URB', by: day } }))
  const reminder = { commandId: v7(), service: 'URB', numbers: [arrival], print: false }
  valueOf(await chief.ask('mail.remind', reminder))
  const sent = { register: 'departure', mode: 'registered', postalNumber: postal, reference } as const
  const departure = await registered({ ...sent, recipients: [{ name: word }] })
  const answer = {
    register: 'departure',
    confidentiality: 'none',
    subject: 'Réponse',
    sender: { name: 'Nous' },
  } as const
  const open = await registered({ ...answer, inReplyTo: arrival })
  const over = { commandId: v7(), numbers: [arrival, open], service: 'TECH' }
  const { slipId } = valueOf(await chief.ask('mail.handOver', over))
  valueOf(await chief.ask('mail.handOver', { commandId: v7(), numbers: [departure], service: 'TECH' }))
  const past = { register: 'departure', receivedOn: '2010-03-01', kind: 'invoice' } as const
  const [old, listed] = [await registered(past), await registered(past)]
  const list = { commandId: v7(), kind: 'elimination' as const, numbers: [listed] }
  const { listId } = valueOf(await chief.ask('mail.makeList', list))
  hidden = { arrival, departure, reference, label, sha256, slipId, old, listId, open, day }
})
afterAll(async () => {
  await worker.close()
  folder.remove()
})
const windowOf = async (login: string): Promise<TestWindow> => {
  const window = worker.at('clerk')
  valueOf(await window.ask('session.signIn', { login, password: 'guichet-demo' }))
  return window
}

type MailCall = Extract<Call, `mail.${string}`>
const own = { register: 'arrival', mode: 'post', sender: { name: 'Commune' }, subject: 'Levé', kind: 'letter' } as const
const like = { ...own, sender: { name: word }, subject: word } as const
/** How each call is asked for what is hidden; a text says why there is nothing of it to ask for. */
const asked: { readonly [C in MailCall]: (() => In<C>) | string } = {
  'mail.addFile': 'takes a file',
  'mail.readFiles': 'answers nothing',
  'mail.split': 'looks at what is handed to it',
  'mail.scanStack': 'looks at what is handed to it',
  'mail.cut': 'looks at what is handed to it',
  'mail.picture': 'looks at what is handed to it',
  'mail.propose': 'looks at what was handed to it: whoever knows the hash has the file',
  'mail.fileAdded': 'looks at what was handed to it: whoever knows the hash has the file',
  'mail.table': 'looks at what is handed to it',
  'mail.separators': 'sheets',
  'mail.labels': 'new labels',
  'mail.models': 'names of models',
  'mail.keepSearches': 'takes searches',
  'mail.addSender': 'takes a name',
  'mail.import': 'lines of another register',
  'mail.undoImport': 'lines of another register',
  'mail.close': 'whoever closes sees what he signs',
  'mail.closingPdf': 'whoever closes sees what he signs',
  'mail.settings': () => ({}),
  'mail.overview': () => ({ day: hidden.day }),
  'mail.baskets': () => ({}),
  'mail.folderPdf': () => ({}),
  'mail.postList': () => ({ day: hidden.day }),
  'mail.statistics': () => ({ from: hidden.day, to: hidden.day }),
  'mail.slips': () => ({ open: false }),
  'mail.closings': () => ({}),
  'mail.references': () => ({}),
  'mail.reference': () => ({ text: hidden.reference }),
  'mail.digital': () => ({ limit: 200 }),
  'mail.search': () => ({ words: '' }),
  'mail.export': () => ({ question: { words: '' }, format: 'csv' }),
  'mail.senders': () => ({ words: word }),
  'mail.like': () => ({
    letter: { ...like, receivedOn: hidden.day },
    files: [{ sha256: hidden.sha256, name: 'b.txt' }],
  }),
  'mail.register': () => ({
    commandId: v7(),
    letter: { ...own, receivedOn: hidden.day, label: hidden.label, reference: hidden.reference },
    files: [],
  }),
  'mail.show': () => ({ number: hidden.open }),
  'mail.stamp': () => ({ number: hidden.arrival, sha256: hidden.sha256 }),
  'mail.file': () => ({ number: hidden.arrival, sha256: hidden.sha256 }),
  'mail.remind': () => ({ commandId: v7(), service: 'URB', numbers: [hidden.arrival], print: false }),
  'mail.giveReference': () => ({ commandId: v7(), service: 'URB', inReplyTo: hidden.arrival }),
  'mail.dropReference': () => ({ text: hidden.reference, reason: 'notSent' }),
  'mail.fillModel': () => ({
    model: 'Lettre-FR',
    letter: { ...own, receivedOn: hidden.day, inReplyTo: hidden.arrival },
  }),
  'mail.cancel': () => ({ commandId: v7(), number: hidden.departure, reason: 'doublon' }),
  'mail.route': () => ({ commandId: v7(), number: hidden.departure, routing: { to: 'URB' } }),
  'mail.addScan': () => ({
    commandId: v7(),
    number: hidden.departure,
    file: { sha256: hidden.sha256, name: 'a' },
  }),
  'mail.posted': () => ({ code: 'RR 473 124 829 MA' }),
  'mail.acknowledge': () => ({ commandId: v7(), number: hidden.departure, on: hidden.day }),
  'mail.handOver': () => ({ commandId: v7(), numbers: [hidden.departure], service: 'JUR' }),
  'mail.slipReceived': () => ({ commandId: v7(), slipId: hidden.slipId, by: 'AG-001' }),
  'mail.takeBack': () => ({ commandId: v7(), number: hidden.departure }),
  'mail.archive': () => ({ class: 'B1' }),
  'mail.classify': () => ({ commandId: v7(), number: hidden.departure, class: 'C1' }),
  'mail.hold': () => ({ commandId: v7(), number: hidden.departure, reason: 'procès' }),
  'mail.release': () => ({ commandId: v7(), number: hidden.departure }),
  'mail.makeList': () => ({ commandId: v7(), kind: 'transfer', numbers: [hidden.old] }),
  'mail.listReceived': () => ({ commandId: v7(), listId: hidden.listId, reference: 'V 1', on: hidden.day }),
  'mail.approveList': () => ({ commandId: v7(), listId: hidden.listId, reference: 'AM 1', on: hidden.day }),
  'mail.withdrawList': () => ({ commandId: v7(), listId: hidden.listId, reason: 'erreur' }),
  'mail.destroyList': () => ({ commandId: v7(), listId: hidden.listId }),
  'mail.listPdf': () => ({ listId: hidden.listId, paper: 'list' }),
}

/** In the first and the last place of what whoever closes signs. */
const signed: readonly string[] = ['mail.overview', 'mail.closings']

test('no call of the mail office tells a clerk anything of a letter above his level', async () => {
  const desk = await windowOf('clerk')
  expect(await leaks(desk, ({ name }) => !signed.includes(name))).toEqual([])
  expect(valueOf(await desk.ask('mail.reference', { text: hidden.reference }))).toEqual({ is: 'hidden' })
  expect(valueOf(await desk.ask('mail.posted', { code: postal }))).toEqual({ is: 'hidden' })
  expect(valueOf(await desk.ask('mail.overview', {})).digital).toEqual({ ready: 0, coming: 0, stopped: 0 })
  expect(valueOf(await (await windowOf('supervisor')).ask('mail.overview', {})).digital.ready).toBe(1)
  const { slips } = valueOf(await desk.ask('mail.slips', { open: false }))
  expect(slips.map(({ letters }) => letters)).toEqual([[hidden.open]])
  expect(valueOf(await desk.ask('mail.show', { number: hidden.open })).letter.inReplyTo).toBeUndefined()
})

test('who reads the registers sees of a closing what he may see of its lines', async () => {
  const chief = await windowOf('supervisor')
  const closing = valueOf(await chief.ask('mail.close', { commandId: v7(), day: hidden.day }))
  expect(closing).toMatchObject({ first: hidden.arrival })
  const reader = await windowOf('agent')
  expect(await leaks(reader, ({ access }) => access === 'readMail')).toEqual([])
  const [seen] = valueOf(await reader.ask('mail.closings', {})).closings
  expect(seen).toMatchObject({ first: hidden.open, count: closing.count - 2, hash: closing.hash })
})

/** The calls whose answer has a mark of a letter that is hidden. */
async function leaks(
  window: TestWindow,
  which: (call: { readonly name: string; readonly access: string }) => boolean,
): Promise<string[]> {
  const found: string[] = []
  const { arrival, departure, old } = hidden
  const marks = [word, arrival, departure, old, postal].map((one) => one.toLowerCase())
  for (const [name, example] of Object.entries(asked)) {
    if (typeof example === 'string' || !which({ name, access: calls[name as MailCall].access })) continue
    const answer = await window.ask(name as Call, example())
    const said = JSON.stringify(answer, (_, part: unknown) =>
      part instanceof Uint8Array ? Buffer.from(part).toString('utf8') : part,
    ).toLowerCase()
    if (marks.some((mark) => said.includes(mark))) found.push(name)
  }
  return found
}
