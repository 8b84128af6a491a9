import { createCardSource } from '#drivers/card/source.ts'
import type { Trust } from '#drivers/card/trust.ts'
import type { VirtualCard } from '#drivers/fake/belgian/applet.ts'
import { withFaults, type CardFaults } from '#drivers/fake/faultyCard.ts'
import { openSimulatedTransport } from '#drivers/fake/simulatedTransport.ts'
import type { CardEvent } from '#shared/contract/cardEvents.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import type { Result } from '#shared/result.ts'
import { cardDay } from '#tests/builders/cards.ts'

/** Every way in which one command can go wrong; `other` is the card that comes in place of the first. */
export const faultsAt = (index: number, other: () => VirtualCard): Readonly<Record<string, CardFaults>> => ({
  removed: { removedAt: index },
  mute: { muteAt: index },
  reset: { resetAt: index },
  brokenOff: { brokenOffAt: index },
  garbageStatus: { answerAt: { index, answer: () => Uint8Array.of(0x6f, 0x42) } },
  success: { answerAt: { index, answer: () => Uint8Array.of(0x90, 0x00) } },
  noStatus: { answerAt: { index, answer: () => Uint8Array.of(0x90) } },
  tooLong: {
    answerAt: {
      index,
      answer: (said) => Uint8Array.from([...said.subarray(0, -2), ...new Uint8Array(300), 0x90, 0x00]),
    },
  },
  altered: {
    answerAt: {
      index,
      answer: (said) => said.map((byte, at) => (at === said.length >> 1 && at < said.length - 2 ? byte ^ 0x41 : byte)),
    },
  },
  swapped: { swapAt: { index, card: other(), unnoticed: false } },
  swappedUnnoticed: { swapAt: { index, card: other(), unnoticed: true } },
})

/** One use of a card under one fault: what came of it, and every event on the way. */
export interface FaultRun<T> {
  readonly fault: string
  readonly index: number
  readonly result: Result<T>
  readonly events: readonly CardEvent[]
}

/**
 * Uses a card as often as it takes to put every fault at every one of its commands, through the card source of the
 * program, without
 * a service between. For a Belgian card `use` is `(cards) => cards.read({})`; for a chip that is opened first, as in
 * passports and
 * permits, `(cards) => cards.read({ access: { can } })`; for a signature `(cards) => cards.sign(…)`. The card comes
 * from `card` afresh
 * for each run, so its state cannot leak from one into the next. `judge` is told each run.
 */
export async function withFaultAtEach<T>(options: {
  readonly card: () => VirtualCard
  readonly other: () => VirtualCard
  readonly trust: Trust
  readonly use: (cards: CardSource) => Promise<Result<T>>
  readonly judge: (run: FaultRun<T>) => void
}): Promise<{ readonly commands: number; readonly runs: number }> {
  const { card, other, use, judge } = options
  const once = async (faults: CardFaults): Promise<{ result: Result<T>; commands: number; events: CardEvent[] }> => {
    const transport = openSimulatedTransport('hand')
    const cards = createCardSource({
      transport,
      trust: () => Promise.resolve(options.trust),
      simulated: () => true,
      clock: { now: () => cardDay, monotonic: () => performance.now() },
    })
    const link = withFaults(card(), faults)
    transport.put(link)
    const events: CardEvent[] = []
    const result = await use(listening(cards, events))
    await cards.close()
    return { result, commands: link.count(), events }
  }
  const { commands, result } = await once({})
  if (!result.ok) throw new Error(`without a fault: ${result.fault.code} ${result.fault.detail ?? ''}`)
  let runs = 0
  for (let index = 0; index < commands; index += 1) {
    // Each run has a card and a source of its own, and mostly waits.
    const atIndex = Object.entries(faultsAt(index, other)).map(async ([fault, faults]) => ({
      fault,
      run: await once(faults),
    }))
    for (const { fault, run } of await Promise.all(atIndex)) {
      judge({ fault, index, result: run.result, events: run.events })
      runs += 1
    }
  }
  return { commands, runs }
}

/** The source with its events kept, once it reads: somebody who watches makes it read by itself. */
const listening = (cards: CardSource, events: CardEvent[]): CardSource => ({
  ...cards,
  read: (options) => {
    const reading = cards.read(options)
    setImmediate(() => {
      cards.watch((event) => {
        events.push(event)
      })
    })
    return reading
  },
})
