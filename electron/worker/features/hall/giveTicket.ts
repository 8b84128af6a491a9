import { setTimeout as pause } from 'node:timers/promises'
import type { HallCommand } from '#shared/domain/hall/command.ts'
import { faultOf } from '#shared/fault.ts'
import type { RollDots } from '#shared/ports/ticketPrinter.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { officeDay, readOffice } from '../../core/context.ts'
import type { Asking, Placed } from './askHall.ts'

/** A ticket that was issued; `printed`: its paper came out. */
export interface Given extends Placed {
  readonly printed: boolean
}
export interface Giving extends Asking {
  /**
   * Has a ticket issued and printed, once for its id: no paper, no ticket. Where paper fails after the issue the number
   * stands. `aloud`: somebody says the number, and no paper is asked for. Faults: ticket.noPaper (nothing was issued),
   * and those of `placed`.
   */
  readonly give: (id: string, command: HallCommand, aloud?: boolean) => Promise<Result<Given>>
}

/** How long somebody stands before a kiosk for a picture of the ticket, in milliseconds; then the number is told. */
const drawingMs = 10_000
/** Answers that are given again to the same id: more visitors than come within a minute. */
const remembered = 200

/** The hall, with the printer of tickets of this machine, where it has one. */
export function givingTickets(asking: Asking): Giving {
  const { answering, placed } = asking
  const { parts, context, press } = answering
  const { tickets } = parts.devices
  const answers = new Map<string, Promise<Result<Given>>>()
  /** What the hall was asked once it may have done, whatever came back: it is asked again, with or without paper. */
  const asked = new Set<string>()

  /** How wide the roll is; nothing where this machine has none. */
  const roll = async (): Promise<Result<RollDots | undefined>> => {
    if (tickets === undefined) return ok(undefined)
    const told = await tickets.status()
    const state = told.ok ? told.value : tickets.seen()
    if (state === undefined || state.state === 'none') return ok(undefined)
    if (!told.ok) return err(faultOf('ticket.noPaper', told.fault.code))
    return state.state === 'ready' ? ok(state.dots) : err(faultOf('ticket.noPaper', state.why))
  }
  const print = async ({ ticket, before, minutes }: Placed, dots: RollDots): Promise<boolean> => {
    const office = readOffice(context.store)
    const service = parts.hall?.facts()?.board.services.find(({ letter }) => letter === ticket.service)?.name
    const drawn = press.ticket(
      {
        ticket: ticket.ticket,
        office: { fr: office.name.fr, ar: office.name.ar },
        ...(service === undefined ? {} : { service }),
        ...(ticket.appointment === undefined ? {} : { appointment: ticket.appointment.time }),
        before,
        ...(minutes === undefined ? {} : { minutes }),
        at: ticket.issuedAt,
        utcOffsetMinutes: officeDay(office, new Date(ticket.issuedAt)).utcOffsetMinutes,
      },
      dots,
    )
    const made = await Promise.race([drawn, pause(drawingMs, undefined, { ref: false })])
    return made?.ok === true && (await tickets?.print(made.value))?.ok === true
  }
  const giveOnce = async (id: string, command: HallCommand, aloud: boolean): Promise<Result<Given>> => {
    const dots = aloud ? ok(undefined) : await roll()
    if (!dots.ok && !asked.has(id)) return dots
    asked.add(id)
    const issued = await placed(id, command)
    if (!issued.ok) return issued
    // Whatever breaks now, the number was given.
    const printed = dots.ok && dots.value !== undefined && (await print(issued.value, dots.value).catch(() => false))
    return ok({ ...issued.value, printed })
  }
  return {
    ...asking,
    give: (id, command, aloud = false) => {
      const known = answers.get(id)
      if (known !== undefined) return known
      const giving = giveOnce(id, command, aloud)
      answers.set(id, giving)
      for (const kept of [answers, asked]) if (kept.size > remembered) kept.delete(firstOf(kept))
      // What failed is tried again: the hall issues nothing twice for one id.
      void giving.then(
        ({ ok: given }) => given || answers.delete(id),
        () => answers.delete(id),
      )
      return giving
    },
  }
}

/** The oldest key of a map, or the oldest member of a set, that is not empty. */
const firstOf = (kept: ReadonlyMap<string, unknown> | ReadonlySet<string>): string => {
  for (const key of kept.keys()) return key
  throw new TypeError('empty')
}
