import { z } from 'zod'
import { typedReason } from '../identity/identity.ts'
import { noun, paperTemplate, phrase as words } from '../papers/template.ts'

/**
 * The wording of the deposit receipt (`receipt.json`): law is data, so every legal sentence is
 * here,
 * versioned and with its source, and none is in the program.
 */
export const receiptTemplate = paperTemplate({
  title: z.strictObject({
    complete: words(),
    incomplete: words(),
    corrected: words(),
    correctedIncomplete: words(),
    complement: words(),
    complementIncomplete: words(),
  }),
  number: z.strictObject({ label: words(), pending: words() }),
  labels: z.strictObject({
    depositedAt: words(),
    correction: words(),
    complement: words(),
    citizen: words(),
    identity: words(),
    capacity: words(),
    procedure: words(),
    fee: words(),
    agent: words(),
    answerBy: words(),
    piecesBy: words(),
    complementEnd: words(),
  }),
  legalTime: words('offset'),
  correction: z.strictObject({ replaces: words('day', 'time'), made: words('rank', 'day', 'time') }),
  complement: z.strictObject({ completes: words('day', 'time'), received: words('day', 'time') }),
  identity: z.strictObject({ card: words(), typed: words('reason'), reasons: z.record(typedReason, words()) }),
  capacity: z.strictObject({ self: words(), representative: words('name') }),
  procedure: z.strictObject({ reference: words('code', 'version') }),
  fee: z.strictObject({ none: words(), stamp: words('number') }),
  pieces: z.strictObject({
    received: words('count'),
    added: words('count'),
    obtained: words('count'),
    missing: words('count'),
  }),
  delay: z.strictObject({ calendar: noun, working: noun }),
  outcome: z.strictObject({
    decision: words('delay', 'lastDay'),
    silence: z.strictObject({ approval: words(), appeal: words() }),
    completed: words('day'),
    completion: words('delay', 'lastDay'),
    onlyOnce: words(),
    stillIncomplete: words(),
    appeal: words('authority', 'delay'),
  }),
  stamp: z.strictObject({ counter: words('counter') }),
  verification: words(),
  notice: words(),
  specimen: words(),
  duplicata: z.strictObject({ mark: words('copy'), line: words('day', 'time', 'by'), reason: words() }),
  page: words('page', 'pages'),
})
export type ReceiptTemplate = z.infer<typeof receiptTemplate>
