import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { letterRegisters } from '#shared/domain/mail/letter.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'

/** Tables that leave and come in: what is of no account in a demonstration is said, and nothing is kept. */
export const demoTables = {
  'mail.export': ({ format }) =>
    ok({ bytes: new TextEncoder().encode('Numéro\r\n'), name: `courrier.${format}`, lines: 0 }),
  'mail.statistics': ({ from, to }) =>
    ok({
      from,
      to,
      registers: letterRegisters.map((register) => ({ register, count: 0, cancelled: 0 })),
      months: [],
      services: [],
      kinds: [],
      answered: 0,
      overdue: 0,
    }),
  'mail.import': ({ lines }) => ok({ taken: lines.length, doubles: [] }),
  'mail.undoImport': () => err(faultOf('letter.nothingToUndo')),
  'mail.fileAdded': () => err(faultOf('attachment.unknown')),
} satisfies Partial<Handlers<Calls>>
