import { setTimeout as pause } from 'node:timers/promises'
import type { TicketPrinterAddress } from '#shared/domain/ticketPrinterAddress.ts'
import { faultOf } from '#shared/fault.ts'
import type { TicketPrinter, TicketPrinterState } from '#shared/ports/ticketPrinter.ts'
import { err, ok } from '#shared/result.ts'
import { clearBuffers, ticketBytes } from './commands.ts'
import { openDeviceLine } from './deviceLine.ts'
import { openLine, type Line, type Patience } from './line.ts'
import { stateOf } from './status.ts'

/** 800 ms is long for an office's network; a ticket is printed in one second, by slow printers in three. */
const usual: Patience = { connect: 800, answer: 800, send: 8_000, print: 6_000 }
/** A printer that talks to somebody else refuses: it is asked once more, so many milliseconds later. */
const againAfter = 400
/** Between two looks at a printer that prints, in milliseconds. */
const lookEvery = 120

const lineTo = (address: TicketPrinterAddress, patience: Patience) => () =>
  'device' in address ? openDeviceLine(address.device, patience) : openLine(address, patience)

/**
 * A thermal printer that speaks ESC/POS over TCP or USB. One conversation at a time: most of them hear only one, and none
 * of them keeps two tickets apart. At the USB of a machine there are printers that never answer: one that never did is `mute`.
 * Faults: those of the port.
 * @param open opens a conversation, where it is not the address that says how
 */
export function openTicketPrinter(
  address: TicketPrinterAddress,
  patience: Patience = usual,
  open: () => Promise<Line | undefined> = lineTo(address, patience),
): TicketPrinter {
  const { dots } = address
  let seen: TicketPrinterState | undefined
  let answers = !('device' in address)
  let before: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(talk: () => Promise<T>): Promise<T> => {
    const turn = before.then(talk)
    before = turn.catch(() => undefined)
    return turn
  }
  const saw = (state: TicketPrinterState): TicketPrinterState => (seen = state)
  const look = async (line: Line): Promise<TicketPrinterState> => {
    const printer = await line.ask(1)
    // Who is silent once is not asked twice: somebody waits.
    const cause = printer === undefined ? undefined : await line.ask(2)
    const paper = cause === undefined ? undefined : await line.ask(4)
    answers ||= printer !== undefined
    if (!answers) return saw({ state: 'ready', dots, low: false, mute: true })
    return saw(stateOf({ printer, cause, paper }, dots))
  }
  /** The state when the ticket came out, or when it is known that it did not. */
  const settled = async (line: Line): Promise<TicketPrinterState> => {
    const until = performance.now() + patience.print
    for (;;) {
      // Asked first: paper that ends after the look would still have kept the ticket from being done.
      const done = line.printed()
      const state = await look(line)
      // Not every printer knows GS r: one that was ready all the time has printed.
      if (state.state !== 'ready' || state.mute === true || done || performance.now() > until) return state
      await pause(lookEvery)
    }
  }
  const talking = async <T>(talk: (line: Line) => Promise<T>, nobody: () => T): Promise<T> => {
    let line = await open()
    if (line === undefined) {
      await pause(againAfter)
      line = await open()
    }
    if (line === undefined) {
      saw({ state: 'out', dots, why: 'unreachable' })
      return nobody()
    }
    try {
      return await talk(line)
    } finally {
      line.close()
    }
  }
  const noPaper = (why: string) => err(faultOf('ticket.noPaper', why))

  return {
    seen: () => seen,
    status: () =>
      inTurn(() =>
        talking(
          async (line) => ok(await look(line)),
          () => ok<TicketPrinterState>({ state: 'out', dots, why: 'unreachable' }),
        ),
      ),
    print: (ticket) => {
      const { width, height, bits } = ticket
      if (width !== dots || bits.length !== (width / 8) * height)
        return Promise.resolve(err(faultOf('printer.media', `${String(width)} dots`)))
      return inTurn(() =>
        talking(
          async (line) => {
            const first = await look(line)
            if (first.state !== 'ready') return noPaper(first.state === 'out' ? first.why : first.state)
            const sent = await line.send(ticketBytes(ticket))
            const last = sent ? await settled(line) : await look(line)
            if (sent && last.state === 'ready') return ok({})
            // Whoever puts paper in shall not find the rest of a ticket that was told aloud meanwhile.
            await line.send(clearBuffers)
            return err(faultOf('printer.noAnswer', last.state === 'out' ? last.why : 'not taken'))
          },
          () => noPaper('unreachable'),
        ),
      )
    },
  }
}
