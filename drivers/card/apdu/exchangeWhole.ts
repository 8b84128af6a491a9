import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { getResponse } from './command.ts'
import { exchange } from './readFile.ts'
import { exactLength, moreWaiting, type Response } from './response.ts'

/** No answer asked for here has more parts than this, of 256 bytes each. */
const mostParts = 16

/**
 * Sends one command and fetches the rest of its answer (`61xx`, GET RESPONSE), as T=0 cards need it; a reader that
 * fetches by
 * itself is fine too. Faults: those of the channel, card.malformed.
 */
export async function exchangeWhole(channel: CardChannel, command: Uint8Array): Promise<Result<Response>> {
  const parts: Uint8Array[] = []
  let answer = await exchange(channel, command)
  for (let left = mostParts; answer.ok && left > 0; left -= 1) {
    parts.push(answer.value.data)
    const waiting = moreWaiting(answer.value.sw) ?? exactLength(answer.value.sw)
    if (waiting === undefined) return ok({ data: Buffer.concat(parts), sw: answer.value.sw })
    answer = await exchange(channel, getResponse(waiting))
  }
  return answer.ok ? err(faultOf('card.malformed', 'answer without end')) : answer
}
