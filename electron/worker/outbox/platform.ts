import type { z } from 'zod'
import {
  batchAnswer,
  changesAnswer,
  counterState,
  enrolmentAnswer,
  eventsBatchType,
  fileAnswer,
  filePartAnswer,
  gapAnswer,
  lookupAnswer,
  platformPaths,
  timeAnswer,
  type CommandRecord,
  type CommandResult,
  type Enrolment,
  type EnrolmentAnswer,
  type FileState,
} from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import type { CounterId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { parseAnswer, refusal } from './answers.ts'
import type { QueuedCommand, Question, Transport } from './ports.ts'

/** A batch was taken, or the platform stands elsewhere in our series. */
export type BatchOutcome =
  | { readonly kind: 'results'; readonly results: readonly CommandResult[] }
  | { readonly kind: 'gap'; readonly expectedSeq: number }

/** Where the platform stands in our series, and in which series of numbers we go on when it is ahead. */
export type CounterStanding = z.output<typeof counterState>

/** The platform as typed questions; every answer is parsed. Faults: platform.*, call.cancelled. */
export interface Platform {
  /** The platform's time, in milliseconds since 1970. */
  time(): Promise<Result<number>>
  /** Introduces this device by a code; asked again it says how it stands. */
  enrol(enrolment: Enrolment): Promise<Result<EnrolmentAnswer>>
  /** Where the platform stands in our series. Faults besides: device.notEnrolled, device.pending, device.revoked. */
  counter(): Promise<Result<CounterStanding>>
  /** What the platform recorded from `from` on, one page. */
  look(from: number): Promise<Result<readonly CommandRecord[]>>
  send(items: readonly QueuedCommand[]): Promise<Result<BatchOutcome>>
  changes(after: string | undefined): Promise<Result<z.infer<typeof changesAnswer>>>
  /** Whether the platform holds a file of this counter. */
  readonly file: (sha256: Sha256) => Promise<Result<FileState>>
  /** Bytes of a file of a digital item, from one of them on; none where it ends. */
  readonly digitalFile: (item: string, sha256: Sha256, from: number) => Promise<Result<Uint8Array>>
}

/** Asks one platform on behalf of one counter. Aborting the signal ends the question in flight. */
export function createPlatform(transport: Transport, counterId: CounterId, signal: AbortSignal): Platform {
  const get = (path: string): Question => ({ method: 'GET', path, proof: 'token' })
  const ask = async <S extends z.ZodType>(question: Question, shape: S): Promise<Result<z.output<S>>> => {
    const answer = await transport.ask(question, signal)
    if (!answer.ok) return answer
    return answer.value.status >= 200 && answer.value.status < 300
      ? parseAnswer(answer.value.body, shape)
      : err(refusal(answer.value))
  }
  return {
    time: async () => {
      const answer = await ask({ ...get(platformPaths.time), proof: 'none' }, timeAnswer)
      return answer.ok ? ok(Date.parse(answer.value.now)) : answer
    },
    enrol: (enrolment) =>
      ask(
        { method: 'POST', path: platformPaths.enrolments, body: JSON.stringify(enrolment), proof: 'key' },
        enrolmentAnswer,
      ),
    counter: () => ask(get(platformPaths.counter(counterId)), counterState),
    look: async (from) => {
      const page = await ask(get(`${platformPaths.commands(counterId)}?from=${String(from)}`), lookupAnswer)
      return page.ok ? ok(page.value.results) : page
    },
    send: async (items) => {
      const answer = await transport.ask(
        {
          method: 'POST',
          path: platformPaths.commands(counterId),
          body: `[${items.map((item) => item.json).join(',')}]`,
          contentType: eventsBatchType,
          proof: 'token',
        },
        signal,
      )
      if (!answer.ok) return answer
      if (answer.value.status === 409) {
        const gap = parseAnswer(answer.value.body, gapAnswer)
        return gap.ok ? ok({ kind: 'gap', expectedSeq: gap.value.expectedSeq }) : err(refusal(answer.value))
      }
      if (answer.value.status !== 200) return err(refusal(answer.value))
      const parsed = parseAnswer(answer.value.body, batchAnswer)
      if (!parsed.ok) return parsed
      return answers(items, parsed.value.results)
        ? ok({ kind: 'results', results: parsed.value.results })
        : err(faultOf('platform.garbage', 'results'))
    },
    file: async (sha256) => {
      const answer = await ask(get(platformPaths.file(sha256)), fileAnswer)
      return answer.ok ? ok(answer.value.state) : answer
    },
    digitalFile: async (item, sha256, from) => {
      const path = `${platformPaths.digitalFile(item, sha256)}?from=${String(from)}`
      const answer = await ask(get(path), filePartAnswer)
      return answer.ok ? ok(Buffer.from(answer.value.part, 'base64')) : answer
    },
    changes: (after) =>
      ask(
        get(
          after === undefined
            ? platformPaths.changes
            : `${platformPaths.changes}?${new URLSearchParams({ after }).toString()}`,
        ),
        changesAnswer,
      ),
  }
}

/** One result for each command, in order, under its own number and id: anything else is not an answer to this batch. */
const answers = (items: readonly QueuedCommand[], results: readonly CommandResult[]): boolean =>
  items.length === results.length &&
  items.every((item, at) => results[at]?.seq === item.seq && results[at].id === item.id)
