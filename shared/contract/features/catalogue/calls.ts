import { z } from 'zod'
import { procedure } from '../../../domain/request/procedure.ts'
import { call } from '../../call.ts'
import { line } from '../../../text/shapes.ts'

/** What a line of a list says of a sheet; the sheet itself is asked for when it is picked. */
export const procedureEntry = procedure
  .pick({ code: true, version: true, title: true, category: true, delay: true })
  .extend({
    fee: procedure.shape.fee.pick({ centimes: true }),
  })
export type ProcedureEntry = z.infer<typeof procedureEntry>

/** The most entries of one answer: there are thousands of sheets. */
export const mostEntries = 200

/** The procedures that are offered. */
export const calls = {
  /**
   * Sheets by the beginnings of their words, in any of their languages, or of their code; best first. Without words all
   * of them, those that this counter used last before the others.
   */
  'catalogue.search': call(
    'signedIn',
    z.strictObject({
      words: line(200),
      limit: z.int().min(1).max(mostEntries),
      /** So many are known already. */
      skip: z.int().nonnegative().exactOptional(),
    }),
    z.strictObject({ entries: z.array(procedureEntry).max(mostEntries), total: z.int().nonnegative() }),
  ),
  /**
   * One whole sheet: of that version if it may be used, else the one that is offered. Fault: procedure.unknown, also when
   * it was withdrawn.
   */
  'catalogue.sheet': call(
    'signedIn',
    z.strictObject({
      code: procedure.shape.code.max(200),
      version: procedure.shape.version.max(40).exactOptional(),
    }),
    procedure,
  ),
} as const

export const events = {} as const
