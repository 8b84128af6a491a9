import { v4 } from 'uuid'
import { allows } from '#shared/domain/roles.ts'
import { counterNamed } from '#shared/domain/hall/ticket.ts'
import type { Answering } from '../../core/handlerContext.ts'
import { boardNow, counterNameOf, hallNow } from './hallNow.ts'

/** Between two looks at the ticket printer, in milliseconds; it is also looked at before each ticket. */
const lookEvery = 5_000

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
  const { tickets } = parts.devices
  /** A printer of tickets hears one conversation at a time: only while somebody may want one. */
  const wanted = (): boolean =>
    sessions.all().some((session) => session.door === 'kiosk' || allows(session.current()?.view.roles ?? [], 'useHall'))
  const lookAtPaper = async (): Promise<void> => {
    if (tickets === undefined || tickets.seen()?.state === 'none' || !wanted()) return
    await tickets.status()
    // The first visitor shall not wait for its fonts.
    if (tickets.seen()?.state === 'ready') answering.press.near()
    const { paper } = boardNow(answering)
    if (paper === paperTold) return
    paperTold = paper
    tell()
  }
  let paperTold = boardNow(answering).paper
  background.start('ticketPrinter', lookAtPaper, { every: lookEvery })
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
