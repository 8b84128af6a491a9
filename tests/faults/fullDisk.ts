import { createHash, randomBytes } from 'node:crypto'
import { closeSync, openSync, readdirSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { v7 } from 'uuid'
import type { Sha256 } from '#shared/ids.ts'
import { listBackups, makeBackup } from '#electron/worker/upkeep/backups.ts'
import { openTestStore, valueOf } from '#tests/builders/register.ts'
import { devicesWith, sheetsOf, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'
import { depositor } from './damage.ts'
import { onDisk } from './disk.ts'
import { filesFail, nothingLooked, papersFail } from './files.ts'
import { whatFails } from './holds.ts'
import type { HeardAct } from './kill.ts'
import type { Outcome } from './outcome.ts'
import { keptPaper, twice } from './paper.ts'

const mega = 1024 * 1024

/** Somebody else's file takes all but so many bytes of a disk. */
const fill = (data: string, leave: number): void => {
  const { bavail, bsize } = statfsSync(data)
  const block = Buffer.alloc(64 * 1024)
  const file = openSync(join(data, 'somebody-else'), 'a')
  try {
    for (let left = bavail * bsize - leave; left > 0; left -= block.length)
      writeSync(file, block, 0, Math.min(block.length, left))
  } catch {
    // Full: nothing is left to leave.
  } finally {
    closeSync(file)
  }
}
const makeRoom = (data: string): void => {
  rmSync(join(data, 'somebody-else'), { force: true })
}

const halfWritten = (data: string): readonly string[] =>
  readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.new'))

const pdfOf = (size: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(size)
  bytes.set(randomBytes(mega))
  bytes.set(new TextEncoder().encode('%PDF-1.7 1 0 obj '))
  return bytes
}

/** Deposits with a file; the number, or the code of the fault. */
const depositWith = async (worker: TestWorker, file: Sha256, heard: HeardAct[]): Promise<string> => {
  const citizen = valueOf(
    await worker.ask('identity.type', {
      identity: { familyName: 'SPÉCIMEN', givenNames: 'Omar' },
      reason: 'noCard',
    }),
  )
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  const commandId = v7()
  const pieces = sheet.pieces.map(({ code }) => ({ code, state: 'received' as const, attachments: [file] }))
  const draft = { procedure: sheet.code, procedureVersion: sheet.version, pieces }
  const issued = await worker.ask('receipt.issue', { commandId, identityId: citizen.identityId, draft })
  if (!issued.ok) return issued.fault.code
  heard.push({ kind: 'request.deposited', id: commandId, evidence: issued.value.number })
  return issued.value.number
}

/**
 * A disk that gets full in the middle of a file: of one that somebody attaches, of a paper, of a backup. Each is refused
 * in words, leaves nothing half, is named by nothing, and succeeds once there is room.
 */
export const fullWhileWriting = (folder: string): Promise<Outcome> =>
  onDisk(join(folder, 'writing'), 64, async () => {
    const data = join(folder, 'writing')
    const trail = join(folder, 'writing.txt')
    const worker = await signedIn(startWorker(data, devicesWith(keptPaper(trail))), 'supervisor')
    const heard: HeardAct[] = []
    const failed: string[] = []
    const want = (what: string, is: string, be: string): void => {
      if (is !== be) failed.push(`${what}: ${is}`)
    }
    const halves = (what: string): void => {
      if (halfWritten(data).length > 0) failed.push(`${what}: a half file is left`)
    }
    const codeOf = (result: { ok: true } | { ok: false; fault: { code: string } }): string =>
      result.ok ? 'ok' : result.fault.code

    // A file: there is room for an act, and none for all of this.
    const bytes = pdfOf(16 * mega)
    const add = () => worker.ask('attachment.add', { name: 'a.pdf', bytes })
    const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256 // a digest has this form
    fill(data, 12 * mega)
    want('a file too large for the disk', codeOf(await add()), 'register.diskFull')
    halves('a file too large for the disk')
    want('an act that names it', await depositWith(worker, sha256, heard), 'attachment.unknown')
    makeRoom(data)
    want('the same file with room', codeOf(await add()), 'ok')
    if (!(await depositWith(worker, sha256, heard)).includes('/')) failed.push('the act that names it is refused')

    // A paper: the act is there, its bytes come later.
    fill(data, 12 * mega)
    await depositor(worker, heard)()
    // Before the disk is full: whoever is shown a citizen is in the access log, which needs room too.
    const [newest] = valueOf(await worker.ask('home.day', {})).deposits.filter(
      ({ number }) => number === heard.at(-1)?.evidence,
    )
    if (newest === undefined) throw new Error('no deposit')
    fill(data, 0)
    const paper = () => worker.ask('receipt.pdf', { receiptId: newest.receiptId })
    want('a paper on a full disk', codeOf(await paper()), 'register.diskFull')
    halves('a paper on a full disk')
    makeRoom(data)
    const made = [await paper(), await paper()].map((one) => (one.ok ? one.value.sha256 : one.fault.code))
    if (made[0] !== made[1] || made[0]?.length !== sha256.length) failed.push(`the paper with room: ${made.join(', ')}`)
    const open = async (): Promise<boolean> =>
      valueOf(await worker.ask('print.list', {})).jobs.some(({ state }) => state !== 'printed')
    for (let left = 100; left > 0 && (await open()); left -= 1) await later(100)
    if (await open()) failed.push('a paper does not come out although there is room')
    await worker.close()

    // A backup: who makes it was told that there is room.
    const store = openTestStore(data)
    fill(data, 4 * mega)
    const order = { free: 1e12, reserve: 0 }
    want('a backup on a full disk', codeOf(await makeBackup(store, data, new Date(), order)), 'register.diskFull')
    halves('a backup on a full disk')
    if (listBackups(data).length > 0) failed.push('half a backup counts as one')
    makeRoom(data)
    want('a backup with room', codeOf(await makeBackup(store, data, new Date(), order)), 'ok')
    failed.push(...whatFails(store, heard), ...(await filesFail(store, nothingLooked())))
    failed.push(...papersFail(store, trail, 0, nothingLooked()), ...twice(trail, { whole: true }))
    store.close()
    return { count: 3, came: 'a file, a paper, a backup: refused in words, nothing half, taken with room', failed }
  })
