import type * as Pcsc from 'pcsc-mini'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { brokenOff, type Connection } from '../transport.ts'
import { findPinpad } from '../pinpad.ts'
import { pcscFault } from './errors.ts'
import type { Monitor } from './monitor.ts'

type Library = typeof Pcsc

/** A command without a signature takes well below a second on every card; after this the card is mute, in milliseconds. */
const commandLimit = 5_000
/** Other programs look at a new card too; they are given this many times this long, in milliseconds. */
const busy = { tries: 6, pause: 250 } as const
/** pcscd polls slots every 400 ms: a pulled card is seen by then, in milliseconds. */
const pullIsSeenWithin = 1_000

/** The longest answer to an extended command that is taken, in bytes: signatures are the longest thing asked for in one. */
const longestAnswer = 4_096
/** CM_IOCTL_GET_FEATURE_REQUEST (PC/SC part 10 §2.2), and room for its answer and for that of a pinpad, in bytes. */
const featureRequest = 3400
const longestControl = 512
/** The reader itself waits 30 seconds for the first key and 30 between keys; in milliseconds. */
const pinpadLimit = 70_000
const isExtended = (command: Uint8Array): boolean => command.length >= 7 && command[4] === 0

/**
 * Connects to the card in a reader, shared with other programs, and holds it by a transaction until closed. The card is left as
 * it is afterwards. Every call into the driver is bounded in time; a command by `patience`, in milliseconds.
 */
export async function connectCard(pcsc: Library, monitor: Monitor, reader: string, patience = commandLimit): Promise<Result<Connection>> {
  /** What failed does not say why: the card has left, or it does not answer. */
  const withPull = async (fault: Fault): Promise<Fault> =>
    fault.code === 'card.mute' && (await monitor.leaves(reader, pullIsSeenWithin)) ? faultOf('card.removed', fault.detail) : fault
  const card = await connectShared(pcsc, monitor, reader)
  if (!card.ok) return err(await withPull(card.fault))
  const begun = await bounded(begin(card.value))
  if (!begun.ok) {
    void card.value.disconnect(pcsc.CardDisposition.LEAVE).catch(() => undefined)
    return err(begun.fault.code === 'card.timeout' ? faultOf('card.busy', 'held by another program') : await withPull(begun.fault))
  }
  /** The command that the card never answered: until the driver gives it up, it refuses everything else. */
  let unanswered: Promise<unknown> | undefined
  const letGo = async (): Promise<void> => {
    await begun.value.transaction.end(pcsc.CardDisposition.LEAVE).catch(() => undefined)
    await card.value.disconnect(pcsc.CardDisposition.LEAVE)
  }
  return ok({
    reader,
    atr: begun.value.atr,
    async transmit(command) {
      if (unanswered !== undefined) return err(faultOf('card.mute', 'no answer'))
      const call = isExtended(command) ? card.value.transmit(command, new ArrayBuffer(longestAnswer)) : card.value.transmit(command)
      const answer = await bounded(call, patience)
      if (answer.ok && answer.value.length >= 2) return answer
      // Some drivers report an exchange that was broken off as one without an answer.
      const { code, detail } = answer.ok ? faultOf('card.mute', 'empty answer') : answer.fault
      if (code === 'card.timeout') {
        unanswered = call
        return err(faultOf('card.mute', 'no answer'))
      }
      return err(await withPull(faultOf(code, code === 'card.mute' ? brokenOff : detail)))
    },
    pinpad: () => findPinpad((code, data) => bounded(card.value.control(code, data, new ArrayBuffer(longestControl)), pinpadLimit), pcsc.controlCode(featureRequest)),
    async close() {
      if (unanswered === undefined) await bounded(letGo())
      else void unanswered.catch(() => undefined).then(letGo).catch(() => undefined)
    },
  })
}

async function connectShared(pcsc: Library, monitor: Monitor, reader: string): Promise<Result<Pcsc.Card>> {
  for (let tries = busy.tries; ; tries -= 1) {
    const found = monitor.reader(reader)
    if (found === undefined) return err(faultOf('card.noReader'))
    const card = await bounded(found.connect(pcsc.CardMode.SHARED))
    if (card.ok || card.fault.code !== 'card.busy') return card
    if (tries <= 1) {
      monitor.heldElsewhere(reader)
      return card
    }
    await new Promise((resolve) => { setTimeout(resolve, busy.pause) })
  }
}

async function begin(card: Pcsc.Card): Promise<{ transaction: Pcsc.Transaction; atr: Uint8Array }> {
  const transaction = await card.transaction()
  return { transaction, atr: (await card.state()).atr }
}

/** A driver call as a result, given up after the limit (card.timeout); the call itself cannot be called back. */
async function bounded<T>(call: Promise<T>, within = commandLimit): Promise<Result<T>> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<Result<T>>((resolve) => { timer = setTimeout(() => { resolve(err(faultOf('card.timeout'))) }, within) })
  const result = await Promise.race([call.then((value): Result<T> => ok(value), (cause: unknown): Result<T> => err(pcscFault(cause))), limit])
  clearTimeout(timer)
  return result
}
