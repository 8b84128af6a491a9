import {
  headAnswer,
  headConflict,
  type HeadClaim,
  type HeadStatement,
  type PlatformKey,
  type TreeHead,
} from '#shared/contract/heads.ts'
import { platformPaths, problem } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import type { CounterId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readStatement } from '../journal/headStatement.ts'
import { provesConsistency } from '../journal/merkle.ts'
import { parseAnswer, refusal } from './answers.ts'
import type { Question, Transport } from './ports.ts'

/** The journal as the countersigning sees it. Every write is durable when it returns. */
export interface CountersignStore {
  /** The newest link, unless it was countersigned already or the register may not be trusted now. */
  claim(): HeadClaim | undefined
  /** The platform's log as it was last heard of; nothing before the first time. */
  log(): TreeHead | undefined
  /** The keys by which this counter knows its platform, newest first. */
  keys(): readonly PlatformKey[]
  keep(head: HeadStatement, statement: string): void
  /**
   * Whether a head is a link of this journal that is newer than the ones kept; `past` when it says nothing of what is
   * written now.
   */
  standing(head: HeadStatement): 'new' | 'past' | 'differs'
  /** The platform put its name to a link that is not in this journal. */
  contradicted(head: HeadStatement): void
  /** The platform is not the one that was met, or its log was rewritten: said once in the journal. */
  doubt(what: 'foreignKey' | 'rewritten'): void
}

/**
 * Has the newest link of the journal countersigned, and keeps what the platform put its name to. Nothing happens when
 * there is nothing new, or when the platform does not countersign. Faults: those of the link; journal.contradicted;
 * platform.foreignKey, platform.rewritten.
 */
export async function countersign(
  transport: Transport,
  counter: CounterId,
  countersignStore: CountersignStore,
  signal: AbortSignal,
): Promise<Result<void>> {
  const claim = countersignStore.claim()
  if (claim === undefined) return ok(undefined)
  const keys = countersignStore.keys()
  if (keys.length === 0) return ok(undefined)
  const question: Question = {
    method: 'POST',
    path: platformPaths.heads(counter),
    body: JSON.stringify(claim),
    proof: 'token',
  }
  const answer = await transport.ask(question, signal)
  if (!answer.ok) return answer
  if (answer.value.status === 404) return ok(undefined)
  if (answer.value.status === 409)
    return heardConflict(answer.value.body, counter, claim, countersignStore, keys) ?? err(refusal(answer.value))
  if (answer.value.status !== 200) return err(refusal(answer.value))
  const parsed = parseAnswer(answer.value.body, headAnswer)
  if (!parsed.ok) return parsed
  const head = readStatement(parsed.value.head, keys)
  if (head === 'foreign') return foreign(countersignStore)
  if (
    head === undefined ||
    head.counter !== counter ||
    head.series !== claim.series ||
    head.seq !== claim.seq ||
    head.hash !== claim.hash
  )
    return err(faultOf('platform.garbage', 'head'))
  const before = countersignStore.log()
  if (before !== undefined && !provesConsistency(before, head.log, parsed.value.consistency)) {
    countersignStore.doubt('rewritten')
    return err(faultOf('platform.rewritten', `log of ${String(before.size)} and ${String(head.log.size)}`))
  }
  countersignStore.keep(head, parsed.value.head)
  return ok(undefined)
}

/** Only what the platform put its name to bars a register: whoever sits on the line cannot. */
function heardConflict(
  body: string,
  counter: CounterId,
  claim: HeadClaim,
  countersignStore: CountersignStore,
  keys: readonly PlatformKey[],
): Result<void> | undefined {
  const said = parseAnswer(body, problem)
  if (said.ok && said.value.code === 'log-unknown') {
    countersignStore.doubt('rewritten')
    return err(faultOf('platform.rewritten', 'log shorter than before'))
  }
  const parsed = parseAnswer(body, headConflict)
  const known = parsed.ok ? readStatement(parsed.value.head, keys) : undefined
  if (known === 'foreign') return foreign(countersignStore)
  if (known === undefined || known.counter !== counter || known.series !== claim.series) return undefined
  const against = known.seq > claim.seq || (known.seq === claim.seq && known.hash !== claim.hash)
  if (!against) return undefined
  countersignStore.contradicted(known)
  return err(faultOf('journal.contradicted', undefined, { seq: known.seq }))
}

function foreign(countersignStore: CountersignStore): Result<never> {
  countersignStore.doubt('foreignKey')
  return err(faultOf('platform.foreignKey'))
}
