import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { openIsland } from './island.ts'
import { entriesAtOnce, type MessageOf } from './message.ts'
import {
  Contradicted,
  majority,
  reachableVoters,
  reply,
  send,
  takeEntries,
  type Candidacy,
  type NodeState,
} from './nodeState.ts'
import { pace } from './pace.ts'
import { isOld, promiseRecords } from './rules.ts'
import { beginServing, putAside, serve, stopServing } from './serving.ts'

/** What a supervisor asked for: `open` opens the day as well, `forced` goes on alone where there is no majority. */
export interface TakeOver {
  readonly token?: number
  readonly open?: boolean
  readonly forced?: boolean
}

/**
 * Begins a take-over. It ends as serving, as an island where it was forced, or with a fault in words. A station that
 * does not understand its whole log serves nobody: it would decide by half a hall.
 */
export function beginCandidacy(n: NodeState, { token, open = false, forced = false }: TakeOver): void {
  if (n.candidacy?.token !== undefined) reply(n, { token: n.candidacy.token }, err(faultOf('call.cancelled')))
  n.candidacy = {
    token,
    forced,
    open,
    began: n.now,
    until: n.now + (forced ? pace.forced : pace.takeOver),
    since: Math.max(n.highest, n.promised.epoch),
    epoch: undefined,
    epochAt: 0,
    retryAt: n.now,
    sentAt: 0,
    promises: new Map(),
    donor: undefined,
  }
  tickCandidacy(n, n.candidacy)
}

/** Goes on with it: asks for promises, asks again, begins a new epoch, gives up. */
export function tickCandidacy(n: NodeState, candidacy: Candidacy): void {
  if (n.now >= candidacy.until && candidacy.epoch === undefined) return giveUp(n, candidacy)
  if (candidacy.epoch === undefined) {
    // Nothing is promised before a majority is there: an attempt without one would only put the server aside.
    if (n.now < candidacy.retryAt || reachableVoters(n) < majority(n)) return
    return n.log.isUnderstood ? beginEpoch(n, candidacy) : refuse(n, candidacy, 'hall.older')
  }
  if (n.now - candidacy.epochAt >= pace.attempt) return retry(n, candidacy)
  if (n.now - candidacy.sentAt < pace.repeat) return
  candidacy.sentAt = n.now
  if (candidacy.donor !== undefined) fetchFrom(n, candidacy.donor, candidacy.epoch)
  else askPromises(n, candidacy, candidacy.epoch)
}

function giveUp(n: NodeState, candidacy: Candidacy): void {
  n.candidacy = undefined
  const { token, forced } = candidacy
  if (forced && reachableVoters(n) < majority(n)) {
    stopServing(n)
    n.server = undefined
    openIsland(n)
  } else return refuse(n, candidacy, 'hall.noMajority')
  if (token !== undefined) reply(n, { token }, ok({}))
}

function refuse(n: NodeState, { token }: Candidacy, code: 'hall.noMajority' | 'hall.older'): void {
  n.candidacy = undefined
  if (token !== undefined) reply(n, { token }, err(faultOf(code)))
}

function beginEpoch(n: NodeState, candidacy: Candidacy): void {
  const epoch = Math.max(n.highest, n.promised.epoch) + 1
  putAside(n)
  n.resumeAt = undefined
  n.server = undefined
  promise(n, epoch, n.office.me)
  candidacy.epoch = epoch
  candidacy.epochAt = n.now
  candidacy.sentAt = n.now
  candidacy.donor = undefined
  candidacy.promises = new Map()
  if (n.office.voters.includes(n.office.me))
    candidacy.promises.set(n.office.me, { lastEpoch: n.log.lastEpoch, lastSeq: n.log.last })
  askPromises(n, candidacy, epoch)
  elect(n, candidacy, epoch)
}

const askPromises = (n: NodeState, { promises }: Candidacy, epoch: number): void => {
  for (const voter of n.office.voters)
    if (voter !== n.office.me && !promises.has(voter)) send(n, voter, { type: 'prepare', epoch })
}

function promise(n: NodeState, epoch: number, to: string): void {
  n.out.records.push(...promiseRecords(epoch, to))
  n.promised = { epoch, to }
  n.highest = Math.max(n.highest, epoch)
}

/** Two candidates who wait equally long would meet for ever: each waits by its place in the roster. */
function retry(n: NodeState, candidacy: Candidacy): void {
  candidacy.epoch = undefined
  candidacy.donor = undefined
  candidacy.retryAt = n.now + 50 + 130 * n.office.stations.indexOf(n.office.me)
}

/** A voter binds itself, on disk, before it answers; from then on it refuses the server of before. */
export function onPrepare(n: NodeState, from: string, { epoch }: MessageOf<'prepare'>): void {
  const free = epoch > n.promised.epoch
  if (free && !isOld(epoch, n.promised.epoch)) {
    promise(n, epoch, from)
    putAside(n)
    if (n.server !== undefined && n.server.epoch < epoch) n.server = undefined
    if (n.candidacy?.epoch !== undefined) retry(n, n.candidacy)
  }
  send(n, from, {
    type: 'promised',
    epoch,
    granted: n.promised.epoch === epoch && n.promised.to === from,
    promised: n.promised.epoch,
    lastEpoch: n.log.lastEpoch,
    lastSeq: n.log.last,
  })
}

/** A promise came, or a refusal. */
export function onPromised(n: NodeState, from: string, message: MessageOf<'promised'>): void {
  const { epoch, granted, promised, lastEpoch, lastSeq } = message
  n.highest = Math.max(n.highest, promised)
  const { candidacy } = n
  if (candidacy?.epoch !== epoch || candidacy.donor !== undefined || !n.office.voters.includes(from)) return
  if (!granted) return retry(n, candidacy)
  candidacy.promises.set(from, { lastEpoch, lastSeq })
  elect(n, candidacy, epoch)
}

/** With a majority of promises, the longest log of those who promised has everything that was ever committed. */
function elect(n: NodeState, candidacy: Candidacy, epoch: number): void {
  if (candidacy.promises.size < majority(n)) return
  let [best, top] = [n.office.me, { lastEpoch: n.log.lastEpoch, lastSeq: n.log.last }]
  for (const [station, log] of candidacy.promises)
    if (log.lastEpoch > top.lastEpoch || (log.lastEpoch === top.lastEpoch && log.lastSeq > top.lastSeq))
      [best, top] = [station, log]
  if (best === n.office.me) return win(n, candidacy, epoch)
  candidacy.donor = { station: best, after: n.commit }
  candidacy.sentAt = n.now
  fetchFrom(n, candidacy.donor, epoch)
}

const fetchFrom = (n: NodeState, { station, after }: NonNullable<Candidacy['donor']>, epoch: number): void => {
  send(n, station, { type: 'fetch', epoch, after })
}

/** Gives the log to whom it was promised: bound to him, it changes no more. */
export function onFetch(n: NodeState, from: string, { epoch, after }: MessageOf<'fetch'>): void {
  const afterHash = n.log.hashAt(after)
  if (n.promised.epoch !== epoch || n.promised.to !== from || afterHash === undefined) return
  const entries = [...n.log.after(after, entriesAtOnce)]
  send(n, from, { type: 'fetched', epoch, after, afterHash, entries, last: n.log.last })
}

/** Takes the log of the donor over, piece by piece. */
export function onFetched(n: NodeState, from: string, message: MessageOf<'fetched'>): void {
  const { candidacy } = n
  const { epoch, after, afterHash, entries, last } = message
  const donor = candidacy?.donor
  if (candidacy?.epoch !== epoch || donor?.station !== from || donor.after !== after) return
  if (n.promised.epoch !== epoch || n.promised.to !== n.office.me) return
  if (n.log.hashAt(after) !== afterHash) throw new Contradicted(`entry ${String(after)} was committed`)
  if (!takeEntries(n, entries)) return
  donor.after = after + entries.length
  candidacy.sentAt = n.now
  if (donor.after >= last) win(n, candidacy, epoch)
  else fetchFrom(n, donor, epoch)
}

function win(n: NodeState, candidacy: Candidacy, epoch: number): void {
  // What the donor had may be of a later version; somebody else may stand now.
  if (!n.log.isUnderstood) return refuse(n, candidacy, 'hall.older')
  const { token, open } = candidacy
  n.candidacy = undefined
  const until = n.now + pace.answer
  const asker = token === undefined ? undefined : { token }
  beginServing(n, epoch, { asker: open ? undefined : asker, until })
  if (open && n.serving !== undefined)
    serve(n, n.serving, { id: `open/${String(epoch)}`, command: { type: 'open' }, asker, station: n.office.me, until })
}
