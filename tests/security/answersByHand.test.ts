import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unpackTar } from '#electron/worker/outbox/carrier/tar.ts'
import { carrierNames, manifest, type AnswersFile, type Manifest } from '#shared/contract/transfer.ts'
import { commandBatch } from '#shared/contract/platform.ts'
import { depositFor } from '#tests/builders/markedCitizen.ts'
import { anOfficeFile, aPlatformKey, seedAccounts, signText, type TestKey } from '#tests/builders/platformKeys.ts'
import { playPlatform } from '#tests/builders/playedPlatform.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, resources, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { readSeeds } from '#tests/platform/feed.ts'

// What is tried: with the escrow's key, which opens every export, to answer in the platform's name that acts are held
// which nobody holds; or to answer one export by what was said to another.

vi.setConfig({ testTimeout: 60_000 })

const ours = aPlatformKey()
const people = seedAccounts.filter(({ login }) => login === 'agent' || login === 'supervisor')
let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
let escrow: string
beforeEach(async () => {
  folder = temporaryFolder()
  escrow = await generateX25519Identity()
  const { office } = anOfficeFile(ours)
  // Sheets come with the first feed; from then on there is no line.
  const platform = await playPlatform(ours)
  platform.pages = [
    { changes: readSeeds(resources).filter(({ kind }) => kind !== 'account'), cursor: 'p1', more: false },
  ]
  platform.pages[0]?.changes.push(...people.map((body) => ({ kind: 'account', key: body.login, deleted: false, body })))
  worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))), {
    demo: false,
    officeFile: anOfficeFile(ours, {
      office: { ...office, sealedTo: { platform: await recipient(), escrow: await identityToRecipient(escrow) } },
      platform: { address: platform.url, keys: [ours.key] },
      accounts: people,
      code: 'K7F2-9MQX-0001',
    }),
  })
  await signedIn(worker)
  valueOf(await worker.ask('outbox.drain', {}))
  platform.close()
  await depositFor(worker)
})
afterEach(async () => {
  await worker.close()
  folder.remove()
})
const recipient = async (): Promise<string> => identityToRecipient(await generateX25519Identity())

/** What whoever has the escrow's key learns of an export: its secret, and the acts that it would call applied. */
async function openedByEscrow(): Promise<{ content: Manifest; acts: AnswersFile['results'] }> {
  await signedIn(worker, 'supervisor')
  const { name } = valueOf(await worker.ask('outbox.export', {}))
  const decrypter = new Decrypter()
  decrypter.addIdentity(escrow)
  const entries = unpackTar(await decrypter.decrypt(readFileSync(join(folder.path, name))))
  const entry = (path: string): string => Buffer.from(entries?.get(path) ?? []).toString('utf8')
  const content = manifest.parse(decodeJwt(entry(carrierNames.manifest)))
  const receivedAt = '2026-11-22T09:00:00.000Z'
  const acts = content.batches.flatMap((_, at) =>
    commandBatch
      .parse(JSON.parse(entry(carrierNames.batch(at))))
      .map(({ seq, id }) => ({ seq, id, status: 'applied' as const, receivedAt })),
  )
  return { content, acts }
}
const sealed = async (text: string, { reply }: Pick<Manifest, 'reply'>): Promise<Uint8Array<ArrayBuffer>> => {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(10)
  encrypter.setPassphrase(reply)
  return new Uint8Array(await encrypter.encrypt(text))
}
const answersTo = ({ exportId, counterId }: Manifest, results: AnswersFile['results'], by: TestKey): AnswersFile => ({
  version: 2,
  exportId,
  counterId,
  results,
  stored: [],
  lastSeq: results.at(-1)?.seq ?? 0,
  keys: [by.key],
})
const fault = (code: string) => ({ ok: false, fault: { code } })
const bring = (bytes: Uint8Array<ArrayBuffer>) => worker.ask('outbox.importAnswers', { bytes })

test('whoever opens an export answers nothing of it: the answers are the platform’s, to this one, for somebody who signed in', async () => {
  const { content, acts } = await openedByEscrow()
  expect(acts.length).toBeGreaterThan(0)
  const mallory = aPlatformKey()
  const forged = answersTo(content, acts, mallory)
  const tries: readonly (readonly [string, string])[] = [
    [JSON.stringify(forged), 'transfer.unsigned'],
    [signText('answers', forged, mallory), 'platform.foreignKey'],
    // By the platform's key id, with a key that is not its.
    [signText('answers', { ...forged, keys: [ours.key] }, { ...mallory, key: ours.key }), 'transfer.unsigned'],
    // Vouched for by nobody but itself.
    [signText('answers', { ...forged, keys: [ours.key, mallory.key] }, mallory), 'platform.foreignKey'],
    // Something else that the platform signed.
    [signText('head', answersTo(content, acts, ours), ours), 'transfer.unsigned'],
  ]
  for (const [text, code] of tries) expect(await bring(await sealed(text, content)), code).toMatchObject(fault(code))

  // What it said to one export, under the secret of another.
  const second = await openedByEscrow()
  const said = signText('answers', answersTo(content, acts, ours), ours)
  const other = signText('answers', { ...answersTo(content, acts, ours), counterId: 'RAB03-G9' }, ours)
  expect(await bring(await sealed(other, content))).toMatchObject(fault('transfer.foreign'))
  expect(second.content.reply).not.toBe(content.reply)
  const strange = signText(
    'answers',
    { ...answersTo(content, acts, ours), exportId: content.exportId.replace(/^./u, 'f') },
    ours,
  )
  expect(await bring(await sealed(strange, content))).toMatchObject(fault('transfer.foreign'))

  valueOf(await worker.ask('session.signOut', {}))
  expect(await bring(await sealed(said, content))).toMatchObject(fault('session.none'))
  expect(await states()).toEqual(acts.map(() => 'pending'))
})

test('what the platform answered is taken, in the name of whoever brought it', async () => {
  const { content, acts } = await openedByEscrow()
  expect(
    valueOf(await bring(await sealed(signText('answers', answersTo(content, acts, ours), ours), content))),
  ).toMatchObject({
    applied: acts.length,
  })
  expect(await states()).toEqual(acts.map(() => 'applied'))
})

async function states(): Promise<readonly string[]> {
  await worker.close()
  const store = openTestStore(folder.path)
  const found = store.db.all<{ state: string }>('SELECT state FROM outbox ORDER BY seq').map(({ state }) => state)
  store.close()
  return found
}
