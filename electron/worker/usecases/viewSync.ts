import type { SyncView } from '#shared/contract/views.ts'
import type { OutboxStatus } from '../outbox/ports.ts'
import type { Clock } from '#shared/ports/clock.ts'

/** How many days a counter may go on alone before somebody must act; shown as a budget from the first hour on. */
export const offlineDays = 7

/**
 * The link as the screens show it, with what is used of the offline budget, in milliseconds since the last time that the
 * platform had answered everything.
 * @param createdAt UTC instant from which a counter that never met its platform counts
 */
export function viewSync(status: OutboxStatus, clock: Clock, createdAt: string): SyncView {
  const alone = clock.now().getTime() - Date.parse(status.lastSyncAt ?? createdAt)
  return { ...status, budget: { days: offlineDays, usedMs: status.link === 'online' ? 0 : Math.max(0, alone) } }
}
