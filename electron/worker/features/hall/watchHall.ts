import { v4 } from 'uuid'
import { allows } from '#shared/domain/roles.ts'
import { counterNamed } from '#shared/domain/hall/ticket.ts'
import type { Answering } from '../../core/handlerContext.ts'
import { boardNow, counterNameOf, hallNow } from './hallNow.ts'
import { watchKioskCard } from './watchKioskCard.ts'
import { watchTicketPrinter } from './watchTicketPrinter.ts'

/**
 * Tells every window the hall as far as it may know it, and signs the counter off when its agent signed out. A screen
 * that is only locked changes nothing: what is at the counter stays, and so does who sits there.
 */
export function watchHall(answering: Answering): void {
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
  const counter = counterNameOf(context.counter)
  const signOffWhoLeft = (): void => {
    const agent = hall.facts()?.hall.counters.find((one) => one.counter === counter)?.agent
    const here = sessions.all().some((session) => session.current()?.view.name === agent)
    if (agent === undefined || here) return
    const command = { type: 'signOff', counter: counterNamed(counter) } as const
    // Where the hall does not hear it, the next sign-on at this counter says it.
    background.settle(
      'hall',
      hall.ask({ call: 'command', id: v4(), command }).then(() => undefined),
    )
  }
  const offs = [
    watchKioskCard(answering),
    hall.onChange(() => {
      background.safely('hall', tell)
    }),
    sessions.onChange((session, why) => {
      if (session.door === 'clerk' && why === undefined) background.safely('hall', signOffWhoLeft)
    }),
  ]
  background.start('hall', ({ signal }) => {
    signal.addEventListener('abort', () => {
      for (const off of offs) off()
    })
  })
}
