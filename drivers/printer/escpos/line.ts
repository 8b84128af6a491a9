import { connect } from 'node:net'
import { statusQuestion } from './commands.ts'
import { isSensor, isStatus } from './status.ts'

/**
 * In milliseconds. A printer on the office's network answers in a few; `send`: one with a small memory takes the end of a
 * ticket only when it has printed its beginning.
 */
export interface Patience {
  readonly connect: number
  readonly answer: number
  readonly send: number
  readonly print: number
}

/** More than every answer that a ticket has, in bytes: who says more is no printer of tickets. */
const mostAnswers = 4_096
/** How long a connection is left to close by itself, in milliseconds. */
const closing = 500

/** One conversation with a printer; most printers hold only one. */
export interface Line {
  /** The answer to DLE EOT n; nothing where it does not come in time. */
  ask(n: 1 | 2 | 4): Promise<number | undefined>
  /** Whether all of it left in time. */
  send(bytes: Uint8Array): Promise<boolean>
  /** Whether an answer to GS r came after what was sent last. */
  printed(): boolean
  close(): void
}

/** Opens a conversation; nothing where nobody answers at the address. */
export function openLine(
  { host, port }: { readonly host: string; readonly port: number },
  patience: Patience,
): Promise<Line | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true })
    let [heard, printed, gone] = [0, false, false]
    let asked: ((answer: number | undefined) => void) | undefined
    // A process that was busy hears its timers before the answers that came meanwhile.
    const late = setTimeout(() => {
      setImmediate(() => {
        if (socket.connecting) socket.destroy()
      })
    }, patience.connect)
    const within = <T>(ms: number, otherwise: T, begin: (done: (value: T) => void) => void): Promise<T> =>
      new Promise((settle) => {
        const timer = setTimeout(() => {
          setImmediate(done, otherwise)
        }, ms)
        const done = (value: T): void => {
          clearTimeout(timer)
          socket.off('close', onClose)
          settle(value)
        }
        const onClose = (): void => {
          done(otherwise)
        }
        socket.once('close', onClose)
        begin(done)
      })
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.length
      if (heard > mostAnswers) {
        socket.destroy()
        return
      }
      for (const byte of bytes) {
        if (isStatus(byte)) asked?.(byte)
        else if (isSensor(byte)) printed = true
      }
    })
    // Told by `close`, which follows.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      gone = true
      clearTimeout(late)
      resolve(undefined)
    })
    socket.once('connect', () => {
      clearTimeout(late)
      resolve({
        ask: async (n) => {
          if (gone) return undefined
          const answer = await within<number | undefined>(patience.answer, undefined, (done) => {
            asked = done
            socket.write(statusQuestion(n))
          })
          asked = undefined
          return answer
        },
        send: async (bytes) => {
          printed = false
          if (gone) return false
          return within(patience.send, false, (done) => {
            socket.write(bytes, (cause) => {
              done(cause === undefined || cause === null)
            })
          })
        },
        printed: () => printed,
        close: () => {
          // What was sent last is on its way; whoever does not close is left.
          socket.end()
          setTimeout(() => {
            socket.destroy()
          }, closing).unref()
        },
      })
    })
  })
}
