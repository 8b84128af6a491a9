import type { calls } from '#shared/contract/features/catalogue/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { findProcedure, offeredProcedure } from '../../core/rows/procedures.ts'
import { searchProcedures } from './rows/searchProcedures.ts'

/** The procedures that are offered. */
export const catalogue: Feature<typeof calls> = {
  calls: ({ context: { store } }) => ({
    'catalogue.search': (question) => ok(searchProcedures(store.db, question)),
    'catalogue.sheet': ({ code, version }) => {
      const sheet = version === undefined ? offeredProcedure(store.db, code) : findProcedure(store.db, code, version)
      return sheet === undefined ? err(faultOf('procedure.unknown', code)) : ok(sheet)
    },
  }),
}
