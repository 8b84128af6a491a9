import type { PaperOutcome } from '#shared/ports/printer.ts'
import { groupsOf, integerOf, textOf } from './attributes.ts'
import { groupTag } from './message.ts'
import { getEndedJobs } from './requests.ts'
import { parseIppServer } from './server.ts'
import { readOutcome } from './states.ts'
import { exchangeIpp } from './transport.ts'

/**
 * Asks the printer behind a CUPS queue whether it really completed a job that CUPS calls completed: when CUPS's ipp
 * backend sees a job aborted before its own monitor does, it ends without an error, and the paper counts as printed
 * (seen in about one of twelve aborted jobs with CUPS 2.4.2). Gives the printer's outcome where it contradicts, and
 * nothing where it agrees, cannot be asked (only `ipp:` devices are), or no longer remembers.
 */
export async function askDevice(deviceUri: string, jobName: string): Promise<PaperOutcome | undefined> {
  const device = deviceUri.startsWith('ipp:') ? parseIppServer(deviceUri) : undefined
  if (device === undefined || jobName === '') return undefined
  const answer = await exchangeIpp(device, { path: device.path, message: getEndedJobs(1, device.uri) })
  if (!answer.ok) return undefined
  const named = groupsOf(answer.value, groupTag.job).filter((job) => textOf(job, 'job-name') === jobName)
  const [latest] = named.sort((a, b) => (integerOf(b, 'job-id') ?? 0) - (integerOf(a, 'job-id') ?? 0))
  const outcome = latest === undefined ? undefined : readOutcome(latest, undefined)
  return outcome?.state === 'failed' ? outcome : undefined
}
