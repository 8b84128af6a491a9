import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { exchange } from '../../apdu/readFile.ts'
import { refused, sw } from '../../apdu/response.ts'
import type { Pinpad } from '../../pinpad.ts'

const blockLength = 8
const header = [0x00, 0x20, 0x00, 0x01, blockLength] as const
/**
 * What a reader with keys says by itself (PC/SC part 10 §2.5.2): nothing typed in time, cancelled, too short or too
 * long.
 */
const notEntered: readonly number[] = [0x6400, 0x6401, 0x6402, 0x6403]
const blocked = 0x6983

/**
 * VERIFY with typed digits (ASCII), or at the reader's own keys. The command is overwritten as soon as it was sent.
 * Faults: those of the
 * channel, card.pinWrong with the `tries` left, card.pinBlocked, card.pinCancelled, card.pinNeeded, card.refused.
 */
export async function verifyPin(
  channel: CardChannel,
  pin: Uint8Array | undefined,
  pinpad: Pinpad | undefined,
): Promise<Result<void>> {
  if (pinpad !== undefined) {
    const answer = await pinpad.verify(Uint8Array.of(...header, 0x20, ...new Uint8Array(blockLength - 1).fill(0xff)))
    return answer.ok ? outcome(((answer.value[0] ?? 0) << 8) | (answer.value[1] ?? 0)) : answer
  }
  if (pin === undefined) return err(faultOf('card.pinNeeded'))
  const command = Uint8Array.of(...header, ...pinBlock(pin))
  const answer = await exchange(channel, command)
  command.fill(0)
  return answer.ok ? outcome(answer.value.sw) : answer
}

/** Length in the low half of the first byte, digits in BCD, F behind. */
function pinBlock(pin: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockLength).fill(0xff)
  block[0] = 0x20 | pin.length
  for (const [index, digit] of pin.entries()) {
    const at = 1 + (index >> 1)
    block[at] = index % 2 === 0 ? ((digit & 0x0f) << 4) | 0x0f : ((block[at] ?? 0) & 0xf0) | (digit & 0x0f)
  }
  return block
}

function outcome(status: number): Result<void> {
  if (status === sw.done) return ok(undefined)
  if (status === blocked || status === 0x63c0) return err(faultOf('card.pinBlocked'))
  if (status >> 4 === 0x63c) return err(faultOf('card.pinWrong', undefined, { tries: status & 0x0f }))
  return err(notEntered.includes(status) ? faultOf('card.pinCancelled') : refused(status))
}
