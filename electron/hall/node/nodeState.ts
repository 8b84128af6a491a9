import type { HallAnswer, HallCommand } from '#shared/domain/hall/command.ts'
import type { IslandEvent } from '#shared/domain/hall/event.ts'
import { applyEvent } from '#shared/domain/hall/applyEvent.ts'
import { emptyHall, type Hall } from '#shared/domain/hall/hallState.ts'
import type { AppointmentPattern } from '#shared/domain/hall/slots.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { Result } from '#shared/result.ts'
import { eventOf, hashOf, type Entry } from './entry.ts'
import { HallLog } from './hallLog.ts'
import type { Message } from './message.ts'
import { pace } from './pace.ts'
import type { DiskRecord } from './record.ts'
import { majorityOf } from './rules.ts'

/** What a node knows of its office. */
export interface NodeOffice {
  readonly me: string
  readonly stations: readonly string[]
  readonly voters: readonly string[]
  readonly services: readonly string[]
  readonly pattern: AppointmentPattern
  /** Hash of the roster: logs of different offices share nothing. */
  readonly genesis: Sha256
  /** Civil day and time of the office at an instant (milliseconds). */
  readonly wall: (civil: number) => { readonly day: string; readonly time: string }
}

/** Whoever waits for an answer: someone at this station, another station, or nobody. */
export type Asker = { readonly token: number } | { readonly peer: string; readonly id: string } | undefined
/** What a person at this station waits for. */
export type Reply = { readonly token: number; readonly result: Result<HallAnswer> }

/** What has to happen after a step: first the records to disk and synced, only then the rest. */
export interface Effects {
  readonly records: DiskRecord[]
  readonly sends: { readonly to: string; readonly message: Message }[]
  readonly replies: Reply[]
}

export interface Asked {
  readonly id: string
  readonly command: HallCommand
  readonly asker: Asker
  readonly station: string
  readonly until: number
  /** Epochs in which it was brought to a server: one of them may have it, whatever the next one says. */
  readonly sentIn?: Set<number>
}

export interface Serving {
  readonly epoch: number
  /** The hall with what is not committed yet: what decisions are made on. */
  readonly tip: Hall
  readonly matched: Map<string, number>
  readonly matchedRound: Map<string, number>
  readonly next: Map<string, number>
  readonly echoed: Map<string, number>
  round: number
  sentAt: number
  /** When those without a vote were last told anything. */
  toldAt: number
  /** When a majority was last heard. */
  quorumAt: number
  /** Commands that wait until a majority has answered a question that was asked after them. */
  waiting: (Asked & { readonly round: number })[]
  /** Answers that wait until their entry is committed. */
  /** What was answered in this epoch, by command: a copy of one that changed nothing gets the same answer. */
  readonly answered: Map<string, { readonly question: string; readonly result: Result<HallAnswer> }>
  readonly inFlight: Map<number, (Asked & { readonly result: Result<HallAnswer> })[]>
  /** Something has to be said to the others, and how far they were told that the log is committed. */
  dirty: boolean
  toldCommit: number
}

export interface Candidacy {
  readonly token: number | undefined
  readonly forced: boolean
  readonly open: boolean
  readonly began: number
  readonly until: number
  /** The highest epoch known when it began: a server above it was faster. */
  readonly since: number
  epoch: number | undefined
  epochAt: number
  retryAt: number
  sentAt: number
  promises: Map<string, { readonly lastEpoch: number; readonly lastSeq: number }>
  donor: { readonly station: string; after: number } | undefined
}

export interface Island {
  readonly n: number
  readonly day: string
  readonly events: IslandEvent[]
  readonly hall: Hall
  joining: boolean
}

/** Everything a station knows. What is not in its records is lost when it crashes, and may be. */
export interface NodeState {
  readonly office: NodeOffice
  promised: { epoch: number; to: string }
  readonly log: HallLog
  commit: number
  readonly hall: Hall
  /** Monotonic milliseconds, and the wall clock. */
  now: number
  civil: number
  readonly heard: Map<string, number>
  highest: number
  server: { station: string; epoch: number; at: number } | undefined
  serving: Serving | undefined
  candidacy: Candidacy | undefined
  readonly islands: Island[]
  readonly forwarded: Map<string, Asked & { sentAt: number; sentIn: Set<number> }>
  /** Commands of this station that were sent, and whose end it does not know. */
  readonly unsure: Set<string>
  readonly barriers: Map<string, { readonly token: number; readonly until: number; commit: number | undefined }>
  /** What was on this disk and never had a majority. */
  readonly orphans: Entry[]
  readonly told: Map<string, number>
  aliveAt: number
  resumeAt: number | undefined
  out: Effects
}

/** Nothing to do. */
export const noEffects = (): Effects => ({ records: [], sends: [], replies: [] })

/** A station with nothing in its log. */
export const blankState = (office: NodeOffice): NodeState => ({
  office,
  promised: { epoch: 0, to: '' },
  log: new HallLog(office.genesis),
  commit: 0,
  hall: emptyHall(),
  now: 0,
  civil: 0,
  heard: new Map(),
  highest: 0,
  server: undefined,
  serving: undefined,
  candidacy: undefined,
  islands: [],
  forwarded: new Map(),
  unsure: new Set(),
  barriers: new Map(),
  orphans: [],
  told: new Map(),
  aliveAt: -Infinity,
  resumeAt: undefined,
  out: noEffects(),
})

/** Every station but this one. */
export const others = (n: NodeState): readonly string[] =>
  n.office.stations.filter((station) => station !== n.office.me)

/** How many voters make a majority in this office. */
export const majority = (n: NodeState): number => majorityOf(n.office.voters.length)

/** Whether a station was heard a moment ago. */
export const isReachable = (n: NodeState, station: string): boolean =>
  station === n.office.me || n.now - (n.heard.get(station) ?? -Infinity) <= pace.reachable

/** How many voters were heard a moment ago, this station among them. */
export const reachableVoters = (n: NodeState): number =>
  n.office.voters.filter((station) => isReachable(n, station)).length

/** To be sent when the records of this step are on disk. */
export const send = (n: NodeState, to: string, message: Message): void => {
  n.out.sends.push({ to, message })
}

/**
 * Whether a message may leave while this station still syncs: entries do, since whoever serves counts its own disk only
 * when it looks at the answers, after the sync. Not where its disk alone is the majority: then they say that they count.
 */
export const mayGoFirst = ({ voters }: NodeOffice, { type }: Message): boolean => type === 'append' && voters.length > 1

/** Answers whoever asked; a station that is gone asks again by itself. */
export function reply(n: NodeState, asker: Asker, result: Result<HallAnswer>): void {
  if (asker === undefined) return
  if ('token' in asker) n.out.replies.push({ token: asker.token, result })
  else send(n, asker.peer, { type: 'answer', id: asker.id, result })
}

/** Applies what a majority has, up to a sequence number. */
export function commitTo(n: NodeState, seq: number): void {
  for (let next = n.commit + 1; next <= seq; next += 1) {
    const one = n.log.at(next)
    if (one === undefined) return
    applyEntry(n.hall, one)
    n.commit = next
  }
}

/** Applies one entry to a hall; what a later version wrote is counted only. */
export const applyEntry = (hall: Hall, one: Entry): void => {
  const { seq, body } = one
  const event = eventOf(one)
  if (event === undefined) {
    hall.later += 1
    return
  }
  applyEvent(
    hall,
    {
      seq,
      at: body.at,
      ...(body.id === undefined ? {} : { id: body.id }),
      ...(body.question === undefined ? {} : { question: body.question }),
    },
    event,
  )
}

/** Two of one history cannot differ where a majority had it: a disk lied, or the rules were broken. */
export class Contradicted extends Error {}

/**
 * Takes entries in that follow a place where both logs agree. What contradicts them was never committed: it is cut off
 * and kept as orphans. False when they do not follow each other.
 */
export function takeEntries(n: NodeState, entries: readonly Entry[]): boolean {
  for (const one of entries) {
    const mine = n.log.hashAt(one.seq)
    if (mine === hashOf(one)) continue
    if (n.log.hashAt(one.seq - 1) !== one.prev) return false
    if (mine !== undefined) cut(n, one.seq - 1)
    n.log.append(one)
    n.out.records.push({ t: 'entry', entry: one, commit: n.commit })
  }
  return true
}

function cut(n: NodeState, after: number): void {
  if (after < n.commit) throw new Contradicted(`entry ${String(after + 1)} was committed`)
  n.out.records.push({ t: 'cut', after })
  n.orphans.push(...n.log.cutAfter(after))
}
