import type { Inside } from '../../core/feature.ts'
import IntakeFrame from './IntakeFrame.vue'
import { useDepositEntries } from './useDepositEntries.ts'
import { useProcedureEntries } from './useProcedureEntries.ts'

export const inside: Inside = { frame: IntakeFrame, palette: () => [useDepositEntries(), useProcedureEntries()] }
