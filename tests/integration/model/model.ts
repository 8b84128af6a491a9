import type { RepairKind } from '#shared/contract/act.ts'
import { parseRegisterNumber } from '#shared/domain/registerNumber.ts'

/**
 * What must hold, in a few lines of memory: every act that somebody heard of, and what the platform has to say of it.
 */
export interface KnownAct {
  readonly id: string
  readonly number: string
  /** Absent for a deposit. */
  readonly repairs?: { readonly kind: RepairKind; readonly act: string }
  readonly expected: 'applied' | 'rejected'
}

export interface Model {
  readonly known: ReadonlyMap<string, KnownAct>
  /** `taken`: the platform gave this number to somebody else. */
  deposited(id: string, number: string, taken: boolean): void
  repaired(id: string, kind: RepairKind, act: KnownAct): void
  /** The platform took the other holder of a number away. */
  freed(number: string): void
  /** An older register was put in place: acts that nobody holds any more are lost, their numbers stay given. */
  lost(held: ReadonlySet<string>): void
  /** What is wrong with the numbers that were ever given: one twice, or a hole. */
  flaws(): readonly string[]
}

export function createModel(): Model {
  const known = new Map<string, KnownAct>()
  const given: string[] = []
  const taken = new Set<string>()
  return {
    known,
    deposited: (id, number, isTaken) => {
      given.push(number)
      if (isTaken) taken.add(number)
      known.set(id, { id, number, expected: isTaken ? 'rejected' : 'applied' })
    },
    repaired: (id, kind, act) => {
      const expected = kind === 'cancelled' || !taken.has(act.number) ? 'applied' : 'rejected'
      known.set(id, { id, number: act.number, repairs: { kind, act: act.id }, expected })
    },
    freed: (number) => {
      taken.delete(number)
    },
    lost: (held) => {
      for (const id of [...known.keys()]) if (!held.has(id)) known.delete(id)
    },
    flaws: () => {
      const wrong = given.filter((number, at) => given.indexOf(number) !== at).map((number) => `${number} given twice`)
      const series = new Map<string, number[]>()
      for (const number of given) {
        const { rank, register, series: opened } = parseRegisterNumber(number) ?? {}
        if (rank === undefined) wrong.push(`${number} is no number`)
        else {
          const of = `${register ?? ''} S${opened ?? 0}`
          series.set(of, [...(series.get(of) ?? []), rank])
        }
      }
      for (const [suffix, numbers] of series) {
        numbers.forEach((one, at) => {
          if (at > 0 && one !== (numbers[at - 1] ?? 0) + 1) wrong.push(`hole before ${String(one)} ${suffix}`)
        })
      }
      return wrong
    },
  }
}
