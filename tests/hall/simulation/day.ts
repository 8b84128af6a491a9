import type { HallAnswer, HallCommand } from '#shared/domain/hall/command.ts'
import type { Result } from '#shared/result.ts'
import { check, type Asked } from './check.ts'
import { officeOf } from './office.ts'
import { Random } from './random.ts'
import { Violation, World } from './world.ts'

/** What a day was like, for the summary. */
export interface DaySummary {
  readonly stations: number
  readonly asked: number
  readonly answered: number
  readonly entries: number
  readonly epochs: number
  readonly islands: number
  readonly crashes: number
  readonly tails: number
}

/** How long a day lasts, in its own milliseconds. */
const length = 40_000

/**
 * Lives one day of an office: tickets, calls and appointments at every station; loss, delay, copies, cuts, crashes,
 * clocks that differ, take-overs, two at once, islands. Then everything heals, and what was promised is checked.
 * Throws a `Violation`.
 */
export function liveDay(seed: number): DaySummary {
  const random = new Random(seed)
  const count = random.chance(0.75) ? random.int(1, 5) : random.chance(0.8) ? random.int(6, 9) : random.int(10, 20)
  const silent = count > 3 && random.chance(0.4) ? random.int(1, count - 3) : 0
  const office = officeOf(count, silent)
  const { stations, voters } = office('station-1')
  const asked: Asked[] = []
  const waiting = new Map<number, (result: Result<HallAnswer>) => void>()
  const world = new World(random, stations, office, ({ token, result }) => {
    const then = waiting.get(token)
    waiting.delete(token)
    then?.(result)
  })
  let tokens = 0
  const token = (then: (result: Result<HallAnswer>) => void): number => {
    tokens += 1
    waiting.set(tokens, then)
    return tokens
  }
  let crashes = 0

  const takeOver = (
    station: string,
    how: { readonly open?: boolean; readonly forced?: boolean },
    then: (good: boolean) => void = () => undefined,
  ): void => {
    if (
      !world.at(station, (node, moment) => {
        node.takeOver(moment, {
          ...how,
          token: token(({ ok }) => {
            then(ok)
          }),
        })
      })
    )
      then(false)
  }
  const put = (station: string, one: Asked): void => {
    world.at(station, (node, moment) => {
      node.ask(
        moment,
        token((result) => {
          one.result = result
          // Who is not sure asks again, elsewhere too: the same command is one command.
          if (!result.ok && result.fault.code === 'hall.unanswered' && one.again > 0 && random.chance(0.6)) {
            one.again -= 1
            one.doubtful = true
            one.result = undefined
            world.later(random.int(10, 2_000), () => {
              put(random.pick(stations), one)
            })
          }
        }),
        one.id,
        one.command,
      )
    })
  }
  const act = (station = random.pick(stations)): void => {
    const one: Asked = {
      id: `command-${String(asked.length)}`,
      station,
      command: commandOf(random, asked),
      result: undefined,
      again: 2,
    }
    asked.push(one)
    put(station, one)
  }

  for (const station of stations) {
    world.machine(station).clock = random.chance(0.3) ? random.int(-120_000, 120_000) : random.int(-500, 500)
    world.start(station)
  }
  const openDay = (): void => {
    takeOver(random.pick(stations), { open: true }, (good) => {
      if (!good) world.later(1_000, openDay)
    })
  }
  openDay()
  for (let at = random.int(200, 800); at < length; at += random.int(100, 1_000))
    world.later(at, () => {
      act()
    })
  for (let at = 2_000; at < length - 4_000; at += random.int(1_000, 9_000))
    world.later(at, () => {
      disturb()
    })

  const disturb = (): void => {
    const kind = random.int(0, 14)
    const station = random.pick(stations)
    if (kind <= 2) {
      const parts = random.int(2, 3)
      for (const one of stations) world.groups.set(one, random.int(1, parts))
      if (random.chance(0.5)) takeOver(station, { forced: true })
      if (random.chance(0.5)) takeOver(random.pick(stations), {})
      world.later(random.int(500, 9_000), heal)
    } else if (kind <= 4) {
      if (world.machine(station).node !== undefined) crashes += 1
      world.crash(station)
      world.later(random.int(100, 6_000), () => {
        world.start(station)
      })
    } else if (kind === 5) {
      for (const one of stations) if (world.machine(one).node?.state.serving !== undefined) world.fragile.add(one)
      world.later(random.int(100, 2_000), () => {
        takeOver(station, {})
      })
    } else if (kind === 6) {
      world.weather = {
        loss: random.next() * 0.3,
        duplicate: random.next() * 0.3,
        delay: random.int(1, 200),
        straggle: random.next() * 0.1,
        sync: random.int(1, 60),
      }
      world.later(random.int(1_000, 6_000), calm)
    } else if (kind === 7) takeOver(station, { forced: true })
    else if (kind === 8) {
      for (let link = 0; link < stations.length; link += 1)
        world.deaf.add(`${random.pick(stations)}>${random.pick(stations)}`)
      world.later(random.int(500, 6_000), heal)
    } else if (kind >= 13) forgetful(station)
    else {
      takeOver(station, {})
      if (kind >= 11)
        world.later(random.int(0, 60), () => {
          takeOver(random.pick(stations), {})
        })
    }
  }
  /** A voter loses its power just after its promise, and the old server hears nothing of the new one. */
  const forgetful = (candidate: string): void => {
    const old = stations.find((one) => world.machine(one).node?.state.serving !== undefined)
    if (old === undefined || old === candidate) return
    world.deaf.add(`${candidate}>${old}`)
    takeOver(candidate, {})
    world.later(random.int(4, 16), () => {
      for (const one of stations)
        if (one !== old && one !== candidate && random.chance(0.6)) {
          world.crash(one)
          world.later(random.int(5, 60), () => {
            world.start(one)
          })
        }
    })
    for (const at of [40, 90, 150, 230])
      world.later(at, () => {
        act(old)
      })
    world.later(1_500, heal)
  }
  const heal = (): void => {
    for (const station of stations) world.groups.set(station, 0)
    world.deaf.clear()
  }
  const calm = (): void => {
    world.weather = { loss: 0, duplicate: 0, delay: 3, straggle: 0, sync: 4 }
  }

  world.run(length)
  heal()
  calm()
  world.fragile.clear()
  for (const station of stations) world.start(station)
  world.run(length + 4_000)
  let good = false
  const last = random.pick(voters)
  for (let tries = 0; tries < 5 && !good; tries += 1) {
    takeOver(last, { open: true }, (done) => {
      good = done
    })
    world.run(world.now + 7_000)
  }
  if (!good) throw new Violation('nobody could take over when everything was well again')
  world.run(world.now + 6_000)
  const found = check(world, stations, asked)
  return {
    stations: count,
    asked: asked.length,
    answered: asked.filter(({ result }) => result?.ok === true).length,
    crashes,
    ...found,
  }
}

const counters = [1, 2, 3, 4]

function commandOf(random: Random, asked: readonly Asked[]): HallCommand {
  const kind = random.int(0, 26)
  const service = random.pick(['A', 'B'])
  const counter = random.pick(counters)
  if (kind <= 7)
    return random.chance(0.3)
      ? { type: 'issue', service, priority: random.pick(['urgent', 'elderly', 'disabled', 'pregnant'] as const) }
      : { type: 'issue', service }
  if (kind <= 11) return random.chance(0.5) ? { type: 'call', counter, service } : { type: 'call', counter }
  const named = asked.findLast(
    ({ result }) => result?.ok === true && typeof result.value.ticket === 'string' && random.chance(0.4),
  )
  const ticket = named?.result?.ok === true ? (named.result.value.ticket ?? 'A001') : 'A001'
  if (kind === 26) return { type: 'file', ticket, id: '0198c0de-0000-7000-8000-000000000001' }
  if (kind >= 20) return houseCommandOf(random, ticket)
  if (kind === 12) return { type: 'recall', ticket, counter }
  if (kind === 13) return { type: 'park', ticket }
  if (kind === 14) return { type: 'missed', ticket }
  if (kind === 15) return { type: 'return', ticket }
  if (kind === 16)
    return random.chance(0.5) ? { type: 'transfer', ticket, service } : { type: 'transfer', ticket, counter }
  if (kind === 17) return { type: 'book', service, day: '2026-12-01', time: random.pick(['09:15', '09:20', '10:00']) }
  if (kind === 18)
    return random.chance(0.7)
      ? { type: 'checkIn', appointment: `R000${String(random.int(1, 5))}` }
      : { type: 'cancel', appointment: `R000${String(random.int(1, 5))}` }
  return { type: 'done', ticket }
}

/** What counters do beside calling: somebody signs on with one service, so that the order rule has to know it. */
function houseCommandOf(random: Random, ticket: string): HallCommand {
  const counter = random.pick(counters)
  const service = random.pick(['A', 'B'])
  switch (random.int(0, 9)) {
    case 0:
      return { type: 'signOn', counter, agent: 'Salma', services: random.chance(0.5) ? [service] : ['A', 'B'] }
    case 1:
      return { type: 'signOff', counter }
    case 2:
      return { type: 'away', counter, away: random.chance(0.5) }
    case 3:
      return { type: 'assign', counter, services: random.chance(0.3) ? [] : [service] }
    case 4:
      return { type: 'service', service, open: random.chance(0.8) }
    case 5:
      return random.chance(0.5)
        ? { type: 'message', from: 'Nadia', text: 'Deux guichets de plus' }
        : { type: 'alarm', counter, on: random.chance(0.5) }
    case 6:
    case 7:
      return { type: 'here', ticket }
    default:
      return { type: 'next', counter }
  }
}
