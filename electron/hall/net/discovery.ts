import { createPrivateKey } from 'node:crypto'
import type { StationFacts } from '../office/readStation.ts'
import { announce, isProved, officeCode, question, read, type Announcement } from './announcement.ts'
import { openMulticast } from './multicast.ts'

/** What the search has to know of the connections, and tells them. */
export interface DiscoveryParts {
  readonly facts: Pick<StationFacts, 'me' | 'roster' | 'key'>
  /** Addresses of this machine on its networks. */
  readonly addresses: () => readonly string[]
  /** Whether the machine has lost the address that the roster gives it. */
  readonly isAway: () => boolean
  /** Whether another station of the roster is not reached. */
  readonly misses: () => boolean
  /** A station said itself that it is there. */
  readonly found: (at: Announcement) => void
  readonly open?: typeof openMulticast
}

/** Milliseconds from one question to the next, and between two answers (RFC 6762 §6). */
const [askEvery, answerEvery] = [10_000, 1_000]

/**
 * Finds stations that are not where the roster says, by mDNS and DNS-SD (RFC 6762, 6763). While all of them are there,
 * nothing is said, and nothing is listened to. Only a station that has lost its address says where it is.
 */
export function openDiscovery({ facts, open = openMulticast, ...parts }: DiscoveryParts) {
  const { addresses, isAway, misses, found } = parts
  const { me, roster } = facts
  const office = officeCode(roster)
  const key = createPrivateKey(facts.key)
  const port = roster.stations.find(({ name }) => name === me)?.port ?? 0
  let [askedAt, saidAt] = [-Infinity, -Infinity]
  let said = ''

  const tell = (now: number): void => {
    saidAt = now
    multicast.say((host) => announce(office, { station: me, host, port }, key))
  }
  const multicast = open((bytes) => {
    const heard = read(bytes, office)
    const now = performance.now()
    if (heard === 'question' && isAway() && now - saidAt >= answerEvery) tell(now)
    else if (typeof heard === 'object') {
      const peer = roster.stations.find(({ name }) => name === heard.station && name !== me)
      if (peer !== undefined && isProved(office, heard, peer.certificate)) found(heard)
    }
  })
  return {
    /** Called again and again. */
    look: async () => {
      const [away, missing, at] = [isAway(), misses(), addresses()]
      await multicast.join(away || missing ? at : [])
      // Told unasked at each new address: who looked for it before may not ask again soon.
      const news = away ? at.join() : ''
      if (news !== '' && news !== said) tell(performance.now())
      said = news
      if (!missing || performance.now() - askedAt < askEvery) return
      askedAt = performance.now()
      multicast.say(() => question(office))
    },
    close: multicast.close,
  }
}
