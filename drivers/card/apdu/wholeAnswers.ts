import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok } from '#shared/result.ts'
import { getResponse } from './command.ts'
import { exactLength, moreWaiting } from './response.ts'

/** No answer has more parts than this, of 256 bytes each: those of extended length that are asked for have 16. */
const mostParts = 20

/** The same command with another length of the answer; undefined for one that asks for none (ISO 7816-4 §5.1). */
function withLength(command: Uint8Array, length: number): Uint8Array | undefined {
  const rest = command.length - 4
  const extended = rest > 2 && command[4] === 0
  const data = extended ? ((command[5] ?? 0) << 8) | (command[6] ?? 0) : (command[4] ?? 0)
  const asks = extended ? rest === 3 || rest === 3 + data + 2 : rest === 1 || rest === 1 + data + 1
  if (!asks) return undefined
  const again = Uint8Array.from(command)
  again[command.length - 1] = length & 0xff
  if (extended) again[command.length - 2] = length >> 8
  return again
}

/**
 * Cards in contact that speak T=0 answer in parts: `61xx` and GET RESPONSE, `6Cxx` and the command again with the
 * length that is right (ISO 7816-3 §10.3.3, 7816-4 §5.1.3). Readers resolve that for some commands and not for others;
 * behind this channel answers are whole. Below secure messaging, whose own statuses are inside of what it protects.
 */
export function withWholeAnswers(channel: CardChannel): CardChannel {
  return {
    reader: channel.reader,
    atr: channel.atr,
    async transmit(command) {
      let answer = await channel.transmit(command)
      if (!answer.ok) return answer
      const exact = answer.value.length === 2 ? exactLength(statusOf(answer.value)) : undefined
      const again = exact === undefined ? undefined : withLength(command, exact)
      if (again !== undefined) answer = await channel.transmit(again)
      const parts: Uint8Array[] = []
      for (let left = mostParts; left > 0 && answer.ok; left -= 1) {
        const status = statusOf(answer.value)
        const waiting = moreWaiting(status) ?? (parts.length === 0 ? undefined : exactLength(status))
        if (waiting === undefined) break
        parts.push(answer.value.subarray(0, -2))
        const next = await channel.transmit(getResponse(waiting))
        // Nothing waits after all: what was said is what there is, with its own status.
        if (
          next.ok &&
          next.value.length === 2 &&
          isRefusal(statusOf(next.value)) &&
          parts.some(({ length }) => length > 0)
        ) {
          parts.pop()
          break
        }
        answer = next
      }
      return !answer.ok || parts.length === 0 ? answer : ok(Buffer.concat([...parts, answer.value]))
    },
  }
}

const statusOf = (answer: Uint8Array): number => ((answer.at(-2) ?? 0) << 8) | (answer.at(-1) ?? 0)
const isRefusal = (status: number): boolean =>
  status !== 0x9000 && moreWaiting(status) === undefined && exactLength(status) === undefined
