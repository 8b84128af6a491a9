import type { Json } from '#shared/domain/canonical.ts'
import { faultOf } from '#shared/fault.ts'
import type { CounterId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { JournalRow } from './rows/journalRows.ts'
import { genesis, linkHash } from './link.ts'
import { createOpeningCheck } from './openings.ts'

/**
 * A chain that holds: how many links, and the hash of the newest, to be compared with what the platform or paper says.
 */
export interface Verified {
  readonly links: number
  readonly head: string
}

/** A walk along the chain that can rest between links. */
export interface ChainWalk {
  /** The next link. Fault: journal.broken, with the number of the link (`values.seq`) and what is wrong with it. */
  step(link: JournalRow): Result<void>
  /** What holds so far. */
  verified(): Verified
}

/** @param from where the chain is taken up: the number and the `prev` of its first link */
export function verifyChain(counter: CounterId, from = { seq: 1, prev: genesis }): ChainWalk {
  let expected = from
  const mayStand = createOpeningCheck(counter)
  return {
    step: (link) => {
      const wrong = whatIsWrong(counter, link, expected, mayStand)
      if (wrong !== undefined)
        return err(faultOf('journal.broken', `link ${String(wrong.seq)}: ${wrong.what}`, { seq: wrong.seq }))
      expected = { seq: link.seq + 1, prev: link.hash }
      return ok(undefined)
    },
    verified: () => ({ links: expected.seq - 1, head: expected.prev }),
  }
}

/**
 * Walks the whole chain and stops at the first link that is missing, out of its place, or not what was written.
 * Fault: journal.broken, with the number of that link (`values.seq`) and what is wrong with it. A tail cut off leaves a
 * shorter chain that holds: only a head known elsewhere shows that.
 * @param from where the chain is taken up: the number and the `prev` of its first link
 */
export function verifyJournal(
  counter: CounterId,
  links: Iterable<JournalRow>,
  from?: { readonly seq: number; readonly prev: string },
): Result<Verified> {
  const walk = verifyChain(counter, from)
  for (const link of links) {
    const stepped = walk.step(link)
    if (!stepped.ok) return stepped
  }
  return ok(walk.verified())
}

/** The same for the newest links alone, quick enough for every start. */
export function verifyTail(counter: CounterId, newest: readonly JournalRow[]): Result<Verified> {
  const [first] = newest
  return verifyJournal(
    counter,
    newest,
    first === undefined || first.seq === 1 ? undefined : { seq: first.seq, prev: first.prev },
  )
}

const whatIsWrong = (
  counter: CounterId,
  link: JournalRow,
  expected: { seq: number; prev: string },
  mayStand: ReturnType<typeof createOpeningCheck>,
): { seq: number; what: string } | undefined => {
  if (link.seq !== expected.seq)
    return { seq: expected.seq, what: link.seq > expected.seq ? 'missing' : 'out of its place' }
  if (link.prev !== expected.prev) return { seq: link.seq, what: 'does not follow the link before it' }
  const { body, hash, ...rest } = link
  const parsed = parsedBody(body)
  if (parsed === undefined || linkHash({ counter, ...rest, body: parsed }) !== hash)
    return { seq: link.seq, what: 'changed' }
  return mayStand(link, parsed) ? undefined : { seq: link.seq, what: 'a session that its person did not open' }
}

const parsedBody = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json // JSON.parse yields JSON values and nothing else
  } catch {
    return undefined
  }
}
