import { execFile } from 'node:child_process'
import { bundledZone, offsetAt } from '#shared/domain/clock/zone.ts'
import { warning, fine, type Finding } from './finding.ts'

/** Zones that offices of this program work in, and those of the cards that it reads. */
const zones = ['Africa/Casablanca', 'Europe/Brussels'] as const

/** What the system says of its own clock; a member that it does not tell is absent. */
export interface SystemClock {
  readonly zone?: string
  /** The network keeps the time. */
  readonly synchronised?: boolean
  /** The battery clock runs in local time: each system that reads it turns it by an hour. */
  readonly localRtc?: boolean
}

/** Reads the lines of `timedatectl show` (`Timezone=`, `NTPSynchronized=`, `LocalRTC=`). */
export function parseTimedatectl(text: string): SystemClock {
  const said = new Map(text.split('\n').map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]))
  const flag = (name: string): boolean | undefined => {
    const value = said.get(name)?.trim()
    return value === 'yes' ? true : value === 'no' ? false : undefined
  }
  const [zone, synchronised, localRtc] = [said.get('Timezone')?.trim(), flag('NTPSynchronized'), flag('LocalRTC')]
  return {
    ...(zone === undefined || zone === '' ? {} : { zone }),
    ...(synchronised === undefined ? {} : { synchronised }),
    ...(localRtc === undefined ? {} : { localRtc }),
  }
}

/** Minutes by which the runtime's tables differ from our zones at an instant, zone by zone; equal ones are left out. */
export function zonesThatDiffer(
  instant: Date,
  runtime: (zone: string, instant: Date) => number,
): readonly { readonly zone: string; readonly runtime: number; readonly ours: number }[] {
  return zones.flatMap((zone) => {
    const rule = bundledZone(zone)
    const [theirs, ours] = [runtime(zone, instant), rule === undefined ? 0 : offsetAt(rule, instant.getTime())]
    return rule === undefined || theirs === ours ? [] : [{ zone, runtime: theirs, ours }]
  })
}

/** What the runtime and the system believe of the time, and where they differ from our zones. */
export async function examineClock(now: Date): Promise<readonly Finding[]> {
  const system = parseTimedatectl(await timedatectl())
  const tables = `tz ${process.versions['tz'] ?? 'unknown'} in ICU ${process.versions['icu'] ?? 'unknown'}`
  const differing = zonesThatDiffer(now, runtimeOffset)
  return [
    differing.length === 0
      ? fine('zones', `${tables}, as ours`)
      : fine(
          'zones',
          `${tables}; ours win: ${differing.map((one) => `${one.zone} ${String(one.ours)} min, not ${String(one.runtime)}`).join(', ')}`,
        ),
    clockFinding(now, system),
  ]
}

/** The finding about the system's clock: zone and network time, and what to do where one is wrong. */
export function clockFinding(now: Date, { zone, synchronised, localRtc }: SystemClock): Finding {
  const found = `${now.toISOString().slice(0, 19)}Z, zone ${zone ?? 'unknown'}, network time ${
    synchronised === undefined ? 'unknown' : synchronised ? 'on' : 'off'
  }, battery clock ${localRtc === undefined ? 'unknown' : localRtc ? 'in local time' : 'in UTC'}`
  if (localRtc === true) return warning('clock', found, 'Keep the battery clock in UTC: timedatectl set-local-rtc 0.')
  if (synchronised === false) return warning('clock', found, 'Let the network keep the time: timedatectl set-ntp true.')
  return fine('clock', found)
}

/** The runtime's own tables, asked nowhere else: they are what is compared here. */
const runtimeOffset = (zone: string, instant: Date): number => {
  const named = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(named ?? '') ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
}

const timedatectl = (): Promise<string> =>
  new Promise((resolve) => {
    // The passphrase of the register may be in this environment: the program gets what it needs.
    const env = { PATH: process.env['PATH'], LC_ALL: 'C' }
    execFile('timedatectl', ['show'], { timeout: 3_000, env }, (cause, stdout) => {
      resolve(cause === null ? stdout : '')
    })
  })
