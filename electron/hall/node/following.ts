import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import type { MessageOf } from './message.ts'
import { Contradicted, commitTo, reply, send, takeEntries, type NodeState } from './nodeState.ts'
import { isOld, promiseRecords } from './rules.ts'
import { stopServing } from './serving.ts'

/** What comes from who serves. It is answered when it is on disk; what is of an older epoch is refused. */
export function onAppend(n: NodeState, from: string, message: MessageOf<'append'>): void {
  const { epoch, after, afterHash, entries, commit, round } = message
  if (isOld(epoch, n.promised.epoch)) {
    send(n, from, { type: 'appended', epoch: n.promised.epoch, ok: false, last: n.log.last, round })
    return
  }
  follow(n, from, epoch)
  const mine = n.log.hashAt(after)
  const agrees = mine === afterHash && takeEntries(n, entries)
  if (!agrees) {
    // Beyond the end, from the end on; where both differ, from where a majority had it.
    const last = mine === undefined ? n.log.last : n.commit
    if (mine !== undefined && mine !== afterHash && after <= n.commit)
      throw new Contradicted(`entry ${String(after)} was committed`)
    send(n, from, { type: 'appended', epoch, ok: false, last, round })
    return
  }
  const last = after + entries.length
  commitTo(n, Math.min(commit, last))
  send(n, from, { type: 'appended', epoch, ok: true, last, round })
}

/** A majority has what is here too: nothing is answered. */
export function onCommit(n: NodeState, from: string, { epoch, seq, hash }: MessageOf<'commit'>): void {
  if (isOld(epoch, n.promised.epoch) || n.server?.epoch !== epoch || n.server.station !== from) return
  n.server.at = n.now
  if (n.log.hashAt(seq) === hash) commitTo(n, seq)
}

/** Whoever sends entries of this epoch has a majority for it: an epoch has one server. */
function follow(n: NodeState, from: string, epoch: number): void {
  if (epoch > n.promised.epoch) {
    n.out.records.push(...promiseRecords(epoch, from))
    n.promised = { epoch, to: from }
  }
  n.highest = Math.max(n.highest, epoch)
  if (n.serving !== undefined) stopServing(n)
  n.resumeAt = undefined
  const { candidacy } = n
  if (candidacy !== undefined && epoch > candidacy.since) {
    n.candidacy = undefined
    if (candidacy.token !== undefined)
      reply(n, { token: candidacy.token }, err(faultOf('hall.tookOver', from, { station: from })))
  }
  n.server = { station: from, epoch, at: n.now }
}
