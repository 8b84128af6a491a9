import type { StationAddress } from '../office/roster.ts'

/** Addresses of one station that are remembered besides the roster's. */
const most = 3

/** Where each station was found, newest first, as long as this process lives: the roster's address is not among them. */
export interface Places {
  of(station: string): readonly StationAddress[]
  /** Whether that was news. */
  learn(station: string, place: StationAddress): boolean
}

/** `configured`: the roster's addresses. Of a station that is none of theirs nothing is learnt. */
export function makePlaces(configured: readonly (StationAddress & { readonly name: string })[]): Places {
  const found = new Map<string, readonly StationAddress[]>()
  const isAt = (place: StationAddress) => (one: StationAddress) => one.host === place.host && one.port === place.port
  const of = (station: string): readonly StationAddress[] => found.get(station) ?? []
  return {
    of,
    learn: (station, place) => {
      const home = configured.find(({ name }) => name === station)
      if (home === undefined || isAt(place)(home)) return false
      const before = of(station)
      found.set(station, [place, ...before.filter((one) => !isAt(place)(one))].slice(0, most))
      return !before.some(isAt(place))
    },
  }
}
