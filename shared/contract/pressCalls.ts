import { z } from 'zod'
import { ticketFacts } from '../domain/hall/ticketPaper.ts'
import { letterReading, letterToRead } from '../domain/mail/proposal/reading.ts'
import { separator } from '../domain/mail/separator.ts'
import { splitView } from '../domain/mail/stackRules.ts'
import { sha256Hex } from '../ids.ts'
import {
  codePage,
  labelSheet,
  modelOrder,
  pagePicture,
  readTable,
  stampCorner,
  stampFacts,
} from '../ports/mailPress.ts'
import { duplicataFacts } from '../ports/press.ts'
import { rollDots, ticketRaster } from '../ports/ticketPrinter.ts'

const bytes = z.instanceof(Uint8Array)
const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output }) as const

/** Calls from the worker to the press; the same verbs as the port in `shared/ports/press.ts`. */
export const pressCalls = {
  /** The facts are parsed by the press, as those of their kind. */
  'press.make': call(
    z.strictObject({ kind: z.string().max(40), facts: z.unknown(), seal: z.string().max(4_000).optional() }),
    z.strictObject({ pdf: bytes, template: z.string() }),
  ),
  'press.propose': call(letterToRead, letterReading),
  'press.duplicata': call(z.strictObject({ pdf: bytes, mark: duplicataFacts }), z.strictObject({ pdf: bytes })),
  'press.ticket': call(z.strictObject({ facts: ticketFacts, dots: rollDots }), ticketRaster),
  'press.separators': call(
    z.strictObject({ sheets: z.array(separator).min(1).max(500) }),
    z.strictObject({ pdf: bytes }),
  ),
  'press.labels': call(labelSheet, z.strictObject({ pdf: bytes })),
  'press.split': call(z.strictObject({ stack: bytes, office: z.string().max(20).exactOptional() }), splitView),
  'press.cut': call(
    z.strictObject({ stack: bytes, pages: z.array(z.int().positive()).min(1).max(2_000) }),
    z.strictObject({ pdf: bytes }),
  ),
  'press.bind': call(z.strictObject({ pages: z.array(bytes).min(1).max(2_000) }), z.strictObject({ pdf: bytes })),
  'press.picture': call(z.strictObject({ file: bytes, page: z.int().positive() }), pagePicture),
  'press.table': call(z.strictObject({ file: bytes, page: codePage.exactOptional() }), readTable),
  'press.fillModel': call(modelOrder, z.strictObject({ filled: bytes })),
  'press.stamp': call(
    z.strictObject({ pdf: bytes, facts: stampFacts }),
    z.strictObject({
      pdf: bytes,
      page: z.int().positive(),
      corner: stampCorner,
      incremental: z.boolean(),
      originalSha256: sha256Hex,
    }),
  ),
} as const
export type PressCalls = typeof pressCalls

/** The press tells nothing by itself. */
export const pressEvents = {} as const
export type PressEvents = typeof pressEvents
