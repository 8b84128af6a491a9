import type { CardSource } from '#shared/ports/cardSource.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { PluginEntry } from '#shared/ports/nationalCard.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { createCardSource } from '../source.ts'
import type { CardTransport } from '../transport.ts'
import type { Trust } from '../trust.ts'
import { connectCard } from './connection.ts'
import { startMonitor, type Monitor } from './monitor.ts'

export interface PcscOptions {
  readonly trust: Trust
  readonly clock: Pick<Clock, 'monotonic' | 'now'>
  /** Readers whose cards are not real: the virtual readers of a demonstration. None by default. */
  readonly simulated?: (reader: string) => boolean
  /** Reads only this kind of card. */
  readonly profile?: string
  /** Programs of national cards, as an administrator installed them. */
  readonly plugins?: () => Promise<readonly PluginEntry[]>
  /** A card that leaves a command without an answer for so long is mute, in milliseconds; 5,000 when absent. */
  readonly patience?: number
  /** What a profile or a plug-in threw; it costs one reading. */
  readonly onCrash?: (cause: unknown) => void
}

/**
 * The card readers of this machine. Nothing is thrown when PC/SC is missing: the source says `noService` and keeps
 * looking.
 */
export const openPcscCards = ({
  trust,
  clock,
  simulated = () => false,
  profile,
  plugins,
  patience,
  onCrash,
}: PcscOptions): CardSource =>
  createCardSource({
    transport: pcscTransport(patience),
    trust: () => Promise.resolve(trust),
    simulated,
    clock,
    remote: isRemoteSession(process.env),
    ...(profile !== undefined && { profile }),
    ...(plugins !== undefined && { plugins }),
    ...(onCrash !== undefined && { onCrash }),
  })

/** Sessions of Windows' remote desktop and of xrdp name themselves in the environment. */
export const isRemoteSession = ({
  SESSIONNAME = '',
  XRDP_SESSION,
}: Readonly<Record<string, string | undefined>>): boolean => /^rdp-/i.test(SESSIONNAME) || XRDP_SESSION !== undefined

function pcscTransport(patience?: number): CardTransport {
  let monitor: Monitor | undefined
  let stopped = false
  // Loading the native part fails where the PC/SC library is not installed.
  const library = import('pcsc-mini').catch(() => undefined)
  return {
    start(listener) {
      void library.then((pcsc) => {
        if (stopped) return
        if (pcsc === undefined) listener({ kind: 'service', up: false })
        else monitor = startMonitor(pcsc, listener)
      })
    },
    async connect(reader) {
      const pcsc = await library
      return pcsc === undefined || monitor === undefined
        ? err(faultOf('card.noService'))
        : connectCard(pcsc, monitor, reader, patience)
    },
    async stop() {
      stopped = true
      await monitor?.stop()
    },
  }
}
