import type { CardAccess, CardReading, Exchange } from '#shared/contract/cardEvents.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { PluginEntry } from '#shared/ports/nationalCard.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CardContent, Progress, CardProfile } from './profile.ts'
import { profilesFor } from './profiles.ts'
import { isAskedFirst, nationalPlugin } from './profiles/nationalPlugin/nationalPlugin.ts'
import type { Trust } from './trust.ts'

export interface ReadOptions {
  readonly trust: Trust
  /** Marks the reading as not coming from a real card. */
  readonly simulated: boolean
  readonly clock: Pick<Clock, 'monotonic' | 'now'>
  readonly access?: CardAccess
  /** Reads only as this kind of card. */
  readonly profile?: string
  /** Readers known to carry no answers of extended length; kept by the caller from one reading to the next. */
  readonly shortOnly?: Set<string>
  /** Programs of national cards, each asked first for its own kind of card, and last for what nobody knows. */
  readonly plugins?: readonly PluginEntry[]
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

/**
 * Reads the card behind an open channel: finds its profile, tells what is known as soon as it is known, and ends with
 * the
 * verdicts. Times are milliseconds since the call. Faults: those of the channel, card.unsupported, card.refused,
 * card.malformed, card.accessNeeded, card.accessRefused, call.cancelled.
 */
export async function readCard(channel: CardChannel, options: ReadOptions): Promise<Result<CardReading>> {
  const { trust, simulated, clock, access = {}, shortOnly = new Set(), plugins = [], onProgress, signal } = options
  const begun = clock.monotonic()
  const metered = meter(channel, signal)
  let firstIdentityMs = 0
  const readingOf = ({ name, signer }: CardProfile, content: CardContent): CardReading => ({
    profile: name,
    reader: channel.reader,
    simulated,
    atr: Buffer.from(channel.atr).toString('hex').toUpperCase(),
    ...content,
    ...(signer !== undefined && { signs: true }),
    exchange: metered.exchange(),
    timings: { firstIdentityMs, totalMs: clock.monotonic() - begun },
  })
  const ofCountry = (first: boolean) =>
    plugins
      .filter((one) => isAskedFirst(one, channel.atr) === first && (first || one.atrs.length === 0))
      .map(nationalPlugin)
  for (const profile of [...ofCountry(true), ...profilesFor(channel.atr, options.profile), ...ofCountry(false)]) {
    if (options.profile !== undefined && options.profile !== profile.name) continue
    const read = await profile.recognise(metered.channel)
    if (!read.ok) return read
    if (read.value === undefined) continue
    const content = await read.value({
      trust,
      access,
      now: clock.now(),
      shortOnly,
      ...(signal !== undefined && { signal }),
      onStep: (step, done, total) => {
        onProgress?.({ state: 'reading', step, done, total })
      },
      onContent: (state, partial) => {
        if (state === 'identity') firstIdentityMs = clock.monotonic() - begun
        onProgress?.({ state, reading: readingOf(profile, partial) })
      },
    })
    return content.ok ? ok(readingOf(profile, content.value)) : content
  }
  return err(faultOf('card.unsupported'))
}

/** Counts what goes over the wire and stops before the next command when the reading is cancelled. */
function meter(channel: CardChannel, signal: AbortSignal | undefined): { channel: CardChannel; exchange(): Exchange } {
  let [apdus, bytesOut, bytesIn] = [0, 0, 0]
  const transmit = async (command: Uint8Array): Promise<Result<Uint8Array>> => {
    if (signal?.aborted === true) return err(faultOf('call.cancelled'))
    apdus += 1
    bytesOut += command.length
    const answer = await channel.transmit(command)
    if (answer.ok) bytesIn += answer.value.length
    return answer
  }
  return {
    channel: { reader: channel.reader, atr: channel.atr, transmit },
    exchange: () => ({ apdus, bytesOut, bytesIn }),
  }
}
