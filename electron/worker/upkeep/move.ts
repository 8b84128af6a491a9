import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, copyFileSync, cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { groupsOf, lettersOf, plainCode } from '#shared/domain/enrolment.ts'
import { faultOf } from '#shared/fault.ts'
import type { CounterId } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { filesFolder } from '../files/fileFolder.ts'
import { createJournal } from '../journal/journal.ts'
import { checkRollbackGuard } from '../journal/checkRollbackGuard.ts'
import type { RollbackGuard } from '../journal/rollbackGuard.ts'
import { journalHead } from '../journal/rows/journalRows.ts'
import { passphraseKeyFile } from '../keys/keyFile.ts'
import { registerFile } from '../keys/openKey.ts'
import { unwrapByPassphrase, wrapByPassphrase } from '../keys/passphrase.ts'
import { recoveryFile, rewrapKey } from '../keys/recovery.ts'
import { fileFault, makeFolder, osCode, readWhole, writeWhole } from '../keys/wholeFile.ts'
import { openStore, type Store } from '../store/open.ts'
import { movedOut, saveMoved } from '../store/quarantine.ts'

/** What travels beside the register: which move it is, and its key under the code that was printed. */
const moveFile = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  counter: z.string(),
  head: z.strictObject({ seq: z.int().positive(), hash: z.string() }),
  key: passphraseKeyFile,
})
const moveName = 'move.json'

/** Bytes of the code: 80 bits, sixteen letters. */
const codeBytes = 10

interface Open {
  readonly store: Store
  readonly counter: CounterId
  readonly rollbackGuard: RollbackGuard
  readonly key: Uint8Array
  readonly dataDir: string
  readonly clock: Clock
}

/**
 * Gives a register away: from its commit on it is read here and not written, which its journal says, and a copy of it as
 * it is then, with its files, lies in a folder for the other machine. The register is closed. Asked again it makes the
 * same move anew, in another folder, as when the stick was lost.
 * Faults: why acts are refused; those of `Tx`; file.unwritable (the folder is not empty, or cannot be written).
 * @returns the code under which the key travels: it is told apart from the folder
 */
export async function moveOut(
  open: Open,
  to: string,
): Promise<Result<{ readonly code: string; readonly links: number }>> {
  const { store, counter, rollbackGuard, key, dataDir, clock } = open
  const before = movedOut(store.db)
  const barred = store.readOnlyReason()
  if (before === undefined && barred !== undefined) return err(barred)
  if (existsSync(to)) return err(faultOf('file.unwritable', 'the folder is there already'))
  const code = groupsOf(lettersOf(randomBytes(codeBytes))).join('-')
  const wrapped = await wrapByPassphrase(key, plainCode(code))
  const id = before?.id ?? randomUUID()
  if (before === undefined) {
    const journal = createJournal(clock, counter, store.db, rollbackGuard.raise)
    const given = store.tx((db) => {
      saveMoved(db, { id, at: clock.now().toISOString() })
      journal.append(db, { actor: 'counter', kind: 'register.movedOut', subject: counter, body: { id } })
      return ok(undefined)
    })
    if (!given.ok) return given
  }
  const { seq, hash } = journalHead(store.db) ?? { seq: 0, hash: '' }
  store.checkpoint()
  store.close()
  try {
    makeFolder(to)
    if (existsSync(filesFolder(dataDir))) cpSync(filesFolder(dataDir), filesFolder(to), { recursive: true })
    copyFileSync(registerFile(dataDir), registerFile(to))
    if (existsSync(recoveryFile(dataDir))) copyFileSync(recoveryFile(dataDir), recoveryFile(to))
  } catch (cause) {
    return err(faultOf('file.unwritable', osCode(cause)))
  }
  const said: z.infer<typeof moveFile> = { version: 1, id, counter, head: { seq, hash }, key: wrapped }
  const written = writeWhole(join(to, moveName), `${JSON.stringify(said)}\n`)
  return written.ok ? ok({ code, links: seq }) : err(faultOf('file.unwritable', written.fault.detail))
}

interface Arriving {
  readonly dataDir: string
  /** Wraps the key from now on. */
  readonly passphrase: string
  readonly code: string
  readonly clock: Clock
  readonly binding?: string
}

/**
 * Takes a register over that another machine gave away, into a data folder without one: it goes on with the next number,
 * under the same key towards the platform. A folder is taken once.
 * Faults: call.invalid (there is a register here, or no move there), register.badPassphrase (another code),
 * register.corrupt, those of `openStore`.
 */
export async function moveIn(
  from: string,
  { dataDir, passphrase, code, clock, binding }: Arriving,
): Promise<Result<{ readonly counter: string; readonly links: number }>> {
  const file = registerFile(dataDir)
  if (existsSync(file)) return err(faultOf('call.invalid', `there is a register in ${dataDir}`))
  const text = readWhole(join(from, moveName))
  if (!text.ok) return text
  const said = parsed(text.value)
  if (said === undefined) return err(faultOf('call.invalid', `no move in ${from}, or one that was taken`))
  const key = await unwrapByPassphrase(said.key, plainCode(code))
  if (!key.ok) return key
  const fresh = `${file}.restored`
  try {
    makeFolder(dataDir)
    copyFileSync(registerFile(from), fresh)
    chmodSync(fresh, 0o600)
    if (existsSync(filesFolder(from))) cpSync(filesFolder(from), filesFolder(dataDir), { recursive: true })
    if (existsSync(recoveryFile(from))) copyFileSync(recoveryFile(from), recoveryFile(dataDir))
  } catch (cause) {
    rmSync(fresh, { force: true })
    return err(fileFault(cause))
  }
  const options = {
    file: fresh,
    key: key.value,
    now: clock.now().toISOString(),
    ...(binding === undefined ? {} : { binding }),
  }
  const taken = takeOver(said, options, dataDir, clock)
  if (!taken.ok) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${fresh}${suffix}`, { force: true })
    return taken
  }
  const wrapped = await rewrapKey(dataDir, key.value, passphrase, clock.now())
  if (!wrapped.ok) return wrapped
  renameSync(fresh, file)
  renameSync(join(from, moveName), join(from, `${moveName}.taken`))
  return ok({ counter: said.counter, links: said.head.seq })
}

const takeOver = (
  { id, head, counter }: z.infer<typeof moveFile>,
  options: Parameters<typeof openStore>[0],
  dataDir: string,
  clock: Clock,
): Result<void> => {
  const opened = openStore(options)
  if (!opened.ok) return opened
  const store = opened.value
  try {
    const [wrong] = store.check()
    if (wrong !== undefined) return err(faultOf('register.corrupt', wrong))
    const there = journalHead(store.db)
    if (movedOut(store.db)?.id !== id || there?.hash !== head.hash)
      return err(faultOf('register.corrupt', 'another register than the one of the move'))
    const rollbackGuard = checkRollbackGuard(dataDir, options.key, store)
    if (!rollbackGuard.ok) return rollbackGuard
    // A parsed counter when it was written.
    const journal = createJournal(clock, counter as CounterId, store.db, rollbackGuard.value.raise)
    const done = store.upkeep((db) => {
      saveMoved(db, undefined)
      journal.append(db, { actor: 'counter', kind: 'register.movedIn', subject: counter, body: { id } })
      return ok(undefined)
    })
    store.checkpoint()
    return done
  } finally {
    store.close()
  }
}

const parsed = (text: string | undefined): z.infer<typeof moveFile> | undefined => {
  try {
    return moveFile.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}
