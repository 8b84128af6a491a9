import { z } from 'zod'
import { answersFile, type AnswersFile } from '#shared/contract/transfer.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CounterIdentity } from '../auth.ts'
import type { CountersignStore } from '../countersign.ts'
import { readPlatformText } from '../../journal/platformText.ts'
import type { OutboxStore, PendingUploads, PlatformTrust } from '../ports.ts'
import { addTally, answerOf, noTally, type Tally } from '../sendBatch.ts'
import { replySecret } from './exportActs.ts'
import { takeHead } from './takeHead.ts'

interface Parts {
  readonly store: Pick<OutboxStore, 'batch' | 'record'>
  readonly pendingUploads: Pick<PendingUploads, 'stored'>
  readonly countersignStore: CountersignStore
  readonly trust: PlatformTrust
  /** Ids of the exports of this counter, newest first. */
  readonly exports: readonly string[]
  readonly identity: CounterIdentity
  readonly clock: Clock
}

/**
 * What the file answered. `news`: acts, files and heads of which it was not known; none when the same answers were
 * taken in before.
 */
export interface ImportedAnswers extends Tally {
  readonly files: number
  readonly news: number
}

/**
 * Takes in the platform's answers to an export, as if they had come over the line; taken in again they change nothing.
 * Faults: transfer.notAnswers, transfer.export (a file for the platform), transfer.foreign (to no export of this
 * counter, or it answers acts that are not ours), transfer.altered (damaged), transfer.newer, transfer.unsigned and
 * platform.foreignKey (not by the platform), platform.unknownKey, platform.gap, and those of `takeHead`.
 */
export async function importAnswers(
  { store, pendingUploads, countersignStore, trust, exports, identity, clock }: Parts,
  bytes: Uint8Array,
): Promise<Result<ImportedAnswers>> {
  const opened = await open(bytes, identity, exports)
  if (!opened.ok) return opened
  const answers = readSigned(opened.value, trust)
  if (!answers.ok) return answers
  const { results, stored, counterId, exportId, expectedSeq, countersigned } = answers.value
  if (!exports.includes(exportId) || counterId !== identity.counterId || !results.every((one) => holds(store, one)))
    return err(faultOf('transfer.foreign'))
  const known =
    (results.length > 0 ? store.record(results.map(answerOf), clock.now()) : 0) +
    (stored.length > 0 ? pendingUploads.stored(stored, clock.now()) : 0)
  const kept = countersigned === undefined ? ok(false) : takeHead(countersigned, counterId, countersignStore)
  if (!kept.ok) return kept
  const news = known + (kept.value ? 1 : 0)
  // An old file may say that acts were missing which have come since.
  if (expectedSeq !== undefined && (news > 0 || waits(store, expectedSeq)))
    return err(faultOf('platform.gap', 'platform behind', { expectedSeq }))
  const tally = noTally()
  for (const { status } of results) addTally(tally, { ...noTally(), [status]: 1 })
  return ok({ ...tally, files: stored.length, news })
}

const holds = (store: Parts['store'], { seq, id }: AnswersFile['results'][number]): boolean =>
  store.batch({ commands: 1, bytes: 1, from: seq })[0]?.id === id

/** Whether an act from this one on has no answer yet. */
const waits = (store: Parts['store'], seq: number): boolean =>
  (store.batch({ commands: 1, bytes: 1 })[0]?.seq ?? Infinity) >= seq &&
  store.batch({ commands: 1, bytes: 1 }).length > 0

/** Begins every age file (C2SP age v1); the stanza of a passphrase, and that of a key. */
const age = { file: 'age-encryption.org/v1\n', passphrase: '-> scrypt ', key: '-> X25519 ' } as const
/** The words of the library when no stanza opens: everything else is damage behind the header. */
const notForUs = /no identity matched/
/** The text inside. */
const open = async (
  bytes: Uint8Array,
  { privateKey }: CounterIdentity,
  exports: readonly string[],
): Promise<Result<string>> => {
  const head = Buffer.from(bytes.subarray(0, 60)).toString('latin1')
  if (!head.startsWith(age.file)) return err(faultOf('transfer.notAnswers'))
  const stanza = head.slice(age.file.length)
  if (!stanza.startsWith(age.passphrase))
    return err(faultOf(stanza.startsWith(age.key) ? 'transfer.export' : 'transfer.notAnswers'))
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  for (const exportId of exports) decrypter.addPassphrase(replySecret(privateKey, exportId))
  try {
    return ok(await decrypter.decrypt(bytes, 'text'))
  } catch (cause) {
    return err(
      faultOf(cause instanceof Error && notForUs.test(cause.message) ? 'transfer.foreign' : 'transfer.altered'),
    )
  }
}

const newer = z.object({ version: z.int().min(3) })

/** What the platform put its name to. Faults: those of `importAnswers` about a signature and a version. */
const readSigned = (text: string, trust: PlatformTrust): Result<AnswersFile> => {
  const payload = readJson(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString('utf8'))
  if (newer.safeParse(payload).success) return err(faultOf('transfer.newer'))
  const read = (): ReturnType<typeof readPlatformText<typeof answersFile>> =>
    readPlatformText(text, 'answers', answersFile, trust.keys().slice(0, 1))
  let answers = read()
  if (answers === 'foreign') {
    // The keys that came with it say for themselves whether they follow on the one that is known.
    const published = answersFile.safeParse(payload)
    if (published.success && trust.follow(published.data.keys)) answers = read()
  }
  if (answers === 'foreign')
    return err(faultOf(trust.keys().length === 0 ? 'platform.unknownKey' : 'platform.foreignKey'))
  return answers === undefined ? err(faultOf('transfer.unsigned')) : ok(answers)
}
