import type { Kit } from './client.ts'
import { accessRules } from './accessRules.ts'
import { deviceRules } from './deviceRules.ts'
import { proofRules } from './proofRules.ts'
import { commandRules } from './commandRules.ts'
import { feedRules } from './feedRules.ts'
import { fileRules } from './fileRules.ts'
import { headRules } from './headRules.ts'
import { onceRules } from './onceRules.ts'
import { personRules } from './personRules.ts'
import { repairRules } from './repairRules.ts'

/** One thing that every platform must do. It throws a `Deviation` when it does not hold. */
export interface Rule {
  readonly id: string
  readonly says: string
  /** Needs the operator of the platform: without one it is not examined. */
  readonly operator?: true
  readonly run: (kit: Kit) => Promise<void>
}

/** The kit's rules, in the order in which they are best put right. */
export const rules: readonly Rule[] = [
  ...accessRules,
  ...proofRules,
  ...deviceRules,
  ...commandRules,
  ...onceRules,
  ...repairRules,
  ...personRules,
  ...headRules,
  ...fileRules,
  ...feedRules,
]
