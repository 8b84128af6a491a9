import { batchLimit, type CommandRecord, type CommandResult } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
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
const bytes = batchLimit.bytes - batchLimit.commands - 1

interface Options {
  readonly store: OutboxStore
  readonly platform: Platform
  readonly clock: Clock
  /** Called when items changed their state. */
  readonly onItems: () => void
}

/**
 * Sends one batch after the other, always in order and never two at once. A batch that was too large or too slow for
 * the way is halved, and grows again with success.
 */
export function createSender({ store, platform, clock, onItems }: Options): {
  next(): Promise<Result<Tally | undefined>>
} {
  let size: number = batchLimit.commands
  let resendFrom: number | undefined
  /** Marked as leaving when the answers before it were written. */
  let ready: readonly QueuedCommand[] | undefined

  const take = (answers?: readonly CommandAnswer[]): readonly QueuedCommand[] =>
    store.take(
      { commands: size, bytes, ...(resendFrom === undefined ? {} : { from: resendFrom }) },
      clock.now(),
      answers,
    )
  const forget = (fault: Parameters<OutboxStore['release']>[0]): void => {
    store.release(fault)
    onItems()
  }

  return {
    /** Sends the next batch; nothing when all is answered. Faults: platform.*, call.cancelled. */
    next: async () => {
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
        const tooMuch = sent.fault.code === 'platform.timeout' || sent.fault.values?.['status'] === 413
        if (tooMuch) size = Math.max(1, Math.floor(size / 2))
        forget(sent.fault)
        return sent
      }
      if (sent.value.kind === 'results') {
        const { results } = sent.value
        size = Math.min(batchLimit.commands, size * 2)
        if (resendFrom !== undefined) resendFrom = last.seq + 1
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
