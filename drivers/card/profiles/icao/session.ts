import type { FaultCode } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok, type Result } from '#shared/result.ts'
import { openChip, selectMasterFile, type AccessSecret, type ChipState, type OpenChip } from './access.ts'
import type { Renewable } from './elementaryFile.ts'

/** A chip that stays open for a whole reading: an answer outside its session ends that, and it is opened again. */
export interface ChipSession extends Renewable {
  /** The chip as it is open now. */
  chip(): OpenChip
  /** Carries commands to it, whichever session that is. */
  readonly channel: CardChannel
  /** Says that the session is spent: its keys gave way to others. */
  end(): void
}

/** A chip that ends its session at every file is given up after so many. */
const mostReopened = 16
/** The chip does not open as before: that costs what is still to be read, not what was. */
const closed: readonly FaultCode[] = [
  'card.refused',
  'card.malformed',
  'card.unsupported',
  'card.accessRefused',
  'card.accessNeeded',
  'card.accessBlocked',
]

/** Opens a chip, see `openChip`, and keeps it open. Faults: those of `openChip`. */
export async function openChipSession(
  bare: CardChannel,
  secret: AccessSecret,
  state: ChipState,
): Promise<Result<ChipSession>> {
  const opened = await openChip(bare, secret, state)
  if (!opened.ok) return opened
  let chip = opened.value
  let over = false
  let left = mostReopened
  return ok({
    chip: () => chip,
    channel: {
      reader: bare.reader,
      atr: bare.atr,
      async transmit(command) {
        const answer = await chip.channel.transmit(command)
        if (!answer.ok && answer.fault.code === 'card.refused') over = true
        return answer
      },
    },
    isOver: () => over,
    end: () => {
      over = true
    },
    async reopen() {
      if (left === 0) return ok(false)
      left -= 1
      // A bare command ends what the chip may still think is a session; PACE is asked for under the master file.
      const master = await bare.transmit(selectMasterFile)
      if (!master.ok) return master
      const again = await openChip(bare, secret, { ...state, selected: false })
      if (!again.ok) return closed.includes(again.fault.code) ? ok(false) : again
      chip = again.value
      over = false
      return ok(true)
    },
  })
}
