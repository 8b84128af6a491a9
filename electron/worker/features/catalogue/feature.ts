import type { calls } from '#shared/contract/features/catalogue/calls.ts'
import { ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { currentProcedures } from '../../core/rows/procedures.ts'

/** The procedures that are offered. */
export const catalogue: Feature<typeof calls> = {
  calls: ({ context }) => ({
    'catalogue.list': () => ok({ procedures: [...currentProcedures(context.store.db)] }),
  }),
}
