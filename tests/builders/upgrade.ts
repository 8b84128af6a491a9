import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { bytesOfFile } from '#electron/worker/files/rows/files.ts'
import { registerFile } from '#electron/worker/keys/openKey.ts'
import { openStore, type Store } from '#electron/worker/store/open.ts'
import type { Printer } from '#shared/ports/printer.ts'
import { testKey, valueOf } from './register.ts'
import { devicesWith, signedIn, startWorker, type TestWorker } from './worker.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What `makeOldRegister.mjs` wrote down of the register that it made. */
const manifest = z.object({
  /** The instant after its last act. */
  at: z.iso.datetime(),
  heard: z.array(z.object({ number: z.string(), receiptId: z.uuid(), requestId: z.uuid() })),
  files: z.record(z.string(), z.object({ size: z.int(), sha256: z.string() })),
  papers: z.record(
    z.string(),
    z.object({
      kind: z.enum(['receipt', 'correctedReceipt', 'closing']),
      sha256: z.string().nullable(),
      seal: z.string().optional(),
    }),
  ),
  counts: z.record(z.string(), z.int()),
  head: z.object({ seq: z.int(), hash: z.string() }),
  backupMs: z.number(),
})
export type Manifest = z.infer<typeof manifest>

export const readManifest = (folder: string): Manifest =>
  manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))

/** The program of today over an old register, an hour after its last act, in the name of its supervisor. */
export const openOld = (folder: string, printer: Printer): Promise<TestWorker> => {
  const began = performance.now()
  const last = Date.parse(readManifest(folder).at) + 3_600_000
  const clock = { now: () => new Date(last + performance.now() - began), monotonic: () => performance.now() }
  return signedIn(startWorker(folder, devicesWith(printer), { clock }), 'supervisor')
}

/** Opens the register of a folder apart from its worker, which must be closed. */
export const storeOf = (folder: string): Store =>
  valueOf(openStore({ file: registerFile(folder), key: testKey, now: readManifest(folder).at }))

/** The papers whose bytes or seals are not those that the old program wrote down, by their ids. */
export async function changedPapers(worker: TestWorker, { papers }: Manifest): Promise<readonly string[]> {
  const changed: string[] = []
  for (const [id, { kind, sha256: hash, seal }] of Object.entries(papers)) {
    if (hash === null) continue
    const asked =
      kind === 'closing'
        ? await worker.ask('closing.pdf', { closingId: id })
        : await worker.ask('receipt.pdf', { receiptId: id }) // ids of the manifest are UUIDs
    const same = asked.ok && asked.value.sha256 === hash && sha256(asked.value.pdf) === hash
    const sealed = seal === undefined || (asked.ok && 'seal' in asked.value && asked.value.seal === seal)
    if (!same || !sealed) changed.push(id)
    if (seal !== undefined && !(await worker.ask('receipt.check', { seal })).ok) changed.push(`${id}: its seal`)
  }
  return changed
}

/** The files whose bytes are not those that were attached, by their hashes. */
export const changedFiles = (store: Store, { files }: Manifest): readonly string[] =>
  Object.values(files).flatMap(({ size, sha256: hash }) => {
    const read = bytesOfFile(store.db, store.files, hash)
    return read.ok && read.value.byteLength === size && sha256(read.value) === hash ? [] : [hash]
  })
