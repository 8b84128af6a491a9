import { v4 } from 'uuid'
import { allows } from '#shared/domain/roles.ts'
import { counterNamed } from '#shared/domain/hall/ticket.ts'
import { rest } from '../../core/background.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'
import { bringPromises } from './bringPromises.ts'
import { boardNow, counterNameOf, hallNow } from './hallNow.ts'
import { watchFiles } from './ticketFile.ts'
import { watchKioskCard } from './watchKioskCard.ts'
import { watchTicketPrinter } from './watchTicketPrinter.ts'

/** So long the end of the program waits for the hall, in milliseconds: the register has to be closed in time. */
const goodbyeMs = 2_000

/**
 * Tells every window the hall as far as it may know it, and signs the counter off when its agent is gone: signed out,
 * his account ended, the program closed, or ended before in a way that let nobody say so. A screen that is only locked
 * changes nothing: what is at the counter stays, and so does who sits there. Who was called is not ended by it: a
 * supervisor sees him at a counter without an agent.
 */
export function watchHall(answering: HandlerContext): void {
  const { parts, context, sessions, background } = answering
  const { hall } = parts
  if (hall === undefined) return
  const tell = (): void => {
    const [view, board] = [hallNow(answering), boardNow(answering)]
    for (const session of sessions.all()) {
      if (allows(session.current()?.view.roles ?? [], 'useHall')) session.tell('hall', view)
      session.tell('board', board)
    }
  }
  watchTicketPrinter(answering, tell)
  bringPromises(answering)
  const counter = counterNameOf(context.counter)
  const agentHere = (): string | undefined => hall.facts()?.hall.counters.find((one) => one.counter === counter)?.agent
  const signOff = () =>
    hall.ask({ call: 'command', id: v4(), command: { type: 'signOff', counter: counterNamed(counter) } })
  const signOffWhoLeft = (): void => {
    const agent = agentHere()
    if (agent === undefined || sessions.all().some((session) => session.current()?.view.name === agent)) return
    // Where the hall does not hear it, the next sign-on at this counter says it.
    background.settle(
      'hall',
      signOff().then(() => undefined),
    )
  }
  let begun = false
  /** Nobody is signed in when the program starts: who is here then was here when it ended without a word. */
  const begin = (): void => {
    const view = hall.facts()?.hall
    const hears = view?.role === 'serving' || (view?.role === 'member' && view.serving !== undefined)
    if (begun || !hears) return
    begun = true
    signOffWhoLeft()
  }
  const offs = [
    watchKioskCard(answering),
    watchFiles(answering),
    hall.onChange(() => {
      background.safely('hall', tell)
      background.safely('hall', begin)
    }),
    sessions.onChange((session, why) => {
      if (session.door === 'clerk' && (why === undefined || why === 'account'))
        background.safely('hall', signOffWhoLeft)
    }),
  ]
  background.start('hall', async ({ signal }) => {
    begin()
    await rest(Infinity, signal)
    for (const off of offs) off()
    if (agentHere() !== undefined) await Promise.race([signOff(), rest(goodbyeMs)])
  })
}
