import type { Kit } from './client.ts'
import { accessRules } from './accessRules.ts'
import { commandRules } from './commandRules.ts'
import { feedRules } from './feedRules.ts'
import { onceRules } from './onceRules.ts'
import { repairRules } from './repairRules.ts'

/** One thing that every platform must do. It throws a `Deviation` when it does not hold. */
export interface Rule {
  readonly id: string
  readonly says: string
  run(kit: Kit): Promise<void>
}

/** The kit's rules, in the order in which they are best put right. */
export const rules: readonly Rule[] = [...accessRules, ...commandRules, ...onceRules, ...repairRules, ...feedRules]
