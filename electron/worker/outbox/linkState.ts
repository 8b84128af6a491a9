import { faults, type Fault } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { LinkState, OutboxStatus, OutboxStore } from './ports.ts'

interface Options {
  readonly store: OutboxStore
  readonly clock: Clock
  readonly configured: boolean
  readonly onChange: () => void
}

/** What the sync screen says of the link: how it is, since when, why, and when it is tried again. */
export interface LinkStatus {
  /** The platform took a batch. */
  answered(): void
  /** Everything was asked and answered. */
  synchronised(): void
  failed(fault: Fault): void
  /** The next try is in so many milliseconds. */
  retryIn(ms: number): void
  status(): OutboxStatus
}

/** An outage that began before the program was restarted goes on counting from its beginning. */
export function createLinkState({ store, clock, configured, onChange }: Options): LinkStatus {
  let link: LinkState['link'] = store.link().link === 'offline' ? 'offline' : 'unknown'
  let fault: Fault | undefined
  let nextAttemptAt: string | undefined

  const become = (to: LinkState['link'], more: Partial<LinkState>): void => {
    const kept = store.link()
    const changed = link !== to || kept.link !== to
    if (changed) more = { ...more, since: clock.now().toISOString() }
    link = to
    if (changed || Object.keys(more).length > 0) store.saveLink({ ...kept, ...more, link: to })
  }
  return {
    answered: () => {
      if (link === 'online' && fault === undefined) return
      fault = nextAttemptAt = undefined
      become('online', {})
      onChange()
    },
    synchronised: () => {
      fault = nextAttemptAt = undefined
      become('online', { lastSyncAt: clock.now().toISOString() })
      onChange()
    },
    failed: (why) => {
      fault = why
      if (faults[why.code].blame === 'platform') become('offline', {})
      onChange()
    },
    retryIn: (ms) => {
      nextAttemptAt = new Date(clock.now().getTime() + ms).toISOString()
      onChange()
    },
    status: () => {
      const { since, lastSyncAt } = store.link()
      return {
        link: configured ? link : 'notConfigured',
        ...(since === undefined || link === 'unknown' ? {} : { since }),
        ...(lastSyncAt === undefined ? {} : { lastSyncAt }),
        ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
        ...(fault === undefined ? {} : { fault }),
        ...store.counts(),
      }
    },
  }
}
