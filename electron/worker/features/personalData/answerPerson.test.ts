import { afterEach, beforeEach, expect, test } from 'vitest'
import { hash } from '@node-rs/argon2'
import { v7 } from 'uuid'
import { personalDataErased } from '#shared/contract/features/personalData/acts.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { command } from '#shared/contract/platform.ts'
import { signScheme } from '#shared/domain/identity/cardSignature.ts'
import type { CitizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { statementDocument, statementTemplate } from '#shared/domain/papers/statementDocument.ts'
import statementWords from '#shared/domain/papers/statement.json' with { type: 'json' }
import type { CommandId, Sha256 } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { aCitizen, aDraft, anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { verifyJournal } from '../../journal/verify.ts'
import { saveAccount } from '../../core/rows/accounts.ts'
import { journalLinks } from '../../journal/rows/journalRows.ts'
import type { Store } from '../../store/open.ts'
import { erasePerson, exportPerson, findPerson } from './answerPerson.ts'
import type { SignedIn } from '../../core/context.ts'
import { issueReceipt } from '../intake/issueReceipt.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { listAccesses, listPersonalRequests } from './viewPersonalData.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let issuing: Issuing
let now: Date
const start = Date.parse('2026-11-21T09:00:00.000Z')
const later = (days: number): void => {
  now = new Date(start + days * 86_400_000)
}
/** More than a year on, a person says that the date is right: the clock of a quiet register is doubted otherwise. */
const yearLater = (days: number): void => {
  later(days)
  issuing.context.journal.confirmClock()
}
const who: SignedIn = {
  view: {
    login: 'supervisor',
    name: 'N. C.',
    roles: ['supervisor'],
    language: 'fr',
    since: '2026-11-21T08:00:00.000Z',
  },
  code: 'CS-002',
}
const second = { login: 'admin', password: 'guichet-demo' }
beforeEach(async () => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  later(0)
  issuing = issuingOver(store, { now: () => now, monotonic: () => 0 })
  const verifier = await hash('guichet-demo', { memoryCost: 64, timeCost: 1 })
  valueOf(
    store.tx((db) => {
      for (const [login, code, roles] of [
        ['admin', 'AD-001', ['administrator']],
        ['clerk', 'BO-001', ['mailClerk']],
        ['supervisor', 'CS-002', ['supervisor']],
      ] as const) {
        saveAccount(db, {
          login,
          name: login,
          code,
          roles: [...roles],
          language: 'fr',
          verifier,
          validUntil: '2099-01-01T00:00:00.000Z',
        })
      }
      return ok(undefined)
    }),
  )
})
afterEach(() => {
  store.close()
  folder.remove()
})

const identity = { familyName: 'Él Fassi', givenNames: 'Fatima Zahra', documentNumber: 'XK12345', birthPlace: 'ZZLIEU' }
const deposit = (over: Partial<typeof identity> = {}): DepositView =>
  valueOf(
    issueReceipt(
      issuing,
      anOrder({ citizen: aCitizen({ identity: { ...identity, ...over } }), draft: aDraft({ note: 'ZZNOTE' }) }),
    ),
  )
const applied = (): void => {
  valueOf(store.tx((db) => ok(db.run(`UPDATE outbox SET state = 'applied', answered_at = ?`, [now.toISOString()]))))
  valueOf(
    store.tx((db) =>
      ok(db.run(`UPDATE print_jobs SET state = 'printed', ended_at = ?, message = 'ZZMESSAGE'`, [now.toISOString()])),
    ),
  )
}
const order = (files: readonly { requestId: string }[], over: object = {}): Parameters<typeof erasePerson>[2] => ({
  commandId: v7() as CommandId,
  files: files.map((one) => one.requestId) as never,
  right: 'erasure',
  reason: 'demande écrite du jour',
  second,
  ...over,
})

test('a person is found by document, by number or by both names, and each search is in the log without what was sought', () => {
  const [one, other] = [deposit(), deposit({ familyName: 'Autre', documentNumber: 'ZZ9' })]
  const found = (sought: Parameters<typeof findPerson>[2]): string[] =>
    valueOf(findPerson(issuing.context, who, sought)).files.map((file) => file.number)
  expect(found({ document: 'XK12345' })).toEqual([one.number])
  expect(found({ name: { familyName: ' él fassi', givenNames: 'FATIMA ZAHRA' } })).toEqual([one.number])
  expect(found({ number: other.number })).toEqual([other.number])
  expect(found({ document: 'XK12345', number: other.number })).toEqual([])
  expect(findPerson(issuing.context, who, {})).toMatchObject({ fault: { code: 'request.invalid' } })
  const { accesses } = listAccesses(issuing.context, { limit: 10 })
  expect(accesses.map(({ means, purpose, actor, basis }) => [means, purpose, actor, basis])).toEqual(
    Array(4).fill(['search', 'rights', 'CS-002', 'loi 09-08']),
  )
  expect(JSON.stringify(store.db.all('SELECT * FROM journal'))).not.toMatch(/XK12345|FASSI/iu)
})

test('a copy is all of it; request and answer go to the platform, and who took it is in the log', () => {
  const made = deposit()
  const asked = { commandId: v7() as CommandId, files: [made.requestId] }
  const { request, files } = valueOf(exportPerson(issuing.context, who, asked))
  expect(files).toMatchObject([
    {
      number: made.number,
      kept: identity,
      draft: { note: 'ZZNOTE' },
      facts: { citizen: { familyName: identity.familyName } },
    },
  ])
  expect(files[0]?.signature).toBeUndefined()
  expect(request).toMatchObject({ right: 'access', files: 1, agent: 'CS-002', state: 'pending', erased: [], kept: [] })
  expect(valueOf(exportPerson(issuing.context, who, asked)).request).toEqual(request)
  const acts = store.db
    .all<{ type: string; envelope: string; number: string | null }>(
      'SELECT type, envelope, number FROM outbox JOIN envelopes USING (seq) ORDER BY seq',
    )
    .slice(1)
  expect(acts.map(({ type, number }) => [type, number])).toEqual([
    ['ma.guichet.personalData.requested.v1', null],
    ['ma.guichet.personalData.exported.v1', null],
  ])
  for (const act of acts) {
    expect(act.envelope).not.toMatch(/ZZ|Fassi|XK12345/u)
    expect(command.safeParse(JSON.parse(act.envelope)).success).toBe(true)
  }
  expect(listAccesses(issuing.context, { limit: 10 }).accesses).toMatchObject(
    Array(2).fill({ means: 'copy', number: made.number }),
  )
  expect(listPersonalRequests(issuing.context, 10)).toEqual([request])
  expect(
    exportPerson(issuing.context, who, { ...asked, commandId: v7() as CommandId, files: [v7() as never] }),
  ).toMatchObject({ fault: { code: 'request.unknown' } })
})

test('a copy lists what the citizen signed with his card', () => {
  const made = deposit()
  const signature: CitizenSignature = {
    statement: 'ab'.repeat(32) as Sha256,
    scheme: signScheme.enum['ecdsa-sha256'],
    signature: 'AAAA',
    certificate: 'AAAA',
    chain: 'notChecked',
  } // of the form
  valueOf(store.tx((db) => ok(db.run('UPDATE identities SET signature = ?', [JSON.stringify(signature)]))))
  const { request, files } = valueOf(
    exportPerson(issuing.context, who, { commandId: v7() as CommandId, files: [made.requestId] }),
  )
  expect(files[0]?.signature).toEqual(signature)
  const words = statementTemplate.parse(statementWords)
  const { authority, office } = files[0]?.facts ?? { authority: [], office: { fr: '', ar: '' } }
  const paper = statementDocument(
    {
      right: 'access',
      at: request.at,
      zone: 'Africa/Casablanca',
      utcOffsetMinutes: 60,
      authority,
      office,
      agents: [],
      numbers: [],
      files,
      erased: [],
      kept: [],
    },
    words,
  )
  expect(JSON.stringify(paper.sections)).toContain('Signé par carte')
  expect(JSON.stringify(paper.sections)).toContain('abababababababab…')
})

test('what is not yet sent stays whole; then what the law lets go is wiped and the rest is named with its day', async () => {
  const made = deposit()
  const waiting = valueOf(await erasePerson(issuing.context, who, order([made])))
  expect(waiting).toMatchObject({
    erased: [],
    kept: [{ kind: 'person', count: 1 }],
    agent: 'CS-002',
    witness: 'AD-001',
  })
  applied()
  later(31)
  const soon = valueOf(await erasePerson(issuing.context, who, order([made])))
  expect(soon.erased).toEqual([
    { kind: 'printing', count: 1 },
    { kind: 'sentAct', count: 1 },
  ])
  expect(soon.kept).toEqual([{ kind: 'person', count: 1, until: '2027-12-06' }])
  expect(JSON.stringify(store.db.all('SELECT envelope FROM envelopes'))).not.toContain('ZZNOTE')
  expect(valueOf(findPerson(issuing.context, who, { number: made.number })).files).toMatchObject([
    { citizen: 'Él Fassi Fatima Zahra', held: [{ kind: 'person', erasable: false, until: '2027-12-06' }] },
  ])
  yearLater(385)
  expect(valueOf(await erasePerson(issuing.context, who, order([made], { right: 'opposition' }))).erased).toEqual([
    { kind: 'person', count: 1 },
  ])
  expect(
    JSON.stringify(
      store.db.all(
        'SELECT facts, seal FROM papers UNION ALL SELECT draft, number FROM requests UNION ALL SELECT kept, source FROM identities',
      ),
    ),
  ).not.toMatch(/ZZ|Fassi|GU1/u)
  expect(valueOf(findPerson(issuing.context, who, { number: made.number })).files).toMatchObject([
    { citizen: '', held: [] },
  ])
  expect(verifyJournal(issuing.context.counter, journalLinks(store.db)).ok).toBe(true)
})

test('a rectification is entered and sent, and rewrites nothing', async () => {
  const made = deposit()
  applied()
  yearLater(400)
  const answered = valueOf(
    await erasePerson(issuing.context, who, order([made], { right: 'rectification', reason: 'prénom mal écrit' })),
  )
  expect(answered).toMatchObject({ right: 'rectification', erased: [] })
  expect(answered.kept.map(({ kind }) => kind)).toEqual(['printing', 'sentAct', 'person'])
  expect(store.db.all('SELECT kept FROM identities')).toHaveLength(1)
})

test('two different people who may, or nothing happens; the same command is one answer', async () => {
  const made = deposit()
  applied()
  later(40)
  for (const [login, password, code] of [
    ['supervisor', 'guichet-demo', 'witness.samePerson'],
    ['clerk', 'guichet-demo', 'witness.notAllowed'],
    ['admin', 'wrong', 'session.badCredentials'],
  ] as const) {
    expect(await erasePerson(issuing.context, who, order([made], { second: { login, password } }))).toMatchObject({
      fault: { code },
    })
  }
  expect(listPersonalRequests(issuing.context, 10)).toEqual([])
  const asked = order([made])
  const first = valueOf(await erasePerson(issuing.context, who, asked))
  expect(valueOf(await erasePerson(issuing.context, who, asked))).toEqual(first)
  const [newest] = store.db.all<{ envelope: string }>('SELECT envelope FROM envelopes ORDER BY seq DESC LIMIT 1')
  expect(personalDataErased.parse(command.parse(JSON.parse(newest?.envelope ?? '')).data)).toMatchObject({
    right: 'erasure',
    witness: 'AD-001',
    files: [made.requestId],
  })
})
