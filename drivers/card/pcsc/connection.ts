import type * as Pcsc from 'pcsc-mini'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { brokenOff, type Connection } from '../transport.ts'
import { findPinpad } from '../pinpad.ts'
import { pcscFault } from './errors.ts'
import type { Monitor } from './monitor.ts'

type Library = typeof Pcsc

/**
 * A command without a signature takes well below a second on every card; after this the card is mute, in milliseconds.
 */
const commandLimit = 5_000
/** Other programs look at a new card too; they are given this many times this long, in milliseconds. */
const busy = { tries: 6, pause: 250 } as const
/** pcscd polls slots every 400 ms: a pulled card is seen by then, in milliseconds. */
const pullIsSeenWithin = 1_000

/**
 * The longest answer to an extended command that is taken, in bytes: signatures are the longest thing asked for in one.
 */
const longestAnswer = 4_096
/** CM_IOCTL_GET_FEATURE_REQUEST (PC/SC part 10 §2.2), and room for its answer and for that of a pinpad, in bytes. */
const featureRequest = 3400
const longestControl = 512
/** The reader itself waits 30 seconds for the first key and 30 between keys; in milliseconds. */
const pinpadLimit = 70_000
const isExtended = (command: Uint8Array): boolean => command.length >= 7 && command[4] === 0

/**
 * Connects to the card in a reader, shared with other programs, and holds it by a transaction until closed. The card is
 * left as
 * it is afterwards. Every call into the driver is bounded in time; a command by `patience`, in milliseconds.
 */
export async function connectCard(
  pcsc: Library,
  monitor: Monitor,
  reader: string,
  patience = commandLimit,
): Promise<Result<Connection>> {
  /** What failed does not say why: the card has left, or it does not answer. */
  const withPull = async (fault: Fault): Promise<Fault> =>
    fault.code === 'card.mute' && (await monitor.leaves(reader, pullIsSeenWithin))
      ? faultOf('card.removed', fault.detail)
      : fault
  const card = await connectShared(pcsc, monitor, reader)
  if (!card.ok) return err(await withPull(card.fault))
  /**
   * A connection that could not be ended occupies one of the four places of its client for good: a new one has four
   * again.
   */
  const disconnect = async (): Promise<void> => {
    try {
      await card.value.disconnect(pcsc.CardDisposition.LEAVE)
    } catch {
      monitor.renew()
    }
  }
  const beginning = begin(card.value)
  const begun = await bounded(beginning)
  if (!begun.ok) {
    // While it still begins, the library refuses to end it.
    void beginning
      .then(
        ({ transaction }) => transaction.end(pcsc.CardDisposition.LEAVE),
        () => undefined,
      )
      .catch(() => undefined)
      .then(disconnect)
    return err(
      begun.fault.code === 'card.timeout'
        ? faultOf('card.busy', 'held by another program')
        : await withPull(begun.fault),
    )
  }
  /** The call that was given up: until the driver does so too, it refuses everything else. */
  let unanswered: Promise<unknown> | undefined
  const ask = async (call: () => Promise<Uint8Array>, within: number): Promise<Result<Uint8Array>> => {
    if (unanswered !== undefined) return err(faultOf('card.timeout'))
    const asked = call()
    const answer = await bounded(asked, within)
    if (!answer.ok && answer.fault.code === 'card.timeout') unanswered = asked
    return answer
  }
  const letGo = async (): Promise<void> => {
    await begun.value.transaction.end(pcsc.CardDisposition.LEAVE).catch(() => undefined)
    await disconnect()
  }
  return ok({
    reader,
    atr: begun.value.atr,
    async transmit(command) {
      const answer = await ask(
        () =>
          holding(command, (sent) =>
            isExtended(sent) ? card.value.transmit(sent, new ArrayBuffer(longestAnswer)) : card.value.transmit(sent),
          ),
        patience,
      )
      if (answer.ok && answer.value.length >= 2) return answer
      // Some drivers report an exchange that was broken off as one without an answer.
      const { code, detail } = answer.ok ? faultOf('card.mute', 'empty answer') : answer.fault
      if (code === 'card.timeout') return err(faultOf('card.mute', 'no answer'))
      return err(await withPull(faultOf(code, code === 'card.mute' ? brokenOff : detail)))
    },
    pinpad: () =>
      findPinpad(
        (code, data) =>
          ask(
            () => holding(data, (sent) => card.value.control(code, sent, new ArrayBuffer(longestControl))),
            pinpadLimit,
          ),
        pcsc.controlCode(featureRequest),
      ),
    async close() {
      if (unanswered === undefined) await bounded(letGo())
      else void unanswered.catch(() => undefined).then(letGo)
    },
  })
}

async function connectShared(pcsc: Library, monitor: Monitor, reader: string): Promise<Result<Pcsc.Card>> {
  for (let tries = busy.tries; ; tries -= 1) {
    const found = monitor.reader(reader)
    if (found === undefined) return err(faultOf('card.noReader'))
    const connecting = found.connect(pcsc.CardMode.SHARED)
    const card = await bounded(connecting)
    if (!card.ok && card.fault.code === 'card.timeout')
      void connecting.then((late) => late.disconnect(pcsc.CardDisposition.LEAVE)).catch(() => undefined)
    if (card.ok || card.fault.code !== 'card.busy') return card
    if (tries <= 1) {
      monitor.heldElsewhere(reader)
      return card
    }
    await new Promise((resolve) => {
      setTimeout(resolve, busy.pause)
    })
  }
}

async function begin(card: Pcsc.Card): Promise<{ transaction: Pcsc.Transaction; atr: Uint8Array }> {
  const transaction = await card.transaction()
  return { transaction, atr: (await card.state()).atr }
}

/**
 * pcsc-mini 0.1.3 gives its thread a bare pointer to the bytes, and refuses by throwing: they are a copy that stays
 * until the call has ended,
 * and is overwritten then, since a PIN may be in it.
 */
async function holding<T>(bytes: Uint8Array, call: (sent: Uint8Array) => Promise<T>): Promise<T> {
  const sent = Uint8Array.from(bytes)
  try {
    return await call(sent)
  } finally {
    sent.fill(0)
  }
}

/** A driver call as a result, given up after the limit (card.timeout); the call itself cannot be called back. */
async function bounded<T>(call: Promise<T>, within = commandLimit): Promise<Result<T>> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<Result<T>>((resolve) => {
    timer = setTimeout(() => {
      resolve(err(faultOf('card.timeout')))
    }, within)
  })
  const result = await Promise.race([
    call.then(
      (value): Result<T> => ok(value),
      (cause: unknown): Result<T> => err(pcscFault(cause)),
    ),
    limit,
  ])
  clearTimeout(timer)
  return result
}
