import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { statusQuestion } from './commands.ts'
import type { Line, Patience } from './line.ts'
import { isSensor, isStatus } from './status.ts'

/** Between two looks at a device that has nothing to say, or takes nothing now, in milliseconds. */
const lookEvery = 10
/** As much as one look reads, and the most that a printer of tickets has to say. */
const [atOnce, mostAnswers] = [512, 4_096]
/** Nothing is waited for in the kernel: a printer without paper would hold the whole process at its end. */
const flags = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY

/**
 * A conversation with a printer at the USB of this machine (`/dev/usb/lp0`, the kernel's usblp): what is written goes to
 * it, what it answers is read at the same place. Nothing where there is no such device, or another program holds it.
 * @param answers where it is read, when that is another place
 */
export async function openDeviceLine(path: string, patience: Patience, answers = path): Promise<Line | undefined> {
  const out = await opened(path)
  if (out === undefined) return undefined
  const from = answers === path ? out : await opened(answers)
  if (from === undefined) {
    await out.close().catch(() => undefined)
    return undefined
  }
  const block = Buffer.alloc(atOnce)
  let [heard, printed, gone] = [0, false, false]
  const within = (ms: number): (() => boolean) => {
    const until = performance.now() + ms
    return () => !gone && performance.now() < until
  }
  /** What has come since the last look. */
  const hear = async (): Promise<Buffer> => {
    const read = await from.read(block, 0, atOnce).catch(later)
    if (read === undefined) gone = true
    const bytes = block.subarray(0, read?.bytesRead ?? 0)
    heard += bytes.length
    if (heard > mostAnswers) gone = true
    if (bytes.some((byte) => !isStatus(byte) && isSensor(byte))) printed = true
    return bytes
  }
  const send = async (bytes: Uint8Array, ms: number): Promise<boolean> => {
    const goesOn = within(ms)
    let sent = 0
    while (sent < bytes.length && goesOn()) {
      const wrote = await out.write(bytes, sent).catch(later)
      if (wrote === undefined) gone = true
      else if (wrote.bytesWritten === 0) await pause(lookEvery)
      else sent += wrote.bytesWritten
    }
    return sent === bytes.length
  }
  return {
    ask: async (n) => {
      // An answer to what was asked before is none to this.
      while (!gone && (await hear()).length > 0);
      if (!(await send(statusQuestion(n), patience.answer))) return undefined
      for (const goesOn = within(patience.answer); goesOn(); await pause(lookEvery)) {
        const answer = (await hear()).findLast(isStatus)
        if (answer !== undefined) return answer
      }
      return undefined
    },
    send: (bytes) => {
      printed = false
      return send(bytes, patience.send)
    },
    printed: () => printed,
    close: () => {
      gone = true
      for (const handle of new Set([out, from])) void handle.close().catch(() => undefined)
    },
  }
}

const opened = (path: string): Promise<FileHandle | undefined> => open(path, flags).catch(() => undefined)

/** `EAGAIN`: nothing is there, or nothing is taken now; anything else: the device is gone. */
const later = (cause: unknown): { readonly bytesRead: 0; readonly bytesWritten: 0 } | undefined =>
  cause instanceof Error && 'code' in cause && cause.code === 'EAGAIN' ? { bytesRead: 0, bytesWritten: 0 } : undefined
