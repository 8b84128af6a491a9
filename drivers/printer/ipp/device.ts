import type { PaperOutcome } from '#shared/ports/printer.ts'
import { groupsOf, integerOf, textOf } from './attributes.ts'
import { groupTag } from './message.ts'
import { getEndedJobs } from './requests.ts'
import { parseIppServer, type IppServer } from './server.ts'
import { readOutcome } from './states.ts'
import { exchangeIpp } from './transport.ts'

/**
 * Asks the printer behind a CUPS queue whether it really completed a job that CUPS calls completed: when CUPS's ipp
 * backend sees a job aborted before its own monitor does, it ends without an error, and the paper counts as printed
 * (seen in about one of twelve aborted jobs with CUPS 2.4.2). Gives the printer's outcome where it contradicts, and
 * nothing where it agrees, cannot be asked (only `ipp:` devices are), or no longer remembers.
 */
export async function askDevice(
  server: IppServer,
  deviceUri: string,
  jobName: string,
): Promise<PaperOutcome | undefined> {
  const device = deviceUri.startsWith('ipp:') ? parseIppServer(deviceUri) : undefined
  if (device === undefined || jobName === '' || !mayName(server, device)) return undefined
  const answer = await exchangeIpp(device, { path: device.path, message: getEndedJobs(1, device.uri) })
  if (!answer.ok) return undefined
  const named = groupsOf(answer.value, groupTag.job).filter((job) => textOf(job, 'job-name') === jobName)
  const [latest] = named.sort((a, b) => (integerOf(b, 'job-id') ?? 0) - (integerOf(a, 'job-id') ?? 0))
  const outcome = latest === undefined ? undefined : readOutcome(latest, undefined)
  return outcome?.state === 'failed' ? outcome : undefined
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

/**
 * Whether a server may send us to an address. The queues of this machine are set up by its administrator; a server
 * elsewhere that names any other host would have us knock at doors in its place, our own included.
 */
export function mayName({ connect }: IppServer, device: IppServer): boolean {
  if ('socketPath' in connect || isLoopback(connect.host)) return true
  return 'host' in device.connect && device.connect.host === connect.host
}
