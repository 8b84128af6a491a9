import { actOfType } from '#shared/contract/acts.ts'
import type { OutboxItemView } from '#shared/contract/features/sync/calls.ts'
import type { IconName } from '../../ui/icons.ts'
import type { Tone } from '../../ui/tones.ts'

export const filters = ['open', 'trouble', 'done', 'all'] as const
export type Filter = (typeof filters)[number]

const shownBy: Readonly<Record<Filter, readonly OutboxItemView['state'][]>> = {
  open: ['pending', 'sending'],
  trouble: ['rejected', 'conflict'],
  done: ['applied'],
  all: ['pending', 'sending', 'applied', 'rejected', 'conflict'],
}

/** What waits stands in the order of sending; what is over, newest first. */
export function shown(items: readonly OutboxItemView[], filter: Filter): readonly OutboxItemView[] {
  const found = items.filter((item) => shownBy[filter].includes(item.state))
  return found.sort((one, other) => (filter === 'open' ? one.seq - other.seq : other.seq - one.seq))
}

export const countOf = (items: readonly OutboxItemView[], filter: Filter): number =>
  items.filter((item) => shownBy[filter].includes(item.state)).length

/** The filter in which there is something to do, or else what was done. */
export const firstFilter = (items: readonly OutboxItemView[]): Filter =>
  (['trouble', 'open'] as const).find((filter) => countOf(items, filter) > 0) ?? 'done'

export const looks: Readonly<Record<OutboxItemView['state'], { tone: Tone; icon: IconName }>> = {
  pending: { tone: 'neutral', icon: 'wait' },
  sending: { tone: 'info', icon: 'send' },
  applied: { tone: 'ok', icon: 'done' },
  rejected: { tone: 'danger', icon: 'ban' },
  conflict: { tone: 'warn', icon: 'warning' },
}

/** What its link of the journal says happened; the type itself for an act of a newer version. */
export const kindOfType = (type: string): string => actOfType(type)?.act.journal ?? type
