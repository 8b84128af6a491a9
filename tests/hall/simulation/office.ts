import type { NodeOffice } from '#electron/hall/node/nodeState.ts'
import { sha256 } from '#electron/hall/node/entry.ts'

/** Appointments of a simulated office. */
export const pattern = {
  weekdays: [1, 2, 3, 4, 5],
  from: '08:30',
  until: '16:30',
  minutes: 15,
  places: 2,
  closed: [],
  toleranceMinutes: 15,
}

/** An office of so many stations, all of which vote unless some are said not to. */
export const officeOf = (count: number, silent = 0): ((me: string) => NodeOffice) => {
  const stations = Array.from({ length: count }, (_, index) => `station-${String(index + 1)}`)
  return (me) => ({
    me,
    stations,
    voters: stations.slice(0, count - silent),
    services: ['A', 'B'],
    pattern,
    genesis: sha256('a simulated office'),
    wall: (civil) => {
      const text = new Date(civil).toISOString()
      return { day: text.slice(0, 10), time: text.slice(11, 16) }
    },
  })
}
