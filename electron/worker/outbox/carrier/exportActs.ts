import { createHash, hkdfSync, type KeyObject } from 'node:crypto'
import { CompactSign } from 'jose'
import type { HeadClaim } from '#shared/contract/heads.ts'
import { batchLimit } from '#shared/contract/platform.ts'
import { carrierNames, type Manifest } from '#shared/contract/transfer.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CounterIdentity } from '../auth.ts'
import type { OutboxStore, QueuedCommand, Shelf } from '../ports.ts'
import { packTar, type Entry } from './tar.ts'

/** Files beyond so many bytes travel in the next export. */
const filesLimit = 200_000_000
const bytesLimit = batchLimit.bytes - batchLimit.commands - 1

interface Parts {
  readonly store: Pick<OutboxStore, 'batch' | 'link'>
  readonly shelf: Pick<Shelf, 'waiting' | 'bytes'>
  readonly identity: CounterIdentity
  /** Keys of the platform and of the escrow (`age1…`). */
  readonly recipients: readonly string[]
  /** The newest link of the journal, unless it was countersigned already. */
  readonly head: HeadClaim | undefined
  readonly now: Date
  readonly exportId: string
}

/** A sealed file, and what it carries. */
export interface SealedExport {
  readonly exportId: string
  readonly bytes: Uint8Array
  readonly acts: number
  readonly files: number
  /** Numbers of the first and the last act, nothing when only files are carried. */
  readonly first?: number
  readonly last?: number
}

/**
 * Seals everything that waits for the platform into one file. The acts go on waiting: whichever way they take first
 * counts,
 * the other one is a duplicate. Fault: transfer.noRecipient.
 */
export async function exportActs({
  store,
  shelf,
  identity,
  recipients,
  head,
  now,
  exportId,
}: Parts): Promise<Result<SealedExport>> {
  if (recipients.length === 0) return err(faultOf('transfer.noRecipient'))
  const runs = batchesOf(store)
  const batches = runs.map((items) => encode(`[${items.map((item) => item.json).join(',')}]`))
  const files = filesOf(shelf)
  const { counterId, publicKey, privateKey } = identity
  const content: Manifest = {
    version: 1,
    exportId,
    counterId,
    madeAt: now.toISOString(),
    enrolment: { counterId, code: store.link().code ?? '', publicKey },
    batches: runs.map((items, at) => ({
      sha256: hashOf(batches[at]),
      first: items[0]?.seq ?? 0,
      last: items.at(-1)?.seq ?? 0,
    })),
    files: files.map(({ sha256, mime, bytes }) => ({ sha256, mime, size: bytes.byteLength })),
    ...(head === undefined ? {} : { head }),
    reply: replySecret(privateKey),
  }
  const signed = await new CompactSign(encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ES256' })
    .sign(privateKey)
  const entries: Entry[] = [
    { name: carrierNames.manifest, bytes: encode(signed) },
    ...batches.map((bytes, at) => ({ name: carrierNames.batch(at), bytes })),
    ...files.map(({ sha256, bytes }) => ({ name: carrierNames.file(sha256), bytes })),
  ]
  // Read when it is needed, like the paper: a start does without.
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const [first, last] = [runs[0]?.[0]?.seq, runs.at(-1)?.at(-1)?.seq]
  return ok({
    exportId,
    bytes: await encrypter.encrypt(packTar(entries)),
    acts: runs.flat().length,
    files: files.length,
    ...(first === undefined || last === undefined ? {} : { first, last }),
  })
}

/**
 * The passphrase under which the answers to this counter's exports come back: nobody learns it but who opens one of
 * them.
 */
export const replySecret = (privateKey: KeyObject): string =>
  Buffer.from(
    hkdfSync('sha256', privateKey.export({ type: 'pkcs8', format: 'der' }), new Uint8Array(), 'guichet answers', 32),
  ).toString('base64url')

/** The batches that HTTP would send, in order. */
const batchesOf = (store: Parts['store']): readonly (readonly QueuedCommand[])[] => {
  const batches: (readonly QueuedCommand[])[] = []
  for (let from: number | undefined; ;) {
    const items = store.batch({
      commands: batchLimit.commands,
      bytes: bytesLimit,
      ...(from === undefined ? {} : { from }),
    })
    const last = items.at(-1)
    if (last === undefined) return batches
    batches.push(items)
    from = last.seq + 1
  }
}

const filesOf = (shelf: Parts['shelf']): readonly { sha256: Sha256; mime: string; bytes: Uint8Array }[] => {
  let room = filesLimit
  return shelf.waiting(1000).flatMap(({ sha256, mime, size }) => {
    if (size > room) return []
    // One that cannot be read stays here, and stops none of the others.
    const bytes = shelf.bytes(sha256)
    if (!bytes.ok) return []
    room -= size
    return [{ sha256, mime, bytes: bytes.value }]
  })
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
// A digest has the form of its brand by construction.
const hashOf = (bytes: Uint8Array | undefined): Sha256 =>
  createHash('sha256')
    .update(bytes ?? new Uint8Array())
    .digest('hex') as Sha256
