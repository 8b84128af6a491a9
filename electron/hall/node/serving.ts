import { decide } from '#shared/domain/hall/decide.ts'
import type { HallCommand } from '#shared/domain/hall/command.ts'
import { canonicalJson } from '#shared/domain/canonical.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { answerOf } from '#shared/domain/hall/applyEvent.ts'
import { sha256, type Entry } from './entry.ts'
import { entriesAtOnce, type MessageOf } from './message.ts'
import {
  applyEntry,
  commitTo,
  majority,
  others,
  reachableVoters,
  reply,
  send,
  type Asked,
  type NodeState,
  type Serving,
} from './nodeState.ts'
import { pace } from './pace.ts'

/** This station serves from now on, in an epoch that a majority promised. Its first entry says so. */
export function beginServing(n: NodeState, epoch: number, first: Omit<Asked, 'id' | 'command' | 'station'>): void {
  const tip = structuredClone(n.hall)
  for (const one of n.log.after(n.commit, Infinity)) applyEntry(tip, one)
  const serving: Serving = {
    epoch,
    tip,
    matched: new Map(),
    matchedRound: new Map(),
    next: new Map(others(n).map((station) => [station, n.log.last + 1])),
    echoed: new Map(),
    round: 0,
    sentAt: -Infinity,
    toldAt: -Infinity,
    quorumAt: n.now,
    waiting: [],
    answered: new Map(),
    inFlight: new Map(),
    dirty: true,
    toldCommit: n.commit,
  }
  n.serving = serving
  n.server = { station: n.office.me, epoch, at: n.now }
  n.resumeAt = undefined
  const seq = append(n, serving, { event: { type: 'tookOver', station: n.office.me } })
  hold(serving, seq, { ...first, id: '', command: { type: 'open' }, station: n.office.me }, ok({}))
}

/**
 * Takes a command in. It is decided when a majority has answered a question asked after it; at once, when a majority
 * answered a moment ago and something is to be written: the entry itself asks them then.
 */
export function serve(n: NodeState, serving: Serving, asked: Asked): void {
  const fresh = n.now - serving.quorumAt <= pace.fresh && reachableVoters(n) >= majority(n)
  if (fresh && serving.waiting.length === 0 && decideNow(n, serving, asked, true)) return
  serving.waiting.push({ ...asked, round: serving.round + 1 })
  serving.dirty = true
}

/** After a step: decides what may be decided, answers what is committed, tells the others. */
export function settleServing(n: NodeState, serving: Serving): void {
  const heard = quorumRound(n, serving)
  const ready = serving.waiting.filter(({ round }) => round <= heard)
  if (ready.length > 0) {
    serving.waiting = serving.waiting.filter(({ round }) => round > heard)
    for (const asked of ready) decideNow(n, serving, asked)
  }
  advance(n, serving)
  tellOthers(n, serving)
  // Alone, a station is its own majority, and nobody's answer is waited for.
  const now = quorumRound(n, serving)
  if (serving.waiting.some(({ round }) => round <= now)) settleServing(n, serving)
}

/** The newest round that a majority of voters has answered. */
function quorumRound(n: NodeState, serving: Serving): number {
  const rounds = n.office.voters.map((voter) =>
    voter === n.office.me ? serving.round : (serving.echoed.get(voter) ?? -1),
  )
  rounds.sort((a, b) => b - a)
  return rounds[majority(n) - 1] ?? -1
}

/** False, and nothing done, where only what is written may be decided, and this is not. */
function decideNow(n: NodeState, serving: Serving, asked: Asked, onlyEvents = false): boolean {
  const { id, command } = asked
  const question = questionOf(command)
  const before = serving.tip.answers.get(id)
  const said = serving.answered.get(id)
  if (before !== undefined || said !== undefined) {
    if (onlyEvents) return false
    const same = (before ?? said)?.question === question
    const result = before === undefined ? said?.result : ok(before.answer)
    hold(serving, before?.seq ?? n.log.last, asked, (same ? result : undefined) ?? err(faultOf('command.reused')))
    return true
  }
  const decided = decide(serving.tip, command, {
    ...n.office.wall(n.civil),
    station: asked.station,
    range: '',
    services: n.office.services,
    pattern: n.office.pattern,
  })
  if (decided.ok && 'event' in decided.value) {
    const { event } = decided.value
    const seq = append(n, serving, { id, question, event })
    hold(serving, seq, asked, ok(answerOf(serving.tip, event)))
    return true
  }
  if (onlyEvents) return false
  const result = !decided.ok ? decided : ok('answer' in decided.value ? decided.value.answer : {})
  serving.answered.set(id, { question, result })
  hold(serving, n.log.last, asked, result)
  return true
}

/** Told apart from another question under the same id. */
export const questionOf = (command: HallCommand): Entry['prev'] => sha256(canonicalJson(command))

const hold = (serving: Serving, seq: number, asked: Asked, result: Parameters<typeof reply>[2]): void => {
  serving.inFlight.set(seq, [...(serving.inFlight.get(seq) ?? []), { ...asked, result }])
}

function append(n: NodeState, serving: Serving, body: Pick<Entry['body'], 'id' | 'question' | 'event'>): number {
  const one: Entry = {
    epoch: serving.epoch,
    seq: n.log.last + 1,
    prev: n.log.head,
    body: { at: new Date(n.civil).toISOString(), by: n.office.me, ...body },
  }
  n.log.append(one)
  n.out.records.push({ t: 'entry', entry: one, commit: n.commit })
  applyEntry(serving.tip, one)
  serving.dirty = true
  return one.seq
}

/** Counts on how many disks the log is. What an older epoch left is committed with the first entry of this one. */
function advance(n: NodeState, serving: Serving): void {
  const reached = n.office.voters.map((voter) =>
    voter === n.office.me ? n.log.last : (serving.matched.get(voter) ?? 0),
  )
  reached.sort((a, b) => b - a)
  const seq = reached[majority(n) - 1] ?? 0
  if (seq > n.commit && n.log.at(seq)?.epoch === serving.epoch) {
    commitTo(n, seq)
  }
  for (const [at, held] of serving.inFlight)
    if (at <= n.commit) {
      serving.inFlight.delete(at)
      for (const { asker, result } of held) reply(n, asker, result)
    }
}

/**
 * Voters hear an entry at once, and that it is committed. Nobody waits for a station without a vote: it hears of an
 * entry when it is committed, in one message, so that walls and kiosks cost a call nothing.
 */
function tellOthers(n: NodeState, serving: Serving): void {
  const due = n.now - serving.sentAt >= pace.heartbeat
  const committed = n.commit > serving.toldCommit
  serving.toldCommit = n.commit
  const { voters } = n.office
  const votes = (station: string): boolean => voters.includes(station)
  if (serving.dirty || due) {
    serving.round += 1
    serving.sentAt = n.now
    serving.dirty = false
    tellEach(n, serving, others(n).filter(votes))
  } else if (committed) {
    const hash = n.log.hashAt(n.commit)
    if (hash === undefined) return
    const message = { type: 'commit', epoch: serving.epoch, seq: n.commit, hash } as const
    for (const station of others(n).filter(votes)) send(n, station, message)
  }
  if (committed || n.now - serving.toldAt >= pace.heartbeat) {
    serving.toldAt = n.now
    tellEach(
      n,
      serving,
      others(n).filter((station) => !votes(station)),
    )
  }
}

/** One message for all who are equally far: it is written once, however many hear it. */
function tellEach(n: NodeState, serving: Serving, stations: readonly string[]): void {
  const appends = new Map<number, MessageOf<'append'> | undefined>()
  for (const station of stations) {
    const after = (serving.next.get(station) ?? 1) - 1
    if (!appends.has(after)) appends.set(after, appendAfter(n, serving, after))
    const message = appends.get(after)
    if (message === undefined) continue
    // What is on its way is not sent again, unless it is refused.
    serving.next.set(station, after + message.entries.length + 1)
    send(n, station, message)
  }
}

function appendAfter(n: NodeState, serving: Serving, after: number): MessageOf<'append'> | undefined {
  const afterHash = n.log.hashAt(after)
  if (afterHash === undefined) return undefined
  const entries = [...n.log.after(after, entriesAtOnce)]
  return {
    type: 'append',
    epoch: serving.epoch,
    after,
    afterHash,
    entries,
    commit: n.commit,
    round: serving.round,
  }
}

/** What a station has on its disk, as it says. */
export function onAppended(
  n: NodeState,
  from: string,
  { epoch, ok: agrees, last, round }: MessageOf<'appended'>,
): void {
  const { serving } = n
  if (serving === undefined) return
  if (epoch > serving.epoch) return putAside(n)
  if (epoch < serving.epoch) return
  const before = quorumRound(n, serving)
  serving.echoed.set(from, Math.max(serving.echoed.get(from) ?? 0, round))
  if (quorumRound(n, serving) > before) serving.quorumAt = n.now
  const known = serving.matched.get(from) ?? 0
  if (agrees) {
    serving.matched.set(from, Math.max(known, last))
    if (last >= known) serving.matchedRound.set(from, round)
    serving.next.set(from, Math.max(serving.next.get(from) ?? 1, last + 1))
    if ((serving.next.get(from) ?? 1) <= n.log.last) tellEach(n, serving, [from])
    return
  }
  if (last < known && round > (serving.matchedRound.get(from) ?? 0)) doubt(n, serving, from, last)
  serving.next.set(from, last + 1)
  tellEach(n, serving, [from])
}

/** It had said that more was on its disk: its disk lied, or somebody put an old copy there. */
function doubt(n: NodeState, serving: Serving, station: string, last: number): void {
  serving.matched.set(station, last)
  if (!serving.tip.doubts.has(station)) append(n, serving, { event: { type: 'doubted', station } })
}

/** What was not decided in time did not happen; what was sent out and not confirmed may have. */
export function expire(n: NodeState, serving: Serving): void {
  const late = serving.waiting.filter(({ until }) => until <= n.now)
  if (late.length > 0) {
    serving.waiting = serving.waiting.filter(({ until }) => until > n.now)
    for (const { id, command, asker, sentIn } of late) {
      const result = err(unheard((sentIn?.size ?? 0) > 0))
      serving.answered.set(id, { question: questionOf(command), result })
      reply(n, asker, result)
    }
  }
  for (const [seq, held] of serving.inFlight) {
    const [gone, left] = [held.filter(({ until }) => until <= n.now), held.filter(({ until }) => until > n.now)]
    if (gone.length === 0) continue
    if (left.length === 0) serving.inFlight.delete(seq)
    else serving.inFlight.set(seq, left)
    for (const { asker, result } of gone) reply(n, asker, err(unheard(result.ok)))
  }
}

const unheard = (changes: boolean): Fault => faultOf(changes ? 'hall.unanswered' : 'hall.noMajority')

/** Whether a majority was heard a moment ago: without one, nobody is served. */
export const isInTouch = (n: NodeState, serving: Serving): boolean =>
  majority(n) === 1 || n.now - serving.quorumAt <= pace.reachable

/** A take-over is under way. Should nothing come of it, this station tries to go on. */
export function putAside(n: NodeState): void {
  if (n.serving === undefined) return
  stopServing(n)
  n.server = undefined
  n.resumeAt = n.now + pace.resume
}

/**
 * Somebody else serves, or may. Whoever waits at this station is asked for again, under the same id, at the next one:
 * the state is asked before anything is repeated.
 */
export function stopServing(n: NodeState): void {
  const { serving } = n
  if (serving === undefined) return
  n.serving = undefined
  for (const one of serving.waiting) askElsewhere(n, one, one.sentIn ?? new Set())
  for (const held of serving.inFlight.values())
    for (const one of held) askElsewhere(n, one, new Set([...(one.sentIn ?? []), serving.epoch]))
}

function askElsewhere(n: NodeState, { id, command, asker, station, until }: Asked, sentIn: Set<number>): void {
  if (asker === undefined || !('token' in asker)) return
  if (id === '') reply(n, asker, err(faultOf('hall.tookOver')))
  else n.forwarded.set(id, { id, command, asker, station, until, sentAt: -Infinity, sentIn })
}
