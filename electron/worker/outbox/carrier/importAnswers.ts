import { Decrypter } from 'age-encryption'
import { answersFile, type AnswersFile } from '#shared/contract/transfer.ts'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CounterIdentity } from '../auth.ts'
import type { OutboxStore, Shelf } from '../ports.ts'
import { addTally, answerOf, noTally, type Tally } from '../sendBatch.ts'
import { replySecret } from './exportActs.ts'

interface Parts {
  readonly store: Pick<OutboxStore, 'batch' | 'record'>
  readonly shelf: Pick<Shelf, 'stored'>
  readonly identity: CounterIdentity
  readonly clock: Clock
}

/** What the file answered. */
export interface ImportedAnswers extends Tally {
  readonly files: number
}

/**
 * Takes in the platform's answers to an export, as if they had come over the line; taken in again they change nothing.
 * Faults: transfer.altered (changed, or sealed for another counter), transfer.foreign (it answers acts that are not ours), platform.gap.
 */
export async function importAnswers({ store, shelf, identity, clock }: Parts, bytes: Uint8Array): Promise<Result<ImportedAnswers>> {
  const answers = await open(bytes, identity)
  if (answers === undefined) return err(faultOf('transfer.altered'))
  const { results, stored, counterId, expectedSeq } = answers
  if (counterId !== identity.counterId || !results.every((one) => holds(store, one))) return err(faultOf('transfer.foreign'))
  if (results.length > 0) store.record(results.map(answerOf), clock.now())
  if (stored.length > 0) shelf.stored(stored, clock.now())
  if (expectedSeq !== undefined) return err(faultOf('platform.gap', 'platform behind', { expectedSeq }))
  const tally = noTally()
  for (const { status } of results) addTally(tally, { ...noTally(), [status]: 1 })
  return ok({ ...tally, files: stored.length })
}

const holds = (store: Parts['store'], { seq, id }: AnswersFile['results'][number]): boolean =>
  store.batch({ commands: 1, bytes: 1, from: seq })[0]?.id === id

const open = async (bytes: Uint8Array, { privateKey }: CounterIdentity): Promise<AnswersFile | undefined> => {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(replySecret(privateKey))
  try {
    return answersFile.safeParse(JSON.parse(await decrypter.decrypt(bytes, 'text'))).data
  } catch {
    return undefined
  }
}
