import type { Fault, FaultCode } from '#shared/fault.ts'

/** Why a register may refuse acts and take them again in the same process: everything but damage. */
export type EndingReason = Exclude<FaultCode, 'register.corrupt'>

/** Why acts are refused: any number of reasons at once, each with its own end. */
export interface ReadOnlyReasons {
  /** One more reason; the first fault of a code is the one that is told. */
  add(fault: Fault): void
  end(codes: readonly EndingReason[]): void
  /** The gravest reason, nothing when acts are taken. */
  first(): Fault | undefined
}

/** What is told first when several stand: damage, then what is missing, then who may not send. */
const gravest: readonly FaultCode[] = ['register.corrupt', 'journal.contradicted', 'register.quarantined']

/** No reason yet. */
export function createReadOnlyReasons(): ReadOnlyReasons {
  const standing = new Map<FaultCode, Fault>()
  return {
    add: (fault) => {
      if (!standing.has(fault.code)) standing.set(fault.code, fault)
    },
    end: (codes) => {
      for (const code of codes) standing.delete(code)
    },
    first: () => {
      const code = gravest.find((one) => standing.has(one))
      return code === undefined ? [...standing.values()][0] : standing.get(code)
    },
  }
}
