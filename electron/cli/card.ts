import type { CardReading } from '#shared/contract/cardEvents.ts'
import { ok, type Result } from '#shared/result.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import type { Command, CommandContext } from './command.ts'

/** `guichet card …`: what stands at the readers. */
export const cardCommands: readonly Command[] = [
  {
    name: 'card readers',
    summary: 'the card readers of this machine, and which of them hold a card',
    run: (context) => withCards(context, async (cards) => {
      const readers = await cards.list()
      if (!readers.ok) return readers
      const lines = readers.value.map(({ reader, card }) => `${reader}: ${card ? 'card' : 'empty'}`)
      return ok({ json: { readers: readers.value }, text: lines.join('\n') || 'no reader' })
    }),
  },
  {
    name: 'card read',
    summary: 'reads a card: who it says it belongs to, and what of it is authentic',
    usage: '[--reader NAME] [--trust DIR]',
    options: { reader: { type: 'string' }, trust: { type: 'string' } },
    run: (context) => withCards(context, async (cards) => {
      const { reader } = context.options
      const reading = await cards.read({ ...(typeof reader === 'string' ? { reader } : {}), signal: context.signal })
      return reading.ok ? ok({ json: asJson(reading.value), text: asText(reading.value) }) : reading
    }),
  },
]

async function withCards<T>(context: CommandContext, ask: (cards: CardSource) => Promise<Result<T>>): Promise<Result<T>> {
  const { openDevices } = await import('./devices.ts')
  const opened = openDevices(context)
  const answer = await ask(opened.devices.cards)
  await opened.close()
  return answer
}

/** The reading as it is printed: the photo by its hash, not by its bytes. */
const asJson = ({ profile, reader, identity, photo, checks, exchange, timings }: CardReading): unknown => ({
  profile,
  reader,
  identity,
  ...(photo === undefined ? {} : { photo: { mime: photo.mime, width: photo.width, height: photo.height, sha256: photo.sha256 } }),
  checks,
  exchange,
  timings,
})

function asText({ profile, reader, identity, photo, checks, exchange, timings }: CardReading): string {
  const { address, birthDate, ...rest } = identity
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['profile', `${profile} in ${reader}`],
    ...Object.entries(rest),
    ['birthDate', birthDate?.value],
    ['address', address === undefined ? undefined : `${address.street}, ${address.postalCode} ${address.municipality}`],
    ['photo', photo === undefined ? undefined : `${photo.mime} ${String(photo.width)}x${String(photo.height)}`],
    ...Object.entries(checks).map(([check, verdict]) => [`check ${check}`, verdict] as const),
    ['exchange', `${String(exchange.apdus)} APDUs, ${String(exchange.bytesOut)} bytes out, ${String(exchange.bytesIn)} in`],
    ['timings', `identity after ${timings.firstIdentityMs.toFixed(1)} ms, all after ${timings.totalMs.toFixed(1)} ms`],
  ]
  return lines.filter(([, value]) => value !== undefined).map(([name, value]) => `${name.padEnd(16)} ${value ?? ''}`).join('\n')
}
