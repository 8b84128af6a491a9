import { z } from 'zod'
import { wireFault } from '../node/wireFault.ts'

/** How a station answers a command of its machine. */
export const localAnswer = z.union([
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), fault: wireFault }),
])
