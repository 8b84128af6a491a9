import type { z } from 'zod'
import {
  batchAnswer, changesAnswer, counterState, eventsBatchType, fileAnswer, gapAnswer, lookupAnswer, platformPaths, problem, timeAnswer,
  type CommandRecord, type CommandResult, type Enrolment, type FileState,
} from '#shared/contract/platform.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { CounterId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { PlatformAnswer, QueuedCommand, Question, Transport } from './ports.ts'

/** A batch was taken, or the platform stands elsewhere in our series. */
export type BatchOutcome =
  | { readonly kind: 'results'; readonly results: readonly CommandResult[] }
  | { readonly kind: 'gap'; readonly expectedSeq: number }

/** The platform as typed questions; every answer is parsed. Faults: platform.*, call.cancelled. */
export interface Platform {
  /** The platform's time, in milliseconds since 1970. */
  time(): Promise<Result<number>>
  enrol(enrolment: Enrolment): Promise<Result<{ lastSeq: number }>>
  counter(): Promise<Result<{ lastSeq: number }>>
  /** What the platform recorded from `from` on, one page. */
  look(from: number): Promise<Result<readonly CommandRecord[]>>
  send(items: readonly QueuedCommand[]): Promise<Result<BatchOutcome>>
  changes(after: string | undefined): Promise<Result<z.infer<typeof changesAnswer>>>
  /** Whether the platform holds a file of this counter. */
  file(sha256: Sha256): Promise<Result<FileState>>
}

/** Asks one platform on behalf of one counter. Aborting the signal ends the question in flight. */
export function createPlatform(transport: Transport, counterId: CounterId, signal: AbortSignal): Platform {
  const get = (path: string): Question => ({ method: 'GET', path, signed: true })
  const ask = async <S extends z.ZodType>(question: Question, shape: S): Promise<Result<z.output<S>>> => {
    const answer = await transport.ask(question, signal)
    if (!answer.ok) return answer
    return answer.value.status >= 200 && answer.value.status < 300 ? parse(answer.value.body, shape) : err(refusal(answer.value))
  }
  return {
    time: async () => {
      const answer = await ask({ ...get(platformPaths.time), signed: false }, timeAnswer)
      return answer.ok ? ok(Date.parse(answer.value.now)) : answer
    },
    enrol: (enrolment) =>
      ask({ method: 'POST', path: platformPaths.enrolments, body: JSON.stringify(enrolment), signed: false }, counterState),
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
          signed: true,
        },
        signal,
      )
      if (!answer.ok) return answer
      if (answer.value.status === 409) {
        const gap = parse(answer.value.body, gapAnswer)
        return gap.ok ? ok({ kind: 'gap', expectedSeq: gap.value.expectedSeq }) : err(refusal(answer.value))
      }
      if (answer.value.status !== 200) return err(refusal(answer.value))
      const parsed = parse(answer.value.body, batchAnswer)
      if (!parsed.ok) return parsed
      return answers(items, parsed.value.results) ? ok({ kind: 'results', results: parsed.value.results }) : err(faultOf('platform.garbage', 'results'))
    },
    file: async (sha256) => {
      const answer = await ask(get(platformPaths.file(sha256)), fileAnswer)
      return answer.ok ? ok(answer.value.state) : answer
    },
    changes: (after) =>
      ask(get(after === undefined ? platformPaths.changes : `${platformPaths.changes}?after=${encodeURIComponent(after)}`), changesAnswer),
  }
}

/** One result for each command, in order, under its own number and id: anything else is not an answer to this batch. */
const answers = (items: readonly QueuedCommand[], results: readonly CommandResult[]): boolean =>
  items.length === results.length && items.every((item, at) => results[at]?.seq === item.seq && results[at].id === item.id)

function parse<S extends z.ZodType>(body: string, shape: S): Result<z.output<S>> {
  const read = readJson(body)
  if (read === undefined) return err(faultOf('platform.garbage', 'not JSON'))
  const parsed = shape.safeParse(read)
  return parsed.success ? ok(parsed.data) : err(faultOf('platform.garbage', parsed.error.issues[0]?.path.join('.') ?? 'shape'))
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

/** What a status other than success means to us; only the platform's stable code is kept of its words. */
function refusal({ status, body, retryAfterMs }: PlatformAnswer): Fault {
  const said = problem.safeParse(readJson(body))
  const detail = said.success ? `${String(status)} ${said.data.code.slice(0, 60)}` : String(status)
  const values = { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
  if (status === 401 || status === 403) return faultOf('platform.unauthorised', detail, values)
  if (status === 429 || status === 503) return faultOf('platform.busy', detail, values)
  if (status < 400) return faultOf('platform.garbage', detail, values)
  return faultOf('platform.failed', detail, values)
}
