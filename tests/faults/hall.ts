import { v7 } from 'uuid'
import type { In } from '#shared/contract/calls.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Driver, Hand } from './hand.ts'

const services = ['A', 'B', 'C']
/** What the hall keeps is in its own log, not in the register: `hallLog.ts` looks for it there. */
const held = (): boolean => true
/** Nobody was waiting, or nothing was to be done. */
export const nobody = '-'

type Move = In<'hall.ticket'>['act']

/** A ticket that somebody holds, in whatever state. */
const someTicket = async ({ worker, draw }: Hand): Promise<string | undefined> => {
  const { waiting, parked, counters } = valueOf(await worker.ask('hall.view', {}))
  const all = [...waiting, ...parked, ...counters.flatMap(({ ticket }) => ticket ?? [])]
  return all.length === 0 ? undefined : draw.pick(all).ticket
}

const moved = (kind: string, acts: readonly Move[], weight: number): Driver => ({
  weight,
  drive: async (hand) => {
    const ticket = await someTicket(hand)
    if (ticket === undefined) return
    const order = { commandId: v7(), ticket, act: hand.draw.pick(acts) }
    await hand.act(
      kind,
      order.commandId,
      ({ ask }) => ask('hall.ticket', order),
      (done) => done.ticket?.ticket ?? nobody,
    )
  },
  held,
})

/** What citizens do at the kiosk, and agents with who waits. */
export const hall = {
  'ticket.issued': {
    weight: 3,
    drive: async ({ act, draw, shared }) => {
      const order = { commandId: v7(), service: draw.pick(services) }
      if (draw.chance(0.6))
        await act(
          'ticket.issued',
          order.commandId,
          () => shared.kiosk.ask('kiosk.issue', { ...order, priority: draw.chance(0.1) }),
          ({ ticket }) => ticket,
        )
      else
        await act(
          'ticket.issued',
          order.commandId,
          ({ ask }) => ask('hall.issue', order),
          ({ ticket }) => ticket.ticket,
        )
    },
    held,
  },
  'ticket.next': {
    weight: 2,
    drive: async ({ act }) => {
      const commandId = v7()
      await act(
        'ticket.next',
        commandId,
        ({ ask }) => ask('hall.next', { commandId }),
        ({ ticket }) => ticket?.ticket ?? nobody,
      )
    },
    held,
  },
  'ticket.here': moved('ticket.here', ['here'], 2),
  'ticket.moved': moved('ticket.moved', ['done', 'recall', 'park', 'missed', 'takeBack'], 1),
} as const satisfies Readonly<Record<string, Driver>>
