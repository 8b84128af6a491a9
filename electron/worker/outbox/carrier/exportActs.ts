import { createHash, hkdfSync, type KeyObject } from 'node:crypto'
import { CompactSign } from 'jose'
import type { HeadClaim } from '#shared/contract/heads.ts'
import { batchLimit } from '#shared/contract/platform.ts'
import { carrierNames, type Manifest } from '#shared/contract/transfer.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CounterIdentity } from '../auth.ts'
import type { OutboxStore, QueuedCommand, PendingUploads } from '../ports.ts'
import { packTar, type StreamedEntry } from './tar.ts'

/** Files beyond so many bytes travel in the next export. */
const filesLimit = 200_000_000
const bytesLimit = batchLimit.bytes - batchLimit.commands - 1

interface Parts {
  readonly store: Pick<OutboxStore, 'batch' | 'link'>
  readonly pendingUploads: Pick<PendingUploads, 'waiting' | 'bytes'>
  readonly identity: CounterIdentity
  /** Keys of the platform and of the escrow (`age1…`). */
  readonly recipients: readonly string[]
  /** The newest link of the journal, unless it was countersigned already. */
  readonly head: HeadClaim | undefined
  readonly now: Date
  readonly exportId: string
}

/** A sealed file that is about to be written, and what it carries. */
export interface SealedExport {
  readonly exportId: string
  /** The file, piece by piece; one file or batch at a time is held. It throws when something changed since it was listed. */
  readonly pieces: () => Promise<ReadableStream<Uint8Array>>
  readonly acts: number
  readonly files: number
  /** Numbers of the first and the last act, nothing when only files are carried. */
  readonly first?: number
  readonly last?: number
}

/**
 * Lists everything that waits for the platform, to be sealed into one file. The acts go on waiting: whichever way they
 * take first counts, the other one is a duplicate. What is listed is read once for its hash and once more when it is
 * written. Fault: transfer.noRecipient.
 */
export async function exportActs({
  store,
  pendingUploads,
  identity,
  recipients,
  head,
  now,
  exportId,
}: Parts): Promise<Result<SealedExport>> {
  if (recipients.length === 0) return err(faultOf('transfer.noRecipient'))
  const runs = runsOf(store)
  const files = filesOf(pendingUploads)
  const { counterId, publicKey, privateKey } = identity
  const { code, enrolledAt } = store.link()
  const content: Manifest = {
    version: 1,
    exportId,
    counterId,
    madeAt: now.toISOString(),
    // A counter that is enrolled needs no code any more, and the escrow reads this too.
    enrolment: { counterId, code: enrolledAt === undefined ? (code ?? '') : '', publicKey },
    batches: runs.map(({ sha256, first, last }) => ({ sha256, first, last })),
    files: files.map(({ sha256, mime, size }) => ({ sha256, mime, size })),
    ...(head === undefined ? {} : { head }),
    reply: replySecret(privateKey, exportId),
  }
  const signed = encode(
    await new CompactSign(encode(JSON.stringify(content))).setProtectedHeader({ alg: 'ES256' }).sign(privateKey),
  )
  function* entries(): Generator<StreamedEntry> {
    yield { name: carrierNames.manifest, size: signed.byteLength, pieces: () => [signed] }
    for (const [at, run] of runs.entries())
      yield { name: carrierNames.batch(at), size: run.size, pieces: () => [runAgain(store, run)] }
    for (const { sha256, size } of files)
      yield { name: carrierNames.file(sha256), size, pieces: () => [fileAgain(pendingUploads, sha256)] }
  }
  const [first, last] = [runs[0]?.first, runs.at(-1)?.last]
  return ok({
    exportId,
    pieces: () => sealed(recipients, packTar(entries())),
    acts: runs.reduce((sum, run) => sum + run.count, 0),
    files: files.length,
    ...(first === undefined || last === undefined ? {} : { first, last }),
  })
}

const sealed = async (
  recipients: readonly string[],
  pieces: Iterator<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> => {
  // Read when it is needed, like the paper: a start does without.
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return encrypter.encrypt(
    new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          const next = pieces.next()
          if (next.done === true) controller.close()
          else controller.enqueue(next.value)
        },
      },
      { highWaterMark: 0 },
    ),
  )
}

/**
 * The passphrase under which the answers to one export come back: nobody learns it but who opens that export.
 */
export const replySecret = (privateKey: KeyObject, exportId: string): string =>
  Buffer.from(
    hkdfSync(
      'sha256',
      privateKey.export({ type: 'pkcs8', format: 'der' }),
      new Uint8Array(),
      `guichet answers ${exportId}`,
      32,
    ),
  ).toString('base64url')

/** A batch as it stands in the manifest. */
interface RunOfActs {
  readonly first: number
  readonly last: number
  readonly count: number
  readonly sha256: Sha256
  /** Bytes of its JSON. */
  readonly size: number
}

const jsonOf = (items: readonly QueuedCommand[]): Uint8Array => encode(`[${items.map((item) => item.json).join(',')}]`)

/** The batches that HTTP would send, in order; their text is not kept. */
const runsOf = (store: Parts['store']): readonly RunOfActs[] => {
  const runs: RunOfActs[] = []
  for (let from: number | undefined; ;) {
    const items = store.batch({
      commands: batchLimit.commands,
      bytes: bytesLimit,
      ...(from === undefined ? {} : { from }),
    })
    const [first, last] = [items[0], items.at(-1)]
    if (first === undefined || last === undefined) return runs
    const bytes = jsonOf(items)
    runs.push({ first: first.seq, last: last.seq, count: items.length, sha256: hashOf(bytes), size: bytes.byteLength })
    from = last.seq + 1
  }
}

/** An act never changes: the same acts are the same bytes. */
const runAgain = (store: Parts['store'], { first, count, sha256 }: RunOfActs): Uint8Array => {
  const bytes = jsonOf(store.batch({ commands: count, bytes: bytesLimit, from: first }))
  if (hashOf(bytes) !== sha256) throw new Error('a batch is not what it was')
  return bytes
}

/** The files of so many bytes that can be read; one that cannot stays here, and stops none of the others. */
const filesOf = (
  pendingUploads: Parts['pendingUploads'],
): readonly { sha256: Sha256; mime: string; size: number }[] => {
  let room = filesLimit
  return pendingUploads.waiting(1000).flatMap(({ sha256, mime, size }) => {
    if (size > room || !pendingUploads.bytes(sha256).ok) return []
    room -= size
    return [{ sha256, mime, size }]
  })
}

const fileAgain = (pendingUploads: Parts['pendingUploads'], sha256: Sha256): Uint8Array => {
  const bytes = pendingUploads.bytes(sha256)
  if (!bytes.ok) throw new Error(bytes.fault.code)
  return bytes.value
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
// A digest has the form of its brand by construction.
const hashOf = (bytes: Uint8Array): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256
