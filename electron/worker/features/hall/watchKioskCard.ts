import type { CardEvent } from '#shared/contract/cardEvents.ts'
import type { Payload } from '#shared/contract/events.ts'
import { numbersOf } from '#shared/domain/hall/person.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'

/**
 * Tells the kiosk of this machine what a card in its reader names its holder by, as long as nobody serves citizens
 * here: a card at a desk is the desk's. Nothing of it is kept.
 */
export const watchKioskCard = ({ parts, seat, sessions }: Pick<HandlerContext, 'parts' | 'seat' | 'sessions'>) =>
  parts.devices.cards.watch((event) => {
    const seen = seenIn(event)
    if (seen === undefined || seat.holder() !== undefined) return
    for (const session of sessions.all()) session.tell('kioskCard', seen)
  })

/** What a kiosk makes of what a reader says; nothing where that changes nothing. */
function seenIn(event: CardEvent): Payload<'kioskCard'> | undefined {
  switch (event.state) {
    case 'identity': {
      const numbers = numbersOf(event.reading.identity)
      return numbers.length === 0 ? { state: 'closed' } : { state: 'read', numbers }
    }
    case 'failed':
      return { state: 'closed' }
    case 'reading':
    case 'photo':
    case 'done':
      return undefined
    default:
      return { state: 'none' }
  }
}
