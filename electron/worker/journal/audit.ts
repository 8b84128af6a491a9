import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { JournalEntry, JournalVerdict } from '#shared/contract/features/journal/calls.ts'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import { closingFacts } from '#shared/domain/closing/closing.ts'
import { letterDraft } from '#shared/domain/mail/letter.ts'
import { letterContent } from '#shared/domain/mail/letterContent.ts'
import type { CounterId } from '#shared/ids.ts'
import { counterPublicKeys } from '../keys/counterKey.ts'
import { closingRows } from '../core/rows/closings.ts'
import { additionDigests, archiveDigests, letterDigests, mailClosingRows } from '../core/rows/mailClosings.ts'
import type { ReadHandle } from '../store/handle.ts'
import { headRows } from '../outbox/rows/heads.ts'
import { pinnedKeys } from '../outbox/rows/platformTrust.ts'
import { journalHashAt, journalHead, linksFrom, type JournalRow } from './rows/journalRows.ts'
import { parsed } from '../store/json.ts'
import { loggedActs } from '../outbox/rows/outboxRows.ts'
import { currentSeries } from '../store/quarantine.ts'
import { anchorKind, brokenAnchor } from './anchor.ts'
import { readStatement } from './headStatement.ts'
import { genesis } from './link.ts'
import { leafHash, rootOf } from './merkle.ts'
import { verifyJournal } from './verify.ts'

/** Links between two steps: some ten milliseconds of work. */
const stepLength = 1_000

type Broken = NonNullable<JournalVerdict['broken']>

/**
 * Walks the whole journal and everything that holds it from outside: chain, anchors of the counter, heads of the
 * platform, closings,
 * and the platform's log over the acts that this register knows as applied. It yields after each step how far it came,
 * so that
 * whoever runs it can let other work through; it stops at the first thing that does not hold.
 */
export function* auditJournal(
  db: ReadHandle,
  counter: CounterId,
): Generator<{ readonly done: number; readonly total: number }, JournalVerdict> {
  const keys = counterPublicKeys(db, counter)
  const total = journalHead(db)?.seq ?? 0
  let [at, anchors] = [{ seq: 1, prev: genesis }, 0]
  let last: JournalRow | undefined
  const verdict = (broken?: Broken, more: Partial<JournalVerdict> = {}): JournalVerdict => ({
    links: at.seq - 1,
    head: at.prev,
    anchors,
    heads: 0,
    closings: 0,
    logged: 0,
    ...more,
    ...(broken === undefined ? {} : { broken }),
  })

  for (;;) {
    const links = linksFrom(db, at.seq, stepLength)
    if (links.length === 0) break
    const verified = verifyJournal(counter, links, at)
    if (!verified.ok) return verdict(chainBreak(verified.fault, links))
    const untrue = brokenAnchor(counter, last === undefined ? links : [last, ...links], keys)
    // The link before was looked at with its own step.
    if (untrue !== undefined && untrue !== last?.seq)
      return verdict({ what: 'anchor', seq: untrue, ...entryAt(links, untrue) })
    anchors += links.filter((link) => link.kind === anchorKind).length
    last = links.at(-1)
    at = { seq: verified.value.links + 1, prev: verified.value.head }
    yield { done: at.seq - 1, total }
  }
  const heads = brokenHead(db, counter)
  if (heads.broken !== undefined) return verdict(heads.broken)
  const closings = brokenClosing(db)
  if (closings.broken !== undefined) return verdict(closings.broken, { heads: heads.count })
  const registers = brokenRegister(db)
  const closed = closings.count + registers.count
  if (registers.broken !== undefined) return verdict(registers.broken, { heads: heads.count, closings: closed })
  const log = brokenLog(db, counter)
  return verdict(log.broken, { heads: heads.count, closings: closed, logged: log.count })
}

/** One link as it is shown. */
export const entryOf = ({ body, ...link }: JournalRow): JournalEntry => ({
  ...link,
  body: parsed(z.record(z.string(), z.json()), body),
})

const entryAt = (links: readonly JournalRow[], seq: number): { entry?: JournalEntry } => {
  const found = links.find((link) => link.seq === seq)
  try {
    return found === undefined ? {} : { entry: entryOf(found) }
  } catch {
    // A changed body may be no JSON any more.
    return {}
  }
}

const reasons: readonly (readonly [string, Broken['what']])[] = [
  ['missing', 'missing'],
  ['out of its place', 'place'],
  ['does not follow', 'previous'],
  ['changed', 'changed'],
]
const chainBreak = (
  { detail = '', values }: { readonly detail?: string; readonly values?: Readonly<Record<string, string | number>> },
  links: readonly JournalRow[],
): Broken => {
  const seq = Number(values?.['seq'] ?? 0)
  return { what: reasons.find(([text]) => detail.includes(text))?.[1] ?? 'changed', seq, ...entryAt(links, seq) }
}

/**
 * Heads of a series that was closed may speak of links that were lost with it: the closing says so, and only their
 * signatures count.
 */
function brokenHead(db: ReadHandle, counter: CounterId): { readonly count: number; readonly broken?: Broken } {
  const [keys, series, newest] = [pinnedKeys(db), currentSeries(db), journalHead(db)?.seq ?? 0]
  let count = 0
  for (const row of headRows(db)) {
    const stated = readStatement(row.statement, keys)
    const same =
      typeof stated === 'object' &&
      stated.counter === counter &&
      stated.series === row.series &&
      stated.seq === row.seq &&
      stated.hash === row.hash
    if (!same) return { count, broken: { what: 'headSignature', seq: row.seq } }
    if (row.series === series && row.seq > newest) return { count, broken: { what: 'headAhead', seq: row.seq } }
    if (row.series === series && journalHashAt(db, row.seq) !== row.hash)
      return { count, broken: { what: 'headDiffers', seq: row.seq } }
    count += 1
  }
  return { count }
}

/** Each closing has the hash of what it states, names the one before it, and stands in the journal under its anchor. */
function brokenClosing(db: ReadHandle): { readonly count: number; readonly broken?: Broken } {
  let [previous, count] = [genesis, 0]
  for (const row of closingRows(db)) {
    const facts = closingFacts.safeParse(JSON.parse(row.facts))
    const holds =
      facts.success &&
      facts.data.previous === previous &&
      row.position === count + 1 &&
      createHash('sha256').update(canonicalJson(facts.data)).digest('hex') === row.hash &&
      row.anchor.seq === row.journalSeq &&
      journalHashAt(db, row.journalSeq) === row.anchor.hash
    if (!holds) return { count, broken: { what: 'closing', seq: row.journalSeq } }
    previous = row.hash
    count += 1
  }
  return { count }
}

/**
 * Each line of the mail registers and each scan added to one is what its link states, and each closing of them has the hash of what it states, names
 * the one before it and stands in the journal.
 */
function brokenRegister(db: ReadHandle): { readonly count: number; readonly broken?: Broken } {
  for (const { journalSeq, number, registeredAt, body, files, content, stated } of letterDigests(db)) {
    const letter = letterDraft.safeParse(JSON.parse(body))
    const names = z.array(z.string()).parse(JSON.parse(files))
    const holds =
      letter.success &&
      stated === content &&
      digestOf(letterContent({ number, registeredAt, letter: letter.data, files: names })) === content
    if (!holds) return { count: 0, broken: { what: 'changed', seq: journalSeq } }
  }
  for (const { journalSeq, sha256, stated } of additionDigests(db))
    if (stated !== sha256) return { count: 0, broken: { what: 'changed', seq: journalSeq } }
  for (const { journalSeq, lines, digest, stated, destroyed, gone, wrong } of archiveDigests(db)) {
    const own = digestOf(z.json().parse(JSON.parse(lines)))
    if (own !== digest || stated !== digest || wrong > 0 || (gone > 0 && destroyed !== digest))
      return { count: 0, broken: { what: 'changed', seq: journalSeq } }
  }
  let [previous, count] = ['', 0]
  for (const row of mailClosingRows(db)) {
    const facts = z.looseObject({ previous: z.string() }).safeParse(JSON.parse(row.facts))
    const holds =
      facts.data?.previous === previous &&
      row.position === count + 1 &&
      createHash('sha256').update(row.facts).digest('hex') === row.hash &&
      statedAt(db, row.journalSeq) === row.hash
    if (!holds) return { count, broken: { what: 'closing', seq: row.journalSeq } }
    previous = row.hash
    count += 1
  }
  return { count }
}
const digestOf = (json: Json): string => createHash('sha256').update(canonicalJson(json)).digest('hex')
const statedAt = (db: ReadHandle, seq: number): unknown => {
  const link = linksFrom(db, seq, 1)[0]
  return link === undefined
    ? undefined
    : z.looseObject({ hash: z.string() }).safeParse(JSON.parse(link.body)).data?.hash
}

/**
 * The platform's log, recomputed from the acts that this register knows as applied: as many of them as the newest head
 * speaks of.
 */
function brokenLog(db: ReadHandle, counter: CounterId): { readonly count: number; readonly broken?: Broken } {
  let newest: { size: number; root: string; seq: number } | undefined
  for (const row of headRows(db)) newest = { size: row.logSize, root: row.logRoot, seq: row.seq }
  if (newest === undefined || newest.size === 0) return { count: 0 }
  const acts = loggedActs(db, newest.size)
  // Acts that were lost here are known by their place alone: their part of the log cannot be recomputed.
  if (acts === undefined) return { count: 0 }
  const { size, root } = rootOf(leavesOf(acts, counter))
  return size === newest.size && root === newest.root
    ? { count: size }
    : { count: size, broken: { what: 'log', seq: newest.seq } }
}

function* leavesOf(
  acts: Iterable<{ readonly seq: number; readonly id: string; readonly sha256: string }>,
  counter: CounterId,
): Generator<Buffer> {
  for (const act of acts) yield leafHash({ counterid: counter, ...act })
}
