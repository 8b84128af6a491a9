import type { CorrectionView } from '#shared/contract/features/corrections/calls.ts'
import type { IconName } from '../../ui/icons.ts'
import type { Tone } from '../../ui/tones.ts'

/** Where a number stands at the correction desk. `lost`: only the platform knows what the act said. */
export type Standing = 'refused' | 'waiting' | 'corrected' | 'cancelled' | 'overridden' | 'applied' | 'unsent' | 'lost'

export function standingOf({ act, repairs, deposit, why, open }: CorrectionView): Standing {
  if (repairs.some(({ state }) => state === 'pending' || state === 'sending')) return 'waiting'
  // Itself, its complement, or a correction of it.
  if (deposit !== undefined && why !== undefined && open.includes('corrected')) return 'refused'
  const made = repairs.findLast(({ state }) => state === 'applied')
  if (made !== undefined) return made.kind
  if (deposit === undefined) return 'lost'
  return act.state === 'applied' ? 'applied' : 'unsent'
}

export const looks: Readonly<Record<Standing, { tone: Tone; icon: IconName }>> = {
  refused: { tone: 'danger', icon: 'ban' },
  waiting: { tone: 'info', icon: 'wait' },
  corrected: { tone: 'ok', icon: 'done' },
  cancelled: { tone: 'neutral', icon: 'remove' },
  overridden: { tone: 'warn', icon: 'agent' },
  applied: { tone: 'ok', icon: 'done' },
  unsent: { tone: 'neutral', icon: 'wait' },
  lost: { tone: 'warn', icon: 'help' },
}
