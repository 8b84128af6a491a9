import type { Rule } from './rule.ts'
import { accessRules } from './accessRules.ts'
import { complementRules } from './complementRules.ts'
import { deviceRules } from './deviceRules.ts'
import { proofRules } from './proofRules.ts'
import { commandRules } from './commandRules.ts'
import { feedRules } from './feedRules.ts'
import { fileRules } from './fileRules.ts'
import { headRules } from './headRules.ts'
import { mailRules } from './mailRules.ts'
import { onceRules } from './onceRules.ts'
import { personRules } from './personRules.ts'
import { repairRules } from './repairRules.ts'
import { signatureRules } from './signatureRules.ts'
import { versionRules } from './versionRules.ts'

/** The kit's rules, in the order in which they are best put right. */
export const rules: readonly Rule[] = [
  ...accessRules,
  ...proofRules,
  ...signatureRules,
  ...deviceRules,
  ...commandRules,
  ...onceRules,
  ...repairRules,
  ...complementRules,
  ...mailRules,
  ...personRules,
  ...headRules,
  ...fileRules,
  ...feedRules,
  ...versionRules,
]
