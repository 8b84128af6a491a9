import { platformPaths, timeAnswer } from '#shared/contract/platform.ts'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import { createHttpTransport } from '#electron/worker/outbox/send.ts'
import { createWayOut } from '#electron/worker/outbox/wayOut.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { CommandContext } from './command.ts'
import { fine, trouble, warning, type Finding } from './finding.ts'
import { networkHere } from './networkHere.ts'
import { version } from './version.ts'

/** The platform's clock and ours may differ by this, in milliseconds. */
const tolerance = 60_000

const remedies: Partial<Readonly<Record<FaultCode, string>>> = {
  'platform.certificate':
    'Name the certificate authority of your network in the settings (caFile), and check the date of this machine.',
  'platform.proxy': 'Check the setting proxy, and what that server allows to this machine.',
}

/** Whether the platform answers, and whether both clocks agree. */
export async function examinePlatform(context: CommandContext): Promise<readonly Finding[]> {
  const { platformUrl, signal } = context
  const clock = systemClock.now()
  if (platformUrl === undefined) {
    return [
      warning('platform', 'none is configured: acts wait on this machine', 'Give --platform URL or GUICHET_PLATFORM.'),
      fine('clock', clock.toISOString()),
    ]
  }
  const remedy = `Look at the network and at ${platformUrl}; the counter goes on without it.`
  const wayOut = createWayOut({ network: networkHere(context), version: version() })
  const transport = createHttpTransport({ baseUrl: platformUrl, clock: systemClock, timeoutMs: 5_000, wayOut })
  const answer = await transport.ask({ method: 'GET', path: platformPaths.time, proof: 'none' }, signal)
  await wayOut.close()
  if (!answer.ok)
    return [
      trouble('platform', answer.fault, remedies[answer.fault.code] ?? remedy),
      fine('clock', clock.toISOString()),
    ]
  const now = timeOf(answer.value.body)
  if (now === undefined)
    return [
      trouble('platform', faultOf('platform.garbage', `status ${String(answer.value.status)}`), remedy),
      fine('clock', clock.toISOString()),
    ]
  const skew = systemClock.now().getTime() - now
  return [
    fine('platform', platformUrl),
    Math.abs(skew) <= tolerance
      ? fine('clock', `${clock.toISOString()}, as the platform's`)
      : warning(
          'clock',
          `${String(Math.round(skew / 1000))} s away from the platform's`,
          'Set the clock of this machine; acts are stamped with it.',
        ),
  ]
}

const timeOf = (body: string): number | undefined => {
  try {
    const parsed = timeAnswer.safeParse(JSON.parse(body))
    return parsed.success ? Date.parse(parsed.data.now) : undefined
  } catch {
    return undefined
  }
}
