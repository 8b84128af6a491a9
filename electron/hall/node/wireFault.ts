import { z } from 'zod'
import { faults, type FaultCode } from '#shared/fault.ts'

const isCode = (code: string): code is FaultCode => code in faults

/** A fault as it travels; of a code that only a later version has, this one knows no more than that it is older. */
export const wireFault = z.strictObject({
  code: z.string().refine(isCode).catch('hall.older'),
  detail: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
