import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Decrypter } from 'age-encryption'
import { compactVerify, importJWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { createOfflineTransfer } from '#electron/worker/outbox/carrier/offlineTransfer.ts'
import { replySecret } from '#electron/worker/outbox/carrier/exportActs.ts'
import { identityOf } from '#electron/worker/outbox/composeOutbox.ts'
import { writeLink } from '#electron/worker/outbox/rows/link.ts'
import { pinKeys, pinnedKeys } from '#electron/worker/outbox/rows/platformTrust.ts'
import { createJournal } from '#electron/worker/journal/journal.ts'
import { makeCounterKey } from '#electron/worker/keys/counterKey.ts'
import { readStatement } from '#electron/worker/journal/headStatement.ts'
import { officeSetting } from '#electron/worker/core/context.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { saveSetting } from '#electron/worker/store/settings.ts'
import { platformJwsType } from '#shared/contract/officeFile.ts'
import { answersFile } from '#shared/contract/transfer.ts'
import { officeSeed } from '#shared/domain/office.ts'
import { ok } from '#shared/result.ts'
import { aCommand, aCounter, queueCommand } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { takeExport } from '#tests/platform/carrier.ts'
import { openDatabase, type Database } from '#tests/platform/database.ts'
import { openFiles } from '#tests/platform/files.ts'
import { readKeys, rotateKey } from '#tests/platform/keys.ts'
import { createTables } from '#tests/platform/schema.ts'
import { openSecrets } from '#tests/platform/secrets.ts'

const folder = temporaryFolder()
let database: Database
beforeAll(async () => {
  database = await openDatabase({ log: () => undefined })
  await createTables(database)
})
afterAll(async () => {
  await database.close()
  folder.remove()
})

test('answers carried by hand are signed by the newest key, under a type of their own, and bring the keys that a counter follows', async () => {
  const store = openTestStore(folder.path)
  const known = (await readKeys(database)).published
  const journal = createJournal(systemClock, aCounter(), store.db)
  valueOf(
    store.tx((db) => {
      makeCounterKey(db, aCounter(), '2026-11-21T09:00:00.000Z')
      writeLink(db, { link: 'unknown', code: 'demo' })
      pinKeys(db, known)
      saveSetting(
        db,
        officeSetting,
        officeSeed.parse(JSON.parse(readFileSync(join(resources, 'seed', 'office.json'), 'utf8'))),
      )
      queueCommand(db, aCommand(1))
      return ok(journal.append(db, { actor: 'AG-014', kind: 'session.opened', subject: 'AG-014', body: {} }))
    }),
  )
  const carrier = createOfflineTransfer(
    { store, journal, clock: systemClock, counter: aCounter(), newId: () => v7() },
    identityOf(store, aCounter()),
    false,
  )
  const path = join(folder.path, 'stick.age')
  const signal = new AbortController().signal
  const { exportId } = valueOf(
    await carrier.export({ code: 'AG-014' }, { chooseFile: () => Promise.resolve(path), signal, evenEmpty: true }),
  )
  await rotateKey(database)
  const { sealed } = await takeExport(
    {
      database,
      secrets: await openSecrets(database),
      files: openFiles(database, join(folder.path, 'files')),
      openCode: 'demo',
      identity:
        readFileSync(join(import.meta.dirname, '..', 'platform', 'demo-platform.age'), 'utf8').split('\n')[1] ?? '',
    },
    new Uint8Array(readFileSync(path)),
  )
  const decrypter = new Decrypter()
  decrypter.addPassphrase(replySecret(identityOf(store, aCounter()).privateKey, exportId))
  const jws = new TextDecoder().decode(await decrypter.decrypt(sealed))
  const { published, kid } = await readKeys(database)
  const { protectedHeader, payload } = await compactVerify(jws, await importJWK(published[0]?.publicKey ?? {}, 'ES256'))
  expect(protectedHeader).toEqual({ alg: 'ES256', kid, typ: platformJwsType.answers })
  const answers = answersFile.parse(JSON.parse(new TextDecoder().decode(payload)))
  expect(answers).toMatchObject({ version: 2, lastSeq: 1, results: [{ status: 'applied' }], keys: published })
  expect(answers.keys).toHaveLength(2)
  expect(answers.countersigned).not.toHaveProperty('keys')
  expect(readStatement(answers.countersigned?.head ?? '', published)).toMatchObject({ counter: aCounter() })
  // The counter knew the key of before: it follows.
  expect(valueOf(await carrier.take({ code: 'AG-014' }, sealed))).toMatchObject({ applied: 1 })
  expect(pinnedKeys(store.db)[0]?.kid).toBe(kid)
  store.close()
})
