import { z } from 'zod'
import { faults, type Fault, type FaultCode } from '../fault.ts'

const codes = Object.keys(faults) as [FaultCode, ...FaultCode[]]

/** Parses a fault that crossed a process boundary. */
export const faultSchema: z.ZodType<Fault> = z.strictObject({
  code: z.enum(codes),
  detail: z.string().exactOptional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
})
