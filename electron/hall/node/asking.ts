import { hallCommand, type HallCommand } from '#shared/domain/hall/command.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { islandNow, serveIsland } from './island.ts'
import type { MessageOf } from './message.ts'
import { isReachable, majority, reachableVoters, reply, send, type Asked, type NodeState } from './nodeState.ts'
import { pace } from './pace.ts'
import { serve } from './serving.ts'

/** A person at this station wants something done. The answer comes as a reply under the token. */
export function ask(n: NodeState, token: number, id: string, command: HallCommand): void {
  const asked: Asked = { id, command, asker: { token }, station: n.office.me, until: n.now + pace.answer }
  const island = islandNow(n)
  if (n.serving !== undefined) serve(n, n.serving, asked)
  else if (island !== undefined) serveIsland(n, island, asked)
  else {
    n.forwarded.set(id, { ...asked, sentAt: -Infinity, sentIn: new Set() })
    forward(n)
  }
}

/** Brings what is waited for here to who serves, and again after a while: the same id is never done twice. */
export function forward(n: NodeState): void {
  const { server } = n
  for (const one of n.forwarded.values()) {
    if (n.serving !== undefined) {
      n.forwarded.delete(one.id)
      serve(n, n.serving, one)
    } else if (one.until <= n.now) {
      n.forwarded.delete(one.id)
      if (one.sentIn.size > 0) n.unsure.add(one.id)
      reply(n, one.asker, err(whyNot(n, one.sentIn.size > 0)))
    } else if (server !== undefined && isReachable(n, server.station)) {
      if (one.sentIn.has(server.epoch) && n.now - one.sentAt < pace.repeat) continue
      one.sentIn.add(server.epoch)
      one.sentAt = n.now
      send(n, server.station, { type: 'command', epoch: server.epoch, id: one.id, command: one.command })
    }
  }
}

const whyNot = (n: NodeState, sent: boolean) => {
  if (sent) return faultOf('hall.unanswered')
  return faultOf(reachableVoters(n) < majority(n) ? 'hall.noMajority' : 'hall.noServer')
}

/** Another station brings what is wanted there. What stations say by themselves, each says of itself only. */
export function onCommand(n: NodeState, from: string, { epoch, id, command }: MessageOf<'command'>): void {
  if (n.serving?.epoch !== epoch) return
  const asked = hallCommand.safeParse(command).data
  if (asked === undefined) return reply(n, { peer: from, id }, err(faultOf('hall.older', n.office.me)))
  if (asked.type === 'tell') {
    const { event } = asked
    if ((event.type !== 'joined' && event.type !== 'tail') || event.station !== from) return
  }
  serve(n, n.serving, { id, command: asked, asker: { peer: from, id }, station: from, until: n.now + pace.answer })
}

/** The answer of who serves. */
export function onAnswer(n: NodeState, { id, result }: MessageOf<'answer'>): void {
  const one = n.forwarded.get(id)
  if (one === undefined) return
  n.forwarded.delete(id)
  // Nothing happened in that epoch; what an older one has of it is not known yet.
  if (!result.ok && result.fault.code === 'hall.noMajority' && one.sentIn.size > 1)
    return reply(n, one.asker, err(faultOf('hall.unanswered')))
  reply(
    n,
    one.asker,
    result.ok ? ok(plain(result.value)) : err(faultOf(result.fault.code, result.fault.detail, result.fault.values)),
  )
}

/** Without members that are there and say nothing. */
const plain = ({ ticket, appointment, day }: Extract<MessageOf<'answer'>['result'], { ok: true }>['value']) => ({
  ...(ticket === undefined ? {} : { ticket }),
  ...(appointment === undefined ? {} : { appointment }),
  ...(day === undefined ? {} : { day }),
})

/** How long a view waits for what was committed elsewhere. */
const viewWait = 800

/** Answers under the token as soon as this station knows all that was committed when it was asked, or cannot ask. */
export function lookUp(n: NodeState, token: number): void {
  const { server } = n
  if (n.serving !== undefined || server === undefined || !isReachable(n, server.station))
    return reply(n, { token }, ok({}))
  n.barriers.set(String(token), { token, until: n.now + viewWait, commit: undefined })
  send(n, server.station, { type: 'where', id: String(token) })
}

/** Says how far the log is committed here, to who asks before a view; silent where nobody serves. */
export function onWhere(n: NodeState, from: string, { id }: MessageOf<'where'>): void {
  if (n.serving !== undefined) send(n, from, { type: 'here', id, commit: n.commit })
}

/** The answer: the view waits until this station is as far. */
export function onHere(n: NodeState, { id, commit }: MessageOf<'here'>): void {
  const barrier = n.barriers.get(id)
  if (barrier !== undefined) n.barriers.set(id, { ...barrier, commit })
}

/** Views whose moment has come. */
export function settleViews(n: NodeState): void {
  for (const [id, { token, until, commit }] of n.barriers)
    if (until <= n.now || (commit !== undefined && n.commit >= commit)) {
      n.barriers.delete(id)
      reply(n, { token }, ok({}))
    }
}
