import type { HallCommand } from '#shared/domain/hall/command.ts'
import { assertNever } from '#shared/result.ts'
import { ask, forward, lookUp, onAnswer, onCommand, onHere, onWhere, settleViews } from './asking.ts'
import { beginCandidacy, onFetch, onFetched, onPrepare, onPromised, tickCandidacy, type TakeOver } from './candidacy.ts'
import { onAppend, onCommit } from './following.ts'
import type { Message } from './message.ts'
import { noEffects, others, send, type Effects, type NodeOffice, type NodeState } from './nodeState.ts'
import { pace } from './pace.ts'
import { rebuild } from './rebuild.ts'
import type { DiskRecord } from './record.ts'
import { expire, onAppended, settleServing } from './serving.ts'
import { tellHome } from './telling.ts'

/** What time it is: monotonic milliseconds that nobody sets, and the wall clock that anybody may. */
export interface Moment {
  readonly now: number
  readonly civil: number
}

/**
 * A station of the hall as a machine without disk, network or clock: questions, messages and moments go in, records,
 * messages and answers come out. The same code runs in the simulation and over real sockets. Whoever drives it calls
 * `settle` after one or more inputs, brings the records to disk, syncs, and only then sends and answers. When a sync
 * fails, the station ends: nobody knows what is on that disk.
 */
export class HallNode {
  readonly #n: NodeState

  /** Begins with what is on the disk. Throws `Contradicted` where that is no log. */
  constructor(office: NodeOffice, records: readonly DiskRecord[], moment: Moment) {
    this.#n = rebuild(office, records)
    this.#at(moment)
  }

  get state(): Readonly<NodeState> {
    return this.#n
  }

  /** Something is to be done in the hall; answered under the token. */
  ask(moment: Moment, token: number, id: string, command: HallCommand): void {
    this.#at(moment)
    ask(this.#n, token, id, command)
  }

  /** A supervisor wants this station to serve; answered under the token. */
  takeOver(moment: Moment, how: TakeOver): void {
    this.#at(moment)
    beginCandidacy(this.#n, how)
  }

  /** Answered under the token when `state` is as new as what was committed when it was asked. */
  lookUp(moment: Moment, token: number): void {
    this.#at(moment)
    lookUp(this.#n, token)
  }

  /** The connection to a station ended: it is not waited for. */
  lost(moment: Moment, station: string): void {
    this.#at(moment)
    this.#n.heard.delete(station)
  }

  tick(moment: Moment): void {
    this.#at(moment)
    const n = this.#n
    if (n.serving !== undefined) expire(n, n.serving)
    if (n.candidacy !== undefined) tickCandidacy(n, n.candidacy)
    if (n.resumeAt !== undefined && n.now >= n.resumeAt && n.candidacy === undefined) {
      n.resumeAt = undefined
      beginCandidacy(n, {})
    }
    if (n.now - n.aliveAt >= pace.alive) {
      n.aliveAt = n.now
      const alive = { type: 'alive', epoch: n.promised.epoch } as const
      for (const station of others(n)) send(n, station, alive)
    }
    tellHome(n)
  }

  /** A message of a station of the roster, known by its key. */
  receive(moment: Moment, from: string, message: Message): void {
    this.#at(moment)
    const n = this.#n
    n.heard.set(from, n.now)
    switch (message.type) {
      case 'append':
        return onAppend(n, from, message)
      case 'commit':
        return onCommit(n, from, message)
      case 'appended':
        n.highest = Math.max(n.highest, message.epoch)
        return onAppended(n, from, message)
      case 'alive':
        n.highest = Math.max(n.highest, message.epoch)
        return
      case 'prepare':
        return onPrepare(n, from, message)
      case 'promised':
        return onPromised(n, from, message)
      case 'fetch':
        return onFetch(n, from, message)
      case 'fetched':
        return onFetched(n, from, message)
      case 'command':
        return onCommand(n, from, message)
      case 'answer':
        return onAnswer(n, message)
      case 'where':
        return onWhere(n, from, message)
      case 'here':
        return onHere(n, message)
      default:
        return assertNever(message)
    }
  }

  /** What has to happen now, after what came in since the last time. */
  settle(): Effects {
    const n = this.#n
    forward(n)
    if (n.serving !== undefined) settleServing(n, n.serving)
    settleViews(n)
    const { out } = n
    n.out = noEffects()
    return out
  }

  #at({ now, civil }: Moment): void {
    this.#n.now = now
    this.#n.civil = civil
  }
}
