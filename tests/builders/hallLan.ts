import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'

/** Stations on networks of their own, joined by cables to a switch: a cable can be pulled, an address changed. */
export interface HallLan {
  /** Networks of one's own take an administrator of Linux. */
  readonly can: boolean
  /** As the rosters of these stations name it. */
  readonly address: (station: number) => string
  /** What the process of a station is started with. */
  readonly around: (station: number) => readonly string[]
  /** What a process of another machine at the switch is started with. */
  readonly stranger: readonly string[]
  readonly strangersAddress: string
  readonly open: () => void
  readonly cable: (station: number, state: 'up' | 'down') => void
  /** Another lease: from now on the station has this address alone, the last number of it. */
  readonly move: (station: number, host: number) => void
  readonly close: () => void
}

const ip = (...words: string[]): boolean => spawnSync('ip', words).status === 0
const must = (...words: string[]): void => {
  if (!ip(...words)) throw new Error(`ip ${words.join(' ')}`)
}
const at = (host: number): string => `10.93.0.${String(host)}`

/** A switch and so many stations, 10.93.0.1 and on; no route leads out. */
export function hallLan(count: number): HallLan {
  const lan = `gh${randomBytes(4).toString('hex')}`
  const nameOf = (station: number): string => `${lan}-${String(station)}`
  const hub = nameOf(0)
  const can = process.platform === 'linux' && ip('netns', 'add', hub)
  const stations = Array.from({ length: count }, (_, index) => index + 1)
  return {
    can,
    address: (station) => `${at(station)}:7100`,
    around: (station) => ['ip', 'netns', 'exec', nameOf(station)],
    stranger: ['ip', 'netns', 'exec', hub],
    strangersAddress: at(99),
    open: () => {
      must('-n', hub, 'link', 'add', 'switch', 'type', 'bridge')
      must('-n', hub, 'address', 'add', `${at(99)}/24`, 'dev', 'switch')
      must('-n', hub, 'link', 'set', 'switch', 'up')
      for (const station of stations) {
        const [name, end] = [nameOf(station), `v${String(station)}`]
        must('netns', 'add', name)
        must('-n', hub, 'link', 'add', end, 'type', 'veth', 'peer', 'name', 'lan', 'netns', name)
        must('-n', hub, 'link', 'set', end, 'master', 'switch', 'up')
        must('-n', name, 'address', 'add', `${at(station)}/24`, 'dev', 'lan')
        must('-n', name, 'link', 'set', 'lan', 'up')
        must('-n', name, 'link', 'set', 'lo', 'up')
      }
    },
    cable: (station, state) => {
      must('-n', hub, 'link', 'set', `v${String(station)}`, state)
    },
    move: (station, host) => {
      must('-n', nameOf(station), 'address', 'flush', 'dev', 'lan')
      must('-n', nameOf(station), 'address', 'add', `${at(host)}/24`, 'dev', 'lan')
    },
    close: () => {
      if (!can) return
      for (const station of [...stations, 0]) ip('netns', 'delete', nameOf(station))
    },
  }
}
