import { dirname } from 'node:path'
import { cardAccess, type CardAccess, type CardReading } from '#shared/contract/cardEvents.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import { prepareOut } from '#electron/worker/files/target.ts'
import type { Command, CommandContext } from './command.ts'

/** `guichet card …`: what stands at the readers. */
export const cardCommands: readonly Command[] = [
  {
    name: 'card readers',
    summary: 'the card readers of this machine, and which of them hold a card',
    run: (context) =>
      withCards(context, async (cards) => {
        const readers = await cards.list()
        if (!readers.ok) return readers
        const lines = readers.value.map(({ reader, card }) => `${reader}: ${card ? 'card' : 'empty'}`)
        return ok({ json: { readers: readers.value }, text: lines.join('\n') || 'no reader' })
      }),
  },
  {
    name: 'card read',
    summary: 'reads a card: who it says it belongs to, and what of it is authentic',
    usage:
      '[--reader NAME] [--profile be-eid|icao|ma-cnie] [--can NUMBER] [--mrz LINES] [--trust DIR] [--csca DIR] [--plugins FILE] [--photo FILE] [--details]',
    options: {
      reader: { type: 'string' },
      profile: { type: 'string' },
      can: { type: 'string' },
      mrz: { type: 'string' },
      trust: { type: 'string' },
      csca: { type: 'string' },
      plugins: { type: 'string' },
      photo: { type: 'string' },
      details: { type: 'boolean' },
    },
    run: (context) =>
      withCards(context, async (cards) => {
        const { reader, photo } = context.options
        const access = accessOf(context)
        if (!access.ok) return access
        const reading = await cards.read({
          ...(typeof reader === 'string' ? { reader } : {}),
          access: access.value,
          signal: context.signal,
        })
        if (reading.ok && typeof photo === 'string' && reading.value.photo !== undefined) {
          const place = prepareOut(dirname(photo))
          const written = place.ok ? place.value.write(photo, reading.value.photo.bytes) : place
          if (!written.ok) return written
        }
        if (!reading.ok) return reading
        const details = context.options['details'] === true ? (reading.value.details ?? {}) : undefined
        const text = Object.entries(details ?? {}).map(([name, value]) => `\n${name.padEnd(16)} ${value}`)
        return ok({
          json: { ...asJson(reading.value), ...(details === undefined ? {} : { details }) },
          text: asText(reading.value) + text.join(''),
        })
      }),
  },
]

/** What opens a closed chip: `--can`, `--mrz` with its lines as one argument. */
function accessOf({ options: { can, mrz } }: CommandContext): Result<CardAccess> {
  const parsed = cardAccess.safeParse({
    ...(typeof can === 'string' && { can }),
    ...(typeof mrz === 'string' && { mrz: mrz.replaceAll('\\n', '\n') }),
  })
  return parsed.success
    ? ok(parsed.data)
    : err(faultOf('call.invalid', parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')))
}

async function withCards<T>(
  context: CommandContext,
  ask: (cards: CardSource) => Promise<Result<T>>,
): Promise<Result<T>> {
  const { openDevices } = await import('./devices.ts')
  const opened = openDevices(
    context,
    typeof context.options['csca'] === 'string' ? undefined : () => ownSigners(context),
  )
  const answer = await ask(opened.devices.cards)
  await opened.close()
  return answer
}

/**
 * Those that this counter believes besides the installed ones, where its register can be opened: it may be in use, or
 * without its passphrase here.
 */
async function ownSigners(context: CommandContext): Promise<readonly Uint8Array[]> {
  const { addedCertificates } = await import('./heldSigners.ts')
  const added = await addedCertificates(context)
  if (!added.ok && added.fault.code !== 'file.unreadable')
    context.progress(`country signers of the register are left out: ${added.fault.code}`)
  return added.ok ? added.value : []
}

/** The reading as it is printed: the photo by its hash, not by its bytes. */
const asJson = ({
  profile,
  reader,
  identity,
  photo,
  checks,
  emrtd,
  declared,
  exchange,
  timings,
}: CardReading): Readonly<Record<string, unknown>> => ({
  profile,
  reader,
  ...(emrtd === undefined ? {} : { access: emrtd.access, documentCode: emrtd.documentCode, names: emrtd.names }),
  identity,
  ...(photo === undefined
    ? {}
    : { photo: { mime: photo.mime, width: photo.width, height: photo.height, sha256: photo.sha256 } }),
  checks: { ...checks, ...emrtd?.checks },
  ...(declared === undefined ? {} : { declared }),
  exchange,
  timings,
})

function asText({ profile, reader, identity, photo, checks, emrtd, declared, exchange, timings }: CardReading): string {
  const { address, birthDate, ...rest } = identity
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['profile', `${profile} in ${reader}`],
    ...Object.entries(rest),
    ['birthDate', birthDate?.value],
    ['address', address === undefined ? undefined : `${address.street}, ${address.postalCode} ${address.municipality}`],
    ['photo', photo === undefined ? undefined : `${photo.mime} ${String(photo.width)}x${String(photo.height)}`],
    ...Object.entries(checks).map(([check, verdict]) => [`check ${check}`, verdict] as const),
    ...(emrtd === undefined
      ? []
      : [
          ['access', emrtd.access] as const,
          ['check passive', emrtd.checks.passive] as const,
          ['check chip', emrtd.checks.chip] as const,
          ...Object.entries(emrtd.checks.dataGroups).map(([group, verdict]) => [`check ${group}`, verdict] as const),
        ]),
    ['declared', declared === undefined ? undefined : `${declared.verdict} by ${declared.by}`],
    [
      'exchange',
      `${String(exchange.apdus)} APDUs, ${String(exchange.bytesOut)} bytes out, ${String(exchange.bytesIn)} in`,
    ],
    ['timings', `identity after ${timings.firstIdentityMs.toFixed(1)} ms, all after ${timings.totalMs.toFixed(1)} ms`],
  ]
  return lines
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name.padEnd(16)} ${value ?? ''}`)
    .join('\n')
}
