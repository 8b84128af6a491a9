import { pressCalls, pressEvents, type PressCalls, type PressEvents } from '#shared/contract/pressCalls.ts'
import { connect, type Client, type Wire } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import type { Press } from '#shared/ports/press.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** The press of this counter, which lives in another process that starts late and may die. */
export interface RemotePress {
  readonly press: Press
  /** A press runs and answers on this wire. */
  readonly attach: (wire: Wire) => void
  /** It died: the paper that was being made fails with press.down; the next one waits for `attach`. */
  readonly detach: () => void
}

/** How long one paper may take, with the start of the process, and how long after a login its start is put off. */
export interface PressTiming {
  readonly paperMs: number
  readonly nearMs: number
  /** A stamp on a file of hundreds of pages, and a whole stack of 2,000 pages. */
  readonly stampMs?: number
  readonly stackMs?: number
  /** A letter that is read, and each of its pages. */
  readonly letterMs?: number
  readonly pageMs?: number
}
/** The longest papers, an auditor's 500 lines, take a second on a good machine; the screens come before the engine. */
const usual: PressTiming = { paperMs: 30_000, nearMs: 500 }
const [usualStampMs, usualStackMs] = [120_000, 45 * 60_000]
const [usualLetterMs, usualPageMs] = [60_000, 20_000]

/**
 * The press over a wire. One paper is asked for at a time, so that the time that one takes is its own. A layout cannot be
 * interrupted from outside: a paper that takes too long costs the process, which is started afresh.
 * @param say `needed`: a press shall run; `stuck`: the one that runs shall be ended
 */
export function openRemotePress(say: (word: 'needed' | 'stuck') => void, timing: PressTiming = usual): RemotePress {
  const down = err(faultOf('press.down'))
  let client: Client<PressCalls, PressEvents> | undefined
  let arrived: () => void = () => undefined
  let near: NodeJS.Timeout | undefined
  let before: Promise<unknown> = Promise.resolve()
  let letters: Promise<unknown> = Promise.resolve()

  const detach = (): void => {
    const died = client
    client = undefined
    died?.fail(down.fault)
  }
  /** The press that runs, or the next one. */
  const running = async (): Promise<Client<PressCalls, PressEvents>> => {
    while (client === undefined) {
      const arrival = new Promise<void>((resolve) => {
        arrived = resolve
      })
      say('needed')
      await arrival
    }
    return client
  }
  const within = <T>(work: Promise<Result<T>>, ms = timing.paperMs): Promise<Result<T>> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        // What comes next is asked of the press that follows.
        if (client !== undefined) say('stuck')
        detach()
        resolve(down)
      }, ms)
      work.then(resolve, reject).finally(() => {
        clearTimeout(late)
      })
    })
  const inTurn = <T>(
    ask: (press: Client<PressCalls, PressEvents>) => Promise<Result<T>>,
    ms?: number,
  ): Promise<Result<T>> => {
    const turn = before.then(() => within(running().then(ask), ms))
    before = turn.catch(() => undefined)
    return turn
  }

  return {
    press: {
      near: () => {
        if (client === undefined)
          near ??= setTimeout(() => {
            if (client === undefined) say('needed')
          }, timing.nearMs)
      },
      make: (order) => inTurn((press) => press.call('press.make', order)),
      // Letters wait for letters only: a receipt is not held up by a hundred pages that are read meanwhile.
      propose: (letter, signal) => {
        const ms = (timing.letterMs ?? usualLetterMs) + letter.pages * (timing.pageMs ?? usualPageMs)
        const asked = { ...letter, bytes: new Uint8Array(letter.bytes) }
        const turn = letters.then(() =>
          signal.aborted
            ? err(faultOf('call.cancelled'))
            : within(
                running().then((press) => press.call('press.propose', asked, signal)),
                ms,
              ),
        )
        letters = turn.catch(() => undefined)
        return turn
      },
      // A plain copy: what SQLite hands out is a Buffer, which the wire would carry with all that lies around it.
      duplicata: async (pdf, mark) => {
        const made = await inTurn((press) => press.call('press.duplicata', { pdf: new Uint8Array(pdf), mark }))
        return made.ok ? ok(made.value.pdf) : made
      },
      ticket: (facts, dots) => inTurn((press) => press.call('press.ticket', { facts, dots })),
      separators: async (sheets) => {
        const made = await inTurn((press) => press.call('press.separators', { sheets: [...sheets] }))
        return made.ok ? ok(made.value.pdf) : made
      },
      labels: async (sheet) => {
        const made = await inTurn((press) => press.call('press.labels', sheet))
        return made.ok ? ok(made.value.pdf) : made
      },
      // Out of turn: a stack takes minutes, and between two of its pages a paper is made.
      split: (stack, office, signal) => {
        const asked = { stack: new Uint8Array(stack), ...(office === undefined ? {} : { office }) }
        const split = running().then((press) => press.call('press.split', asked, signal))
        return within(split, timing.stackMs ?? usualStackMs)
      },
      cut: async (stack, pages) => {
        const asked = { stack: new Uint8Array(stack), pages: [...pages] }
        const made = await inTurn((press) => press.call('press.cut', asked), timing.stampMs ?? usualStampMs)
        return made.ok ? ok(made.value.pdf) : made
      },
      bind: async (pages) => {
        const made = await inTurn(
          (press) => press.call('press.bind', { pages: pages.map((page) => new Uint8Array(page)) }),
          timing.stampMs ?? usualStampMs,
        )
        return made.ok ? ok(made.value.pdf) : made
      },
      table: (file, page) => {
        const asked = { file: new Uint8Array(file), ...(page === undefined ? {} : { page }) }
        const read = running().then((press) => press.call('press.table', asked))
        return within(read, timing.stackMs ?? usualStackMs)
      },
      fillModel: async (order) => {
        const asked = { ...order, model: new Uint8Array(order.model) }
        const filled = await inTurn((press) => press.call('press.fillModel', asked))
        return filled.ok ? ok(filled.value.filled) : filled
      },
      picture: (file, page) => inTurn((press) => press.call('press.picture', { file: new Uint8Array(file), page })),
      stamp: (pdf, facts) =>
        inTurn(
          (press) => press.call('press.stamp', { pdf: new Uint8Array(pdf), facts }),
          timing.stampMs ?? usualStampMs,
        ),
    },
    attach: (wire) => {
      detach()
      clearTimeout(near)
      client = connect(wire, pressCalls, pressEvents)
      arrived()
    },
    detach,
  }
}
