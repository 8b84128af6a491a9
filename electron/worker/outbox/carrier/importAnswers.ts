import { z } from 'zod'
import { answersFile, type AnswersFile } from '#shared/contract/transfer.ts'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CounterIdentity } from '../auth.ts'
import type { CountersignStore } from '../countersign.ts'
import type { OutboxStore, PendingUploads } from '../ports.ts'
import { addTally, answerOf, noTally, type Tally } from '../sendBatch.ts'
import { replySecret } from './exportActs.ts'
import { takeHead } from './takeHead.ts'

interface Parts {
  readonly store: Pick<OutboxStore, 'batch' | 'record'>
  readonly pendingUploads: Pick<PendingUploads, 'stored'>
  readonly countersignStore: CountersignStore
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
 * Faults: transfer.notAnswers, transfer.export (a file for the platform), transfer.foreign (sealed for another counter,
 * or it answers acts
 * that are not ours), transfer.altered (damaged), transfer.newer, platform.gap, and those of `takeHead`.
 */
export async function importAnswers(
  { store, pendingUploads, countersignStore, identity, clock }: Parts,
  bytes: Uint8Array,
): Promise<Result<ImportedAnswers>> {
  const answers = await open(bytes, identity)
  if (!answers.ok) return answers
  const { results, stored, counterId, expectedSeq, countersigned } = answers.value
  if (counterId !== identity.counterId || !results.every((one) => holds(store, one)))
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
const version = z.object({ version: z.int() })

const open = async (bytes: Uint8Array, { privateKey }: CounterIdentity): Promise<Result<AnswersFile>> => {
  const head = Buffer.from(bytes.subarray(0, 60)).toString('latin1')
  if (!head.startsWith(age.file)) return err(faultOf('transfer.notAnswers'))
  const stanza = head.slice(age.file.length)
  if (!stanza.startsWith(age.passphrase))
    return err(faultOf(stanza.startsWith(age.key) ? 'transfer.export' : 'transfer.notAnswers'))
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  decrypter.addPassphrase(replySecret(privateKey))
  try {
    const content: unknown = JSON.parse(await decrypter.decrypt(bytes, 'text'))
    const answers = answersFile.safeParse(content)
    if (answers.success) return ok(answers.data)
    return err(faultOf((version.safeParse(content).data?.version ?? 1) > 1 ? 'transfer.newer' : 'transfer.altered'))
  } catch (cause) {
    return err(
      faultOf(cause instanceof Error && notForUs.test(cause.message) ? 'transfer.foreign' : 'transfer.altered'),
    )
  }
}
