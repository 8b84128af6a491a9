import type { Fault } from '#shared/fault.ts'

/** What is wrong or right with one part of this machine. */
export interface Finding {
  readonly part: string
  readonly verdict: 'ok' | 'warning' | 'fault'
  readonly found: string
  /** What to do about it; absent when all is well. */
  readonly remedy?: string
}

/** All is well. */
export const fine = (part: string, found: string): Finding => ({ part, verdict: 'ok', found })

/** The counter works, but not with everything. */
export const warning = (part: string, found: string, remedy: string): Finding => ({
  part,
  verdict: 'warning',
  found,
  remedy,
})

/** This part is not as it may be. */
export const wrong = (part: string, found: string, remedy: string): Finding => ({
  part,
  verdict: 'fault',
  found,
  remedy,
})

/** This part does not work. */
export const trouble = (part: string, fault: Fault, remedy: string): Finding => ({
  part,
  verdict: 'fault',
  found: `${fault.code}${fault.detail === undefined ? '' : ` (${fault.detail})`}`,
  remedy,
})
