import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { Out } from '#shared/contract/calls.ts'
import { crashOf } from '#shared/crash.ts'
import { journalPieces } from '#electron/worker/features/journal/exportJournal.ts'
import type { CounterId } from '#shared/ids.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker } from '#tests/builders/worker.ts'

/** A citizen whose every word can be found again: none of them may be seen outside the encrypted file. */
const marks = {
  familyName: 'ZZMARQUENOM',
  givenNames: 'ZZMARQUEPRENOM',
  nationalNumber: 'ZZ987654',
  documentNumber: 'ZZDOC4321',
} as const
const note = 'ZZMARQUENOTE'
const seen = (where: string): string[] => [...Object.values(marks), note].filter((mark) => where.includes(mark))

let folder: ReturnType<typeof temporaryFolder>
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

const everyFile = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

test(
  'a marked citizen is in no file of the counter, no fault, no line of the journal and no title at the printer',
  { timeout: 30_000 },
  async () => {
    const trail = join(folder.path, 'paper.txt')
    const worker = await signedIn(startWorker(folder.path, devicesWith(paperTrail(trail))))
    const citizen = valueOf(await worker.ask('identity.type', { identity: marks, reason: 'other', note }))
    const [sheet] = await sheetsOf(worker)
    if (sheet === undefined) throw new Error('no sheet')
    const draft = {
      procedure: sheet.code,
      procedureVersion: sheet.version,
      pieces: sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const })),
      note,
    }
    valueOf(await worker.ask('draft.save', { id: v7(), draft, revision: 0, writer: v7() }))
    const deposit: Out<'receipt.issue'> = valueOf(
      await worker.ask('receipt.issue', { commandId: v7(), identityId: citizen.identityId, draft }),
    )
    valueOf(await worker.ask('receipt.pdf', { receiptId: deposit.receiptId }))
    const faults = await Promise.all([
      worker.ask('receipt.issue', {
        commandId: v7(),
        identityId: citizen.identityId,
        draft: { ...draft, procedure: 'NONE' },
      }),
      worker.ask('receipt.issue', {
        commandId: v7(),
        identityId: citizen.identityId,
        draft: { ...draft, note: `${note} \u{10FFFE}` },
      }),
      worker.ask('session.signIn', { login: marks.familyName, password: marks.nationalNumber }),
      worker.ask('receipt.reprint', { receiptId: v7(), reason: note }),
    ])
    expect(seen(JSON.stringify(faults.filter((one) => !one.ok)))).toEqual([])
    await worker.close()

    // The mark itself is where it belongs: the search above would find nothing in an empty register either.
    const store = openTestStore(folder.path)
    expect(seen(JSON.stringify(store.db.all('SELECT kept FROM identities')))).toContain(marks.familyName)
    expect(
      seen(
        Buffer.concat([...journalPieces(store.db, 'RAB03-G2' as CounterId, '2026-11-21T10:00:00.000Z')]).toString(
          'utf8',
        ),
      ),
    ).toEqual([])
    store.close()
    for (const file of everyFile(folder.path)) expect([file, seen(readFileSync(file, 'latin1'))]).toEqual([file, []])
  },
)

test('a command line that fails says nothing of the citizen on standard error', { timeout: 30_000 }, async () => {
  const guichet = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'guichet.ts')
  const run = async (args: readonly string[], input = ''): Promise<{ out: string; err: string }> => {
    const child = spawn(process.execPath, [guichet, ...args], {
      env: {
        PATH: process.env['PATH'] ?? '',
        GUICHET_DATA: join(folder.path, 'cli'),
        GUICHET_PASSPHRASE: 'une phrase de passe',
        CUPS_SERVER: '127.0.0.1:9',
        GUICHET_DEMO: '1',
      },
    })
    child.stdin.end(input)
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { out, err }
  }
  const example = z.record(z.string(), z.unknown()).parse(JSON.parse((await run(['intake', '--example'])).out))
  const wrong = JSON.stringify({ ...example, procedure: 'NONE', identity: marks, note })
  for (const input of [wrong, `${wrong}}`, JSON.stringify({ identity: { ...marks, sex: 7 } })]) {
    const { out, err } = await run(['intake', '--json'], input)
    expect(seen(out + err)).toEqual([])
    expect(out).toContain('"fault"')
  }
})

test('what is damaged inside the register is told without its words', { timeout: 30_000 }, async () => {
  const path = join(folder.path, 'damaged')
  mkdirSync(path)
  await (await signedIn(startWorker(path, devicesWith(paperTrail(join(path, 'paper.txt')))))).close()
  const store = openTestStore(path)
  // Valid JSON of another shape, and a name where a member is expected: what the parsers then say quotes it.
  valueOf(
    store.tx((db) => {
      db.run(
        `INSERT INTO drafts (login, kind, id, revision, body, saved_at) VALUES ('agent', 'request', '11111111-1111-4111-8111-111111111111', 1, ?, '2026-11-21T10:00:00.000Z')`,
        [JSON.stringify({ [marks.familyName]: note, language: marks.givenNames })],
      )
      return { ok: true, value: undefined }
    }),
  )
  store.close()
  const worker = await signedIn(startWorker(path, devicesWith(paperTrail(join(path, 'paper.txt')))))
  const cause: unknown = await worker.ask('draft.load', { id: '11111111-1111-4111-8111-111111111111' }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(seen(String(cause))).not.toEqual([])
  expect(crashOf(cause)).toMatch(/Error/)
  expect(seen(crashOf(cause))).toEqual([])
  await worker.close()
})

test.each(['lock', 'release', 'removed'])(
  'after %s nothing of the citizen is in the memory of the worker',
  { timeout: 60_000 },
  async (how) => {
    const path = join(folder.path, how)
    mkdirSync(path)
    const child = spawn(process.execPath, ['--expose-gc', join(import.meta.dirname, 'heldInMemory.ts'), path, how], {
      env: { PATH: process.env['PATH'] ?? '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    // Three marks are there while he is served, or the search would prove nothing.
    expect(JSON.parse(await text(child.stdout))).toEqual({ held: 3, left: 0, photo: false })
  },
)

test('the access log, the wiping and the answers to people name nobody', { timeout: 30_000 }, async () => {
  const path = join(folder.path, 'rights')
  mkdirSync(path)
  const worker = await signedIn(startWorker(path, devicesWith(paperTrail(join(path, 'paper.txt')))))
  const citizen = valueOf(await worker.ask('identity.type', { identity: marks, reason: 'other', note }))
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  const deposit = valueOf(
    await worker.ask('receipt.issue', {
      commandId: v7(),
      identityId: citizen.identityId,
      draft: { procedure: sheet.code, procedureVersion: sheet.version, pieces: [], note },
    }),
  )
  await signedIn(worker, 'supervisor')
  const { files } = valueOf(await worker.ask('personalData.find', { document: marks.documentNumber }))
  expect(files.map((file) => file.number)).toEqual([deposit.number])
  const copy = valueOf(await worker.ask('personalData.export', { commandId: v7(), files: [deposit.requestId] }))
  expect(seen(new TextDecoder().decode(copy.json))).toContain(marks.familyName)
  expect(Buffer.from(copy.pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  const answer = valueOf(
    await worker.ask('personalData.erase', {
      commandId: v7(),
      files: [deposit.requestId],
      right: 'erasure',
      reason: 'demande du jour',
      second: { login: 'agent', password: 'guichet-demo' },
    }),
  )
  expect(answer.request).toMatchObject({ erased: [], kept: [{ kind: 'person', count: 1 }], witness: 'AG-014' })
  const said = [
    valueOf(await worker.ask('personalData.accesses', {})),
    valueOf(await worker.ask('personalData.requests', {})),
    valueOf(await worker.ask('personalData.retention', {})),
    valueOf(await worker.ask('outbox.list', {})),
  ]
  expect(seen(JSON.stringify(said))).toEqual([])
  expect(said[0]).toMatchObject({
    accesses: [
      { means: 'copy', number: deposit.number },
      { means: 'search' },
      { means: 'typed', purpose: 'deposit', basis: 'loi 55-19' },
    ],
  })
  await signedIn(worker, 'clerk')
  expect(seen(JSON.stringify(valueOf(await worker.ask('home.day', {}))))).toEqual([])
  expect(await worker.ask('receipt.pdf', { receiptId: deposit.receiptId })).toMatchObject({
    fault: { code: 'session.forbidden' },
  })
  await worker.close()
  const store = openTestStore(path)
  expect(seen(JSON.stringify(store.db.all('SELECT * FROM journal')))).toEqual([])
  expect(
    seen(
      JSON.stringify(
        store.db.all(`SELECT envelope FROM outbox JOIN envelopes USING (seq) WHERE type LIKE '%personalData%'`),
      ),
    ),
  ).toEqual([])
  store.close()
})
