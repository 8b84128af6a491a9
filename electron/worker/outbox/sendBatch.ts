import { batchLimit, type CommandRecord, type CommandResult } from '#shared/contract/platform.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Platform } from './platform.ts'
import type { CommandAnswer, OutboxStore, QueuedCommand } from './ports.ts'

/** How many commands of each outcome. */
export type Tally = Record<CommandResult['status'], number>
/** A tally before anything happened. */
export const noTally = (): Tally => ({ applied: 0, duplicate: 0, rejected: 0, conflict: 0 })
/** Adds the second tally to the first. */
export function addTally(sum: Tally, more: Tally): void {
  for (const status of ['applied', 'duplicate', 'rejected', 'conflict'] as const) sum[status] += more[status]
}

/** The JSON brackets and commas around the commands count too. */
const mostBytes = batchLimit.bytes - batchLimit.commands - 1

/**
 * Answers that may be about one act of a batch and not about the batch: a rule of a gate on the way, or a fault of the
 * platform that it meets again with the same act. Not among them: who is not let in, and who is busy.
 */
const ofOneAct = (fault: Fault): boolean => {
  const status = Number(fault.values?.['status'] ?? 0)
  // A gate that does not sign refuses with any status of its own.
  if (fault.code === 'platform.unsigned') return status >= 400 && status < 500
  return fault.code === 'platform.failed' && [400, 403, 413, 422, 500].includes(status)
}

interface Options {
  readonly store: OutboxStore
  readonly platform: Platform
  readonly clock: Clock
  /** Called when items changed their state. */
  readonly onItems: () => void
}

/**
 * Sends one batch after the other, always in order and never two at once. A batch that was too slow for the way is
 * halved, and grows again with success. One that is refused on the way is halved from what was sent until the act that
 * it is refused for stands alone: those before it go, it waits with its fault, and those behind it wait for it, since the
 * platform takes acts in their sequence. What was learnt so is known as long as the program runs.
 */
export function createSender({ store, platform, clock, onItems }: Options): {
  next(): Promise<Result<Tally | undefined>>
  /** The last fault was met by one act alone: everything else may go on. */
  stuck(): boolean
} {
  let size: number = batchLimit.commands
  let bytes = mostBytes
  let resendFrom: number | undefined
  /** The last act of the smallest batch that was refused: the one that it was refused for is not behind it. */
  let suspect = 0
  /** The last act of the last batch that was answered. */
  let answered = 0
  /** Where the batch began that the platform failed at last; once may be its own trouble. */
  let failedAt = 0
  let alone = false
  /** Marked as leaving when the answers before it were written. */
  let ready: readonly QueuedCommand[] | undefined

  const take = (answers?: readonly CommandAnswer[]): readonly QueuedCommand[] => {
    const half = suspect > answered ? Math.ceil((suspect - answered) / 2) : size
    return store.take(
      { commands: Math.min(size, half), bytes, ...(resendFrom === undefined ? {} : { from: resendFrom }) },
      clock.now(),
      answers,
    )
  }
  const forget = (fault: Parameters<OutboxStore['release']>[0]): void => {
    store.release(fault)
    onItems()
  }
  /** Whether the batch is tried again at once, in part. */
  const split = (fault: Fault, items: readonly QueuedCommand[]): boolean => {
    const [first, last] = [items[0]?.seq ?? 0, items.at(-1)?.seq ?? 0]
    if (!ofOneAct(fault)) {
      if (fault.code === 'platform.timeout') size = Math.max(1, Math.floor(items.length / 2))
      return false
    }
    const status = fault.values?.['status']
    const again = failedAt === first || suspect >= first
    failedAt = first
    if (status === 500 && !again) return false
    if (items.length === 1) {
      alone = true
      return false
    }
    if (status === 413) {
      // The way takes so many bytes and no more, whatever is in them.
      bytes = Math.floor(items.reduce((sum, { json }) => sum + Buffer.byteLength(json) + 1, 0) / 2)
      return true
    }
    // A gap or an answer by hand may have begun elsewhere than after the last answer.
    answered = first - 1
    suspect = last
    size = Math.floor(items.length / 2)
    return true
  }

  return {
    stuck: () => alone,
    /** Sends the next batch; nothing when all is answered. Faults: platform.*, call.cancelled. */
    next: async () => {
      alone = false
      const items = ready ?? take()
      ready = undefined
      const [first, last] = [items[0], items.at(-1)]
      if (first === undefined || last === undefined) {
        resendFrom = undefined
        return ok(undefined)
      }
      onItems()
      const sent = await platform.send(items)
      if (!sent.ok) {
        const inPart = split(sent.fault, items)
        forget(inPart ? 'cleared' : sent.fault)
        return inPart ? ok(noTally()) : sent
      }
      if (sent.value.kind === 'results') {
        const { results } = sent.value
        failedAt = 0
        size = Math.min(batchLimit.commands, size * 2)
        if (resendFrom !== undefined) resendFrom = last.seq + 1
        answered = last.seq
        ready = take(results.map(answerOf))
        onItems()
        const tally = noTally()
        for (const result of results) tally[result.status] += 1
        return ok(tally)
      }
      const { expectedSeq } = sent.value
      // A second gap where the platform itself said to begin is no place to go round and round without a pause.
      const held =
        resendFrom === undefined &&
        expectedSeq < first.seq &&
        store.batch({ commands: 1, bytes, from: expectedSeq })[0]?.seq === expectedSeq
      resendFrom = held ? expectedSeq : undefined
      const fault = faultOf('platform.gap', 'platform behind', { expectedSeq, heldSeq: first.seq })
      forget(held ? undefined : fault)
      return held ? ok(noTally()) : err(fault)
    },
  }
}

/** Why a result is a refusal; a platform that gives no code that we know refuses all the same. */
export const refusalOf = ({ status, code, field }: CommandResult | CommandRecord): Pick<CommandAnswer, 'refusal'> =>
  status === 'applied' || status === 'duplicate'
    ? {}
    : {
        refusal: {
          code: code ?? (status === 'conflict' ? 'conflict' : 'refused'),
          ...(field === undefined ? {} : { field }),
        },
      }

/** A result as the outbox keeps it. */
export function answerOf(result: CommandResult): CommandAnswer {
  return {
    seq: result.seq,
    id: result.id,
    state: result.status === 'duplicate' ? 'applied' : result.status,
    receivedAt: result.receivedAt,
    ...refusalOf(result),
    ...(result.reason === undefined ? {} : { answer: result.reason }),
    ...(result.platformNumber === undefined ? {} : { platformNumber: result.platformNumber }),
  }
}
