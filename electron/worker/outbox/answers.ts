import type { z } from 'zod'
import { problem } from '#shared/contract/platform.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf, type Fault, type FaultCode } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { PlatformAnswer } from './ports.ts'

/** The platform's codes of what concerns this device, each with a sentence of its own. */
const ofDevice: Readonly<Record<string, FaultCode>> = {
  'device-unknown': 'device.notEnrolled',
  'device-pending': 'device.pending',
  'device-revoked': 'device.revoked',
  'code-refused': 'device.codeRefused',
  'code-expired': 'device.codeRefused',
  'code-used': 'device.codeRefused',
  'counter-taken': 'device.counterTaken',
}

/** Reads the body of an answer. Fault: platform.garbage, with the path of what is wrong. */
export function parseAnswer<S extends z.ZodType>(body: string, shape: S): Result<z.output<S>> {
  const read = readJson(body)
  if (read === undefined) return err(faultOf('platform.garbage', 'not JSON'))
  const parsed = shape.safeParse(read)
  return parsed.success
    ? ok(parsed.data)
    : err(faultOf('platform.garbage', parsed.error.issues[0]?.path.join('.') ?? 'shape'))
}

/** What a status other than success means to us; only the platform's stable code is kept of its words. */
export function refusal({ status, body, retryAfterMs }: PlatformAnswer): Fault {
  const said = problem.safeParse(readJson(body))
  const detail = said.success ? `${String(status)} ${said.data.code.slice(0, 60)}` : String(status)
  const values = { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
  const own =
    said.success && status >= 400 && status < 500 && Object.hasOwn(ofDevice, said.data.code)
      ? ofDevice[said.data.code]
      : undefined
  if (own !== undefined) return faultOf(own, detail, values)
  if (status === 426 && said.success && said.data.code === 'version-too-old')
    return faultOf('platform.versionTooOld', detail, {
      ...values,
      ...(said.data.least === undefined ? {} : { least: said.data.least }),
    })
  // A refusal that is not in the platform's words says nothing of this device: a gate on the way has its own.
  if (status === 401 || (status === 403 && said.success)) return faultOf('platform.unauthorised', detail, values)
  if (status === 429 || status === 503) return faultOf('platform.busy', detail, values)
  if (status < 400) return faultOf('platform.garbage', detail, values)
  return faultOf('platform.failed', detail, values)
}
