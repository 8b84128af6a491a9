import type { Inside } from '../../core/feature.ts'
import QueueLight from './queue/QueueLight.vue'
import IntakeFrame from './IntakeFrame.vue'
import { useDepositEntries } from './useDepositEntries.ts'
import { useProcedureEntries } from './useProcedureEntries.ts'

export const inside: Inside = {
  frame: IntakeFrame,
  strip: { order: 3, component: QueueLight },
  palette: () => [useDepositEntries(), useProcedureEntries()],
}
