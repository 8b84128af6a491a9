import type { PlatformAnswer, Question, Transport } from '#electron/worker/outbox/ports.ts'
import { commandBatch, enrolment, type Command, type CommandResult } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/**
 * What happens to one exchange. `twice`: the question arrives two times, the second answer comes back;
 * `hang`: carried out, and nothing is ever heard of it (the asking program was killed).
 */
export type Mishap =
  | 'none'
  | 'hang'
  | 'lostBefore'
  | 'lostAfter'
  | 'twice'
  | 'status500'
  | 'gate403'
  | 'status413'
  | 'unsigned'
  | 'garbage'
  | 'truncated'
  | 'foreignResults'
  | 'busy'
  | 'unauthorised'

/** The platform's rules without network or database: one counter, everything in `applied` and `rejected`. */
export interface ModelPlatform extends Transport {
  readonly recorded: Command[]
  readonly asked: Question[]
  /** What happens to the next exchanges, one each; afterwards nothing happens. */
  script: Mishap[]
  /** Consulted when the script is empty. */
  mishap: (question: Question) => Mishap
  /** How it stands to the device. */
  device: 'unknown' | 'pending' | 'approved' | 'revoked'
  /** The state into which its code brings a device. */
  enrolsAs: 'pending' | 'approved'
  now: number
  skew: number
  feed: { changes: unknown[]; cursor: string; more: boolean }[]
  /** The platform was restored from an old copy: it forgets what came after. */
  forgetAfter(seq: number): void
  /** Somebody else got there first. */
  plant(one: Command): void
  reject: (one: Command) => string | undefined
}

const receivedAt = '2026-11-21T10:00:00.000Z'

export function createModelPlatform(): ModelPlatform {
  const recorded: Command[] = []
  const results = new Map<number, CommandResult>()
  const json = (status: number, body: unknown): PlatformAnswer => ({ status, body: JSON.stringify(body) })
  const problem = (status: number, code: string): PlatformAnswer =>
    json(status, { type: `urn:${code}`, title: code, status, code })
  const lastSeq = (): number => recorded.at(-1)?.seq ?? 0

  const take = (batch: readonly Command[]): PlatformAnswer => {
    if ((batch[0]?.seq ?? 0) > lastSeq() + 1)
      return json(409, { type: 'urn:gap', title: 'gap', status: 409, code: 'gap', expectedSeq: lastSeq() + 1 })
    return json(200, { results: batch.map(takeOne), lastSeq: lastSeq() })
  }
  const takeOne = (one: Command): CommandResult => {
    const known = recorded.find((other) => other.seq === one.seq || other.id === one.id)
    const said = known && results.get(known.seq)
    if (known !== undefined && said !== undefined) {
      if (known.seq !== one.seq || known.id !== one.id || known.sha256 !== one.sha256)
        return { id: one.id, seq: one.seq, status: 'conflict', receivedAt }
      return said.status === 'applied' ? { ...said, status: 'duplicate' } : said
    }
    const reason = model.reject(one)
    const result: CommandResult = {
      id: one.id,
      seq: one.seq,
      status: reason === undefined ? 'applied' : 'rejected',
      receivedAt,
      ...(reason === undefined ? {} : { reason }),
    }
    recorded.push(one)
    results.set(one.seq, result)
    return result
  }
  const answer = (question: Question): PlatformAnswer => {
    const { pathname, searchParams } = new URL(question.path, 'http://model')
    if (pathname === '/v1/time') return json(200, { now: new Date(model.now).toISOString() })
    if (pathname === '/v1/enrolments') {
      const asked = enrolment.parse(JSON.parse(question.body ?? ''))
      if (asked.code !== 'demo') return problem(403, 'code-refused')
      if (model.device === 'revoked') return problem(403, 'device-revoked')
      if (model.device === 'unknown') model.device = model.enrolsAs
      return json(200, { counterId: asked.counterId, kid: 'k'.repeat(43), state: model.device })
    }
    if (model.device !== 'approved') return problem(model.device === 'unknown' ? 401 : 400, `device-${model.device}`)
    if (pathname === '/v1/changes')
      return json(200, model.feed.shift() ?? { changes: [], cursor: searchParams.get('after') ?? 'start', more: false })
    if (question.method === 'POST') return take(commandBatch.parse(JSON.parse(question.body ?? '')))
    if (!pathname.endsWith('/commands')) return json(200, { counterId: pathname.split('/')[3], lastSeq: lastSeq() })
    const from = Number(searchParams.get('from'))
    const page = recorded.filter((one) => one.seq >= from).slice(0, 500)
    return json(200, {
      results: page.map((one) => ({ ...results.get(one.seq), sha256: one.sha256 })),
      lastSeq: lastSeq(),
    })
  }
  const spoil = (said: PlatformAnswer, mishap: Mishap): Result<PlatformAnswer> => {
    if (mishap === 'lostAfter') return err(faultOf('platform.unreachable', 'ECONNRESET'))
    if (mishap === 'garbage') return ok({ status: 200, body: '<html>captive</html>' })
    if (mishap === 'truncated') return ok({ ...said, body: said.body.slice(0, said.body.length >> 1) })
    if (mishap === 'foreignResults') return ok(json(200, { results: [], lastSeq: 0 }))
    return ok(said)
  }
  const model: ModelPlatform = {
    recorded,
    asked: [],
    script: [],
    mishap: () => 'none',
    device: 'unknown',
    enrolsAs: 'approved',
    now: Date.parse('2026-11-21T10:00:00Z'),
    skew: 0,
    feed: [],
    reject: () => undefined,
    forgetAfter: (seq) => {
      while (lastSeq() > seq) results.delete(recorded.pop()?.seq ?? 0)
    },
    plant: (one) => {
      takeOne(one)
    },
    setSkew: (ms) => {
      model.skew = ms
    },
    ask: async (question, signal) => {
      await Promise.resolve()
      if (signal.aborted) return err(faultOf('call.cancelled'))
      model.asked.push(question)
      const mishap = model.script.shift() ?? model.mishap(question)
      if (mishap === 'lostBefore') return err(faultOf('platform.timeout'))
      if (mishap === 'status500') return ok({ status: 500, body: 'Internal Server Error' })
      if (mishap === 'gate403') return ok({ status: 403, body: '<html>blocked</html>' })
      if (mishap === 'status413') return ok({ status: 413, body: '<html>too large</html>' })
      if (mishap === 'unsigned') return err(faultOf('platform.unsigned', '403', { status: 403 }))
      if (mishap === 'busy') return ok({ ...problem(429, 'busy'), retryAfterMs: 30_000 })
      if (mishap === 'unauthorised') return ok(problem(401, 'token-invalid'))
      if (mishap === 'twice') answer(question)
      if (mishap === 'hang') {
        answer(question)
        return new Promise(() => undefined)
      }
      return spoil(answer(question), mishap)
    },
  }
  return model
}
