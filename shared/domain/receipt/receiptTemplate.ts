import { z } from 'zod'
import { typedReason } from '../identity/identity.ts'

/** Words in both languages of the paper whose `{places}` are known ones. */
function words(...places: readonly string[]) {
  const text = z
    .string()
    .min(1)
    .refine((value) => [...value.matchAll(/\{(\w+)\}/gu)].every((match) => places.includes(match[1] ?? '')), {
      error: `only these places: ${places.map((place) => `{${place}}`).join(' ')}`,
    })
  return z.strictObject({ fr: text, ar: text })
}

const noun = z.strictObject({
  fr: z.strictObject({ one: z.string().min(1), other: z.string().min(1) }),
  ar: z.strictObject({
    one: z.string().min(1),
    two: z.string().min(1),
    few: z.string().min(1),
    many: z.string().min(1),
    other: z.string().min(1),
  }),
})

/**
 * The wording of the deposit receipt (`resources/templates/receipt.json`): law is data, so every legal sentence is
 * here,
 * versioned and with its source, and none is in the program.
 */
export const receiptTemplate = z.strictObject({
  version: z.string().regex(/^\d{4}\.\d+$/),
  source: z.string().min(1),
  title: z.strictObject({ complete: words(), incomplete: words(), corrected: words(), correctedIncomplete: words() }),
  number: z.strictObject({ label: words(), pending: words() }),
  labels: z.strictObject({
    depositedAt: words(),
    correction: words(),
    citizen: words(),
    identity: words(),
    capacity: words(),
    procedure: words(),
    fee: words(),
    agent: words(),
    lastDay: words(),
  }),
  legalTime: words('offset'),
  correction: z.strictObject({ replaces: words('day', 'time'), made: words('rank', 'day', 'time') }),
  identity: z.strictObject({ card: words(), typed: words('reason'), reasons: z.record(typedReason, words()) }),
  capacity: z.strictObject({ self: words(), representative: words('name') }),
  procedure: z.strictObject({ reference: words('code', 'version') }),
  fee: z.strictObject({ none: words(), stamp: words('number') }),
  pieces: z.strictObject({ received: words('count'), obtained: words('count'), missing: words('count') }),
  delay: z.strictObject({ calendar: noun, working: noun }),
  outcome: z.strictObject({
    decision: words('delay', 'lastDay'),
    silence: z.strictObject({ approval: words(), appeal: words() }),
    completion: words('delay', 'lastDay'),
    onlyOnce: words(),
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
