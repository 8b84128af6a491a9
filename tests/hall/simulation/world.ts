import { HallNode, type Moment } from '#electron/hall/node/hallNode.ts'
import type { Message } from '#electron/hall/node/message.ts'
import { Contradicted, mayGoFirst, type Effects, type NodeOffice, type Reply } from '#electron/hall/node/nodeState.ts'
import type { DiskRecord } from '#electron/hall/node/record.ts'
import type { Random } from './random.ts'

/** What broke. The simulation ends there; its seed tells where. */
export class Violation extends Error {}

/** How bad the network and the machines of a day are. */
export interface Weather {
  readonly loss: number
  readonly duplicate: number
  /** Longest usual delay, and how often something is much later, in milliseconds. */
  readonly delay: number
  readonly straggle: number
  readonly sync: number
}

interface Machine {
  readonly name: string
  node: HallNode | undefined
  disk: DiskRecord[]
  /** A disk that says that something is on it which is not. */
  lies: boolean
  /** What is being synced, with what waits for it. */
  pending: Effects | undefined
  readonly queue: ((node: HallNode) => void)[]
  /** Lives of this machine: a message to an earlier one is nobody's. */
  life: number
  clock: number
  checked: number
}

interface Due {
  readonly at: number
  readonly order: number
  readonly act: () => void
}

/** An office of machines, a network and a clock, all of one seed. */
export class World {
  now = 0
  weather: Weather = { loss: 0, duplicate: 0, delay: 3, straggle: 0, sync: 4 }
  readonly machines = new Map<string, Machine>()
  /** Machines of different groups do not hear each other. */
  readonly groups = new Map<string, number>()
  /** `a>b`: what a says to b is lost; what b says is heard. */
  readonly deaf = new Set<string>()
  /** Machines whose power goes at their next sync, with everything on disk and nothing said. */
  readonly fragile = new Set<string>()
  /** What was committed, by anybody, under each number: one history. */
  readonly committed = new Map<number, string>()
  readonly #due: Due[] = []
  readonly #random: Random
  readonly #office: (me: string) => NodeOffice
  readonly #onReply: (reply: Reply) => void
  #order = 0

  constructor(
    random: Random,
    stations: readonly string[],
    office: (me: string) => NodeOffice,
    onReply: (reply: Reply) => void,
  ) {
    this.#random = random
    this.#office = office
    this.#onReply = onReply
    for (const name of stations) {
      this.groups.set(name, 0)
      this.machines.set(name, {
        name,
        node: undefined,
        disk: [],
        lies: false,
        pending: undefined,
        queue: [],
        life: 0,
        clock: 0,
        checked: 0,
      })
    }
  }

  /** At a moment to come. */
  later(ms: number, act: () => void): void {
    this.#order += 1
    push(this.#due, { at: this.now + ms, order: this.#order, act })
  }

  /** Lives on until a moment, or until nothing is due any more. */
  run(until: number): void {
    for (let next = this.#due[0]; next !== undefined && next.at <= until; next = this.#due[0]) {
      pop(this.#due)
      this.now = next.at
      next.act()
    }
    this.now = until
  }

  start(name: string): void {
    const machine = this.machine(name)
    if (machine.node !== undefined) return
    machine.life += 1
    machine.checked = 0
    machine.node = guarded(() => new HallNode(this.#office(name), machine.disk, this.#moment(machine)))
    this.#check(machine)
    this.#tick(machine, machine.life)
  }

  /** Power is cut: of what was not synced, the disk keeps what it likes. */
  crash(name: string): void {
    const machine = this.machine(name)
    const { records } = machine.pending ?? { records: [] }
    machine.disk.push(...records.slice(0, this.#random.int(0, records.length)))
    if (machine.lies) machine.disk.splice(Math.max(0, machine.disk.length - this.#random.int(0, 3)))
    machine.node = undefined
    machine.pending = undefined
    machine.queue.length = 0
    machine.life += 1
    for (const other of this.machines.values())
      if (other.name !== name)
        this.#input(other, (node) => {
          node.lost(this.#moment(other), name)
        })
  }

  /** Something a person does at a machine; nothing when it is off. */
  at(name: string, act: (node: HallNode, moment: Moment) => void): boolean {
    const machine = this.machine(name)
    if (machine.node === undefined) return false
    this.#input(machine, (node) => {
      act(node, this.#moment(machine))
    })
    return true
  }

  #cutPower(machine: Machine): void {
    this.crash(machine.name)
    this.later(this.#random.int(500, 6_000), () => {
      this.start(machine.name)
    })
  }

  machine(name: string): Machine {
    const machine = this.machines.get(name)
    if (machine === undefined) throw new RangeError(name)
    return machine
  }

  #moment({ clock }: Machine): Moment {
    return { now: this.now, civil: dayBegins + this.now + clock }
  }

  #tick(machine: Machine, life: number): void {
    if (machine.life !== life) return
    this.#input(machine, (node) => {
      node.tick(this.#moment(machine))
    })
    this.later(100, () => {
      this.#tick(machine, life)
    })
  }

  #input(machine: Machine, act: (node: HallNode) => void): void {
    if (machine.node === undefined) return
    machine.queue.push(act)
    this.#go(machine)
  }

  /** As the real station: one sync at a time, and what comes meanwhile waits. */
  #go(machine: Machine): void {
    const { node } = machine
    if (node === undefined || machine.pending !== undefined || machine.queue.length === 0) return
    const acts = machine.queue.splice(0)
    const effects = guarded(() => {
      for (const act of acts) act(node)
      return node.settle()
    })
    if (effects.records.length === 0) {
      this.#emit(machine, effects)
      return
    }
    machine.pending = effects
    const { office } = node.state
    for (const { to, message } of effects.sends) if (mayGoFirst(office, message)) this.#carry(machine.name, to, message)
    const { life } = machine
    this.later(this.#random.next() * this.weather.sync, () => {
      if (machine.life !== life) return
      machine.pending = undefined
      machine.disk.push(...effects.records)
      if (this.fragile.delete(machine.name)) return this.#cutPower(machine)
      this.#emit(machine, { ...effects, sends: effects.sends.filter(({ message }) => !mayGoFirst(office, message)) })
      this.#go(machine)
    })
  }

  #emit(machine: Machine, { sends, replies }: Effects): void {
    this.#check(machine)
    for (const { to, message } of sends) {
      this.#carry(machine.name, to, message)
      if (this.#random.chance(this.weather.duplicate)) this.#carry(machine.name, to, message)
    }
    for (const reply of replies) this.#onReply(reply)
  }

  #carry(from: string, to: string, message: Message): void {
    if (this.#random.chance(this.weather.loss)) return
    const target = this.machine(to)
    const { life } = target
    const late = this.#random.chance(this.weather.straggle) ? this.#random.int(100, 3_000) : 0
    this.later(this.#random.next() * this.weather.delay + late, () => {
      if (target.life !== life || this.groups.get(from) !== this.groups.get(to) || this.deaf.has(`${from}>${to}`))
        return
      this.#input(target, (node) => {
        node.receive(this.#moment(target), from, message)
      })
    })
  }

  /** Whatever one station takes as committed is the same everywhere, for ever. */
  #check(machine: Machine): void {
    const state = machine.node?.state
    if (state === undefined) return
    for (let seq = machine.checked + 1; seq <= state.commit; seq += 1) {
      const hash = state.log.hashAt(seq) ?? ''
      const known = this.committed.get(seq)
      if (known !== undefined && known !== hash)
        throw new Violation(`entry ${String(seq)} was committed twice, differently (${machine.name})`)
      this.committed.set(seq, hash)
    }
    machine.checked = state.commit
  }
}

/** 1 December 2026, 09:00 in Casablanca, a Tuesday. */
export const dayBegins = Date.parse('2026-12-01T09:00:00Z')

const guarded = <T>(act: () => T): T => {
  try {
    return act()
  } catch (cause) {
    if (cause instanceof Contradicted) throw new Violation(cause.message)
    throw cause
  }
}

const before = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

const push = (heap: Due[], one: Due): void => {
  let index = heap.push(one) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent]
    if (above === undefined || !before(one, above)) break
    heap[index] = above
    index = parent
  }
  heap[index] = one
}

const pop = (heap: Due[]): void => {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    const [left, right] = [heap[child], heap[child + 1]]
    if (left === undefined) break
    let next = left
    if (right !== undefined && before(right, left)) {
      child += 1
      next = right
    }
    if (!before(next, last)) break
    heap[index] = next
    index = child
  }
  heap[index] = last
}
