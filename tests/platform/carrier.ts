import { createHash } from 'node:crypto'
import { Decrypter, Encrypter } from 'age-encryption'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { unpackTar } from '#electron/worker/outbox/carrier/tar.ts'
import type { CommandResult } from '#shared/contract/platform.ts'
import { platformJwsType } from '#shared/contract/officeFile.ts'
import { carrierNames, manifest, type AnswersFile, type Manifest } from '#shared/contract/transfer.ts'
import { readJson } from '#shared/domain/readJson.ts'
import type { Sha256 } from '#shared/ids.ts'
import { batchOf, takeBatch, type Envelope } from './commands.ts'
import type { Database } from './database.ts'
import { findCounter, findDevice } from './devices.ts'
import { enrol } from './enrol.ts'
import type { Files } from './files.ts'
import { countersign, publishedKeys } from './heads.ts'
import type { Secrets } from './secrets.ts'

/** What is wrong with a file that a counter sent by hand. */
export class Refused extends Error {}

/**
 * Takes in an export of a counter as its batches would be taken over HTTP, and signs and seals the answers for it. Taken in
 * again, every
 * command is answered `duplicate`. Throws `Refused` when the file was changed, is not for this identity or not by this
 * counter.
 */
export async function takeExport(
  parts: { database: Database; secrets: Secrets; files: Files; openCode: string | undefined; identity: string },
  sealed: Uint8Array,
): Promise<{ answers: AnswersFile; sealed: Uint8Array }> {
  const entries = await open(sealed, parts.identity)
  const content = await verified(parts, entries.get(carrierNames.manifest))
  const batches = content.batches.map(({ sha256 }, at) => readBatch(whole(entries.get(carrierNames.batch(at)), sha256)))
  const results: CommandResult[] = []
  let expectedSeq: number | undefined
  for (const batch of batches) {
    const taken = await takeBatch(parts.database, content.counterId, batch)
    if ('results' in taken) results.push(...taken.results)
    else expectedSeq = taken.expectedSeq
    if (expectedSeq !== undefined) break
  }
  const stored: AnswersFile['stored'] = []
  for (const { sha256 } of content.files) {
    if (await parts.files.put(content.counterId, sha256, whole(entries.get(carrierNames.file(sha256)), sha256)))
      stored.push(sha256)
  }
  const lastSeq = Number((await findCounter(parts.database, content.counterId))?.last_seq ?? 0)
  const answers: AnswersFile = {
    version: 2,
    exportId: content.exportId,
    counterId: content.counterId,
    results,
    stored,
    lastSeq,
    ...(expectedSeq === undefined ? {} : { expectedSeq }),
    ...(await countersignedHead(parts, content)),
    ...publishedKeys(parts.secrets),
  }
  const encrypter = new Encrypter()
  // 256 random bits need no stretching.
  encrypter.setScryptWorkFactor(10)
  encrypter.setPassphrase(content.reply)
  return { answers, sealed: await encrypter.encrypt(parts.secrets.signText(platformJwsType.answers, answers)) }
}

/** What the platform puts its name to; nothing where it does not: the file may be old. */
async function countersignedHead(
  { database, secrets }: { database: Database; secrets: Secrets },
  { counterId, head }: Manifest,
): Promise<Pick<AnswersFile, 'countersigned'>> {
  if (head === undefined) return {}
  const done = await countersign(database, secrets, counterId, head, 'byHand')
  if ('refused' in done) return {}
  const consistency = done.consistency as Sha256[] // digests have this form
  return { countersigned: { head: done.head, consistency, logSize: head.logSize } }
}

async function open(sealed: Uint8Array, identity: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const archive = await decrypter.decrypt(sealed).catch(() => {
    throw new Refused('changed, or sealed for somebody else')
  })
  const entries = unpackTar(archive)
  if (entries === undefined) throw new Refused('not an export')
  return entries
}

/**
 * The manifest, signed by the key that holds the counter's series; a counter that was never met is enrolled first, by
 * its code.
 */
async function verified(
  { database, openCode }: { database: Database; openCode: string | undefined },
  signed: Uint8Array | undefined,
): Promise<Manifest> {
  const jws = new TextDecoder().decode(signed)
  try {
    if (decodeProtectedHeader(jws).alg !== 'ES256') throw new Refused('another signature')
    const claimed = manifest.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')))
    await compactVerify(jws, await importJWK(claimed.enrolment.publicKey, 'ES256'))
    if (claimed.enrolment.counterId !== claimed.counterId) throw new Refused('another counter')
    const standing = await enrol(database, openCode, claimed.enrolment)
    if (typeof standing === 'string') throw new Refused(`the counter is not enrolled: ${standing}`)
    const device = await findDevice(database, claimed.counterId, standing.kid)
    if (device?.state !== 'approved') throw new Refused('the device waits to be approved')
    return claimed
  } catch (cause) {
    throw cause instanceof Refused ? cause : new Refused('the manifest is not signed by its counter')
  }
}

/** What is signed may still be no batch: another program's, or of a version that writes them otherwise. */
function readBatch(bytes: Uint8Array): readonly Envelope[] {
  const batch = batchOf(readJson(new TextDecoder().decode(bytes)))
  if (batch === undefined) throw new Refused('a batch cannot be read')
  return batch
}

function whole(bytes: Uint8Array | undefined, sha256: string): Uint8Array {
  if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Refused('a part is missing or changed')
  return bytes
}
