import { z } from 'zod'
import { faults, type FaultCode } from '#shared/fault.ts'

const isCode = (code: string): code is FaultCode => code in faults

/** A fault as it travels: its code is one that this version knows. */
export const wireFault = z.strictObject({
  code: z.string().refine(isCode),
  detail: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
