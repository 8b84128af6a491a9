import type { Kit } from './client.ts'

/** One thing that every platform must do. It throws a `Deviation` when it does not hold. */
export interface Rule {
  readonly id: string
  readonly says: string
  /** Needs the operator of the platform: without one it is not examined. */
  readonly operator?: true
  readonly run: (kit: Kit) => Promise<void>
}
