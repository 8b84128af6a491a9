import type { ChainVerdict, Verdict } from '#shared/domain/identity/identity.ts'
import type { Mrz } from '#shared/domain/mrz/mrz.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { openChip, type Access, type AccessSecret, type ChipState } from './access.ts'
import type { ParsedCertificate } from './certificate.ts'
import { proveChip, type ChipMethod } from './chipProof.ts'
import { parseDg1, parseDg11, parseDg12, type DocumentDetails, type PersonalDetails } from './dataGroups.ts'
import { createFileReader, files } from './elementaryFile.ts'
import { parseDg2, type FaceImage } from './faceImage.ts'
import { dataGroupVerdict, parseSecurityObject } from './securityObject.ts'
import { chainVerdict } from './signedContent.ts'

/** What an eMRTD says, and what of it is proved. Groups that were not read are not in `dataGroups`. */
export interface EmrtdContent {
  readonly access: Access
  readonly mrz: Mrz
  readonly person: PersonalDetails
  readonly document: DocumentDetails
  readonly face: FaceImage | undefined
  /** The groups out of whose texts hidden characters were taken. */
  readonly cleaned: readonly string[]
  readonly checks: {
    /** The signature of the issuer over the hashes (passive authentication). */
    readonly passive: Verdict
    readonly dataGroups: Readonly<Record<string, Verdict>>
    readonly chain: ChainVerdict
    /** Whether the chip is the issuer's and no copy (chip or active authentication). */
    readonly chip: Verdict
    /** By which of its keys the chip proved itself, or failed to. */
    readonly chipBy?: ChipMethod
    /** The key that it proved (`ChipProof.key`). */
    readonly chipKey?: string
  }
}

export interface EmrtdOptions extends ChipState {
  readonly secret: AccessSecret
  readonly countrySigners: readonly ParsedCertificate[]
  readonly now: Date
  /** Called with what is known: first without the face, then with it; verdicts come with the returned content. */
  readonly onContent: (state: 'identity' | 'photo', content: EmrtdContent) => void
  readonly onStep: (step: 'identity' | 'photo' | 'proof', done: number, total: number) => void
}

/**
 * Reads a whole eMRTD: zone and native names first, then the proof of them, then the face. Faults: those of `openChip`
 * and of the
 * channel; card.malformed when there is no zone to read.
 */
export async function readEmrtd(channel: CardChannel, options: EmrtdOptions): Promise<Result<EmrtdContent>> {
  const { onStep, now } = options
  onStep('identity', 0, 2)
  const opened = await openChip(channel, options.secret, options)
  if (!opened.ok) return opened
  const reader = createFileReader(opened.value.channel, opened.value.chunk)
  const read = new Map<number, Uint8Array>()
  const group = async (number: number): Promise<Result<Uint8Array | undefined>> => {
    const file = await reader.read(files.dataGroup(number))
    if (file.ok && file.value !== undefined) read.set(number, file.value)
    return file
  }

  const zone = await group(1)
  if (!zone.ok) return zone
  const mrz = zone.value === undefined ? undefined : parseDg1(zone.value, now)
  if (mrz === undefined) return err(faultOf('card.malformed', 'no machine-readable zone'))
  const details = await group(11)
  if (!details.ok) return details
  const personal = details.value === undefined ? undefined : parseDg11(details.value)
  const person = personal?.details ?? {}
  const cleaned = personal?.cleaned === true ? ['DG11'] : []
  const known: EmrtdContent = {
    access: opened.value.access,
    mrz,
    person,
    document: {},
    face: undefined,
    cleaned,
    checks: { passive: 'notChecked', dataGroups: {}, chain: 'notChecked', chip: 'notChecked' },
  }
  options.onContent('identity', known)

  onStep('proof', 0, 1)
  const sod = await reader.read(files.sod)
  if (!sod.ok) return sod
  const object = sod.value === undefined ? undefined : parseSecurityObject(sod.value)
  onStep('photo', 0, 1)
  const portrait = await group(2)
  if (!portrait.ok) return portrait
  const face = portrait.value === undefined ? undefined : parseDg2(portrait.value)
  options.onContent('photo', { ...known, face })
  const issued = object === undefined || object.hashes.has(12) ? await group(12) : ok(undefined)
  if (!issued.ok) return issued

  for (const number of [14, 15]) {
    const key = object?.hashes.has(number) === true ? await group(number) : ok(undefined)
    if (!key.ok) return key
  }
  const chip = await proveChip(opened.value, channel, {
    object,
    groups: read,
    chainOf: (signed) => chainVerdict(signed, options.countrySigners, now),
  })
  if (!chip.ok) return chip

  const documentary = issued.value === undefined ? undefined : parseDg12(issued.value)
  const dataGroups = Object.fromEntries(
    [...read]
      .sort(([a], [b]) => a - b)
      .map(
        ([number, file]) =>
          [`DG${number}`, object === undefined ? 'notChecked' : dataGroupVerdict(object, number, file)] as const,
      ),
  )
  return ok({
    ...known,
    face,
    document: documentary?.details ?? {},
    cleaned: documentary?.cleaned === true ? [...cleaned, 'DG12'] : cleaned,
    checks: {
      // A file that is there and cannot be understood proves the contrary of what it should.
      passive: object?.signature ?? (sod.value === undefined ? 'notChecked' : 'invalid'),
      dataGroups,
      chain: object === undefined ? 'notChecked' : chainVerdict(object, options.countrySigners, now),
      chip: chip.value.verdict,
      ...(chip.value.by !== undefined && { chipBy: chip.value.by }),
      ...(chip.value.key !== undefined && { chipKey: chip.value.key }),
    },
  })
}
