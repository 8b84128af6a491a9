// Fills a data folder with the program of an earlier commit: `node makeOldRegister.mjs CHECKOUT FOLDER DEPOSITS`.
// It asks the calls of that program's worker, as its window did, so that the register is what a counter had on its
// disk. Beside it lies `manifest.json`: what each file and paper was, and what was heard of each act.
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const [checkout = '.', target = 'old-register', wanted = '30'] = process.argv.slice(2)
const from = (path) => import(pathToFileURL(resolve(checkout, path)).href)
const { startWorker, devicesWith, paperTrail, resources } = await from('tests/builders/worker.ts')
const { testKey, valueOf } = await from('tests/builders/register.ts')
const { openStore } = await from('electron/worker/store/open.ts')
const { saveAnswers } = await from('electron/worker/store/outboxRows.ts')
const { registerFile } = await from('electron/worker/keys/openKey.ts')
const { makeBackup } = await from('electron/worker/store/backups.ts')
const { v7 } = await from('node_modules/uuid/dist-node/index.js')

const deposits = Number(wanted)
const folder = resolve(target)
mkdirSync(folder, { recursive: true })
const perDay = Math.max(10, Math.min(200, Math.ceil(deposits / 10)))
const second = { login: 'agent', password: 'guichet-demo' }
const reason = 'spécimen'
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

// One second an act from eight in the morning on, day after day, up to yesterday.
const days = Math.ceil(deposits / perDay)
const dayMs = 86_400_000
let at = Math.floor(Date.now() / dayMs) * dayMs - days * dayMs + 8 * 3_600_000
const clock = { now: () => new Date((at += 500)), monotonic: () => performance.now() }

const trail = paperTrail('/dev/null')
let paperIn = true
const printer = { ...trail, list: () => (paperIn ? trail.list() : Promise.resolve({ ok: true, value: [] })) }
const start = async () => {
  const worker = startWorker(folder, devicesWith(printer), { clock, resourcesDir: resources })
  valueOf(await worker.ask('session.signIn', { login: 'supervisor', password: 'guichet-demo' }))
  return worker
}
const printed = async (worker) => {
  for (let tries = 0; tries < 600; tries += 1) {
    const { jobs } = valueOf(await worker.ask('print.list', {}))
    if (jobs.every(({ state }) => state === 'printed' || state === 'failed')) return
    await later(200)
  }
}

let worker = await start()
const { procedures } = valueOf(await worker.ask('catalogue.list', {}))
const heard = []
const files = {}

const attach = async () => {
  const bytes = new Uint8Array(randomBytes(heard.length % 40 === 0 ? 400_000 : 3_000))
  bytes.set(new TextEncoder().encode('%PDF-1.7 '))
  const added = valueOf(await worker.ask('attachment.add', { name: 'piece.pdf', bytes }))
  files[added.sha256] = { size: bytes.byteLength, sha256: sha256(bytes) }
  return added.sha256
}
const deposit = async (n) => {
  const sheet = procedures[n % procedures.length]
  const citizen = valueOf(
    await worker.ask('identity.type', {
      identity: {
        familyName: 'SPÉCIMEN',
        givenNames: `Numéro ${String(n)}`,
        nationalNumber: `XX${String(100_000 + n)}`,
      },
      reason: 'noCard',
    }),
  )
  const file = n % 3 === 0 ? await attach() : undefined
  const pieces = sheet.pieces.map((piece) => ({
    code: piece.code,
    state: n % 4 === 0 && piece.mandatory ? 'missing' : 'received',
    ...(file === undefined ? {} : { attachments: [file] }),
  }))
  const draft = { procedure: sheet.code, procedureVersion: sheet.version, pieces }
  const commandId = v7()
  const view = valueOf(await worker.ask('receipt.issue', { commandId, identityId: citizen.identityId, draft }))
  heard.push({
    kind: 'deposit',
    commandId,
    number: view.number,
    receiptId: view.receiptId,
    requestId: view.requestId,
    draft,
  })
}

/** Answers of the platform: all applied but each fiftieth, which another counter's number stands in the way of. */
const answer = () => {
  const store = valueOf(openStore({ file: registerFile(folder), key: testKey, now: clock.now().toISOString() }))
  valueOf(
    store.tx((db) => {
      const open = db.all("SELECT seq, id, type FROM outbox WHERE state = 'pending' ORDER BY seq")
      const answers = open.map(({ seq, id, type }, n) =>
        n % 50 === 3 && type.includes('deposited')
          ? { seq, id, state: 'rejected', answer: 'number taken', refusal: { code: 'numberTaken', field: 'number' } }
          : { seq, id, state: 'applied', answer: 'applied', platformNumber: `RABAT-${String(seq)}` },
      )
      saveAnswers(db, answers, clock.now().toISOString())
      return { ok: true, value: undefined }
    }),
  )
  store.close()
}

for (let n = 1; n <= deposits; n += 1) {
  await deposit(n)
  if (n % perDay !== 0 && n !== deposits) continue
  await printed(worker)
  const { open } = valueOf(await worker.ask('day.status', {}))
  if (n !== deposits) valueOf(await worker.ask('day.close', { commandId: v7(), day: open[0] }))
  await printed(worker)
  await worker.close()
  answer()
  at = Math.floor(at / dayMs) * dayMs + dayMs + 8 * 3_600_000
  worker = await start()
  process.stderr.write(`${String(n)} `)
}

// Refused acts, each put right in another way; the last ones stay open.
const { corrections } = valueOf(await worker.ask('correction.list', {}))
for (const [n, one] of corrections.entries()) {
  const order = { commandId: v7(), act: one.act.id, reason }
  const how = n % 4
  if (how === 0)
    valueOf(
      await worker.ask('correction.correct', {
        ...order,
        draft: one.draft,
        identity: { familyName: 'SPÉCIMEN', givenNames: `Corrigé ${String(n)}` },
      }),
    )
  if (how === 1) valueOf(await worker.ask('correction.cancel', { ...order, second }))
  if (how === 2) valueOf(await worker.ask('correction.override', { ...order, second }))
}
const recent = heard.slice(-5)
for (const { receiptId } of recent) valueOf(await worker.ask('receipt.reprint', { receiptId, reason }))
await printed(worker)
valueOf(await worker.ask('personalData.export', { commandId: v7(), files: [recent[0].requestId] }))
const [day] = valueOf(await worker.ask('day.status', {})).open
if (day !== undefined) {
  valueOf(await worker.ask('day.close', { commandId: v7(), day }))
  valueOf(await worker.ask('day.reopen', { commandId: v7(), day, reason, second }))
}
await printed(worker)
// The last of the day wait for paper, and a draft is half filled in.
paperIn = false
await worker.close()
worker = await start()
await deposit(deposits + 1)
valueOf(await worker.ask('draft.save', { draft: recent[1].draft }))
await later(1_000)
const papers = {}
await worker.close()

const store = valueOf(openStore({ file: registerFile(folder), key: testKey, now: clock.now().toISOString() }))
for (const { id, pdf, pdf_sha256: hash, seal } of store.db.all('SELECT id, pdf, pdf_sha256, seal FROM receipts'))
  papers[id] = {
    kind: 'receipt',
    sha256: hash,
    same: pdf === null ? undefined : sha256(pdf) === hash,
    seal: Buffer.from(seal).toString('utf8'),
  }
for (const { id, pdf, pdf_sha256: hash, seal } of store.db.all('SELECT id, pdf, pdf_sha256, seal FROM reissues'))
  papers[id] = {
    kind: 'correctedReceipt',
    sha256: hash,
    same: pdf === null ? undefined : sha256(pdf) === hash,
    seal: Buffer.from(seal).toString('utf8'),
  }
for (const { id, pdf, pdf_sha256: hash } of store.db.all('SELECT id, pdf, pdf_sha256 FROM closings'))
  papers[id] = { kind: 'closing', sha256: hash, same: pdf === null ? undefined : sha256(pdf) === hash }
const count = (table) => store.db.get(`SELECT count(*) AS n FROM ${table}`).n
const counts = Object.fromEntries(
  [
    'requests',
    'outbox',
    'journal',
    'attachments',
    'receipts',
    'reissues',
    'closings',
    'print_jobs',
    'closing_jobs',
    'drafts',
    'repairs',
  ].map((table) => [table, count(table)]),
)
const states = store.db.all('SELECT state, count(*) AS n FROM print_jobs GROUP BY state')
const head = store.db.get('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1')
const began = performance.now()
valueOf(makeBackup(store, folder, clock.now(), { free: 1e12, reserve: 0 }))
const backupMs = performance.now() - began
store.close()
writeFileSync(
  join(folder, 'manifest.json'),
  JSON.stringify(
    {
      at: new Date(at).toISOString(),
      heard: heard.map(({ draft: _, ...one }) => one),
      files,
      papers,
      counts,
      states,
      head,
      backupMs,
    },
    null,
    1,
  ),
)
process.stderr.write(`\n${JSON.stringify({ counts, states, backupMs })}\n`)
process.exit(0)
