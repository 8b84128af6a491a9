import type { ChainVerdict, Verdict } from '#shared/domain/identity/identity.ts'
import type { Mrz } from '#shared/domain/mrz/mrz.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Access, AccessSecret, ChipState } from './access.ts'
import type { ParsedCertificate } from './certificate.ts'
import { proveChip, type ChipMethod } from './chipProof.ts'
import { parseDg1, parseDg11, parseDg12, type DocumentDetails, type PersonalDetails } from './dataGroups.ts'
import { createFileReader, files, type FileReader } from './elementaryFile.ts'
import { parseDg2, type FaceImage } from './faceImage.ts'
import { dataGroupVerdict, parseSecurityObject, type SecurityObject } from './securityObject.ts'
import { openChipSession } from './session.ts'
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

/** What of a document was read: its files, and which of them could not be for reasons that say nothing of the chip. */
interface Files {
  readonly reader: FileReader
  readonly groups: Map<number, Uint8Array>
  readonly unreadable: Set<number>
}

/**
 * Reads a group beside the zone. What it adds or proves may be missing, refused or broken: then it proves nothing, and
 * the identity is not lost for it. Answers of extended length are the exception: whoever tried them reads everything
 * again without.
 */
async function readGroup({ reader, groups, unreadable }: Files, number: number, long: boolean): Promise<Result<void>> {
  const file = await reader.read(files.dataGroup(number))
  if (!file.ok && (long || (file.fault.code !== 'card.refused' && file.fault.code !== 'card.malformed'))) return file
  if (!file.ok) unreadable.add(number)
  else unreadable.delete(number)
  if (file.ok && file.value !== undefined) groups.set(number, file.value)
  return ok(undefined)
}

/** EF.SOD, and the groups once more where what was read is not what was signed: one bent answer is no verdict. */
async function readObject(
  read: Files,
  long: boolean,
): Promise<Result<{ readonly object: SecurityObject | undefined; readonly present: boolean }>> {
  let present = false
  for (let turn = 0; ; turn += 1) {
    const sod = await read.reader.read(files.sod)
    if (!sod.ok && (long || (sod.fault.code !== 'card.refused' && sod.fault.code !== 'card.malformed'))) return sod
    const file = sod.ok ? sod.value : undefined
    present ||= file !== undefined
    const object = file === undefined ? undefined : parseSecurityObject(file)
    const good = object !== undefined && object.signature !== 'invalid'
    if (good || turn === 1 || (sod.ok && file === undefined))
      return ok({ object, present: file !== undefined || present })
  }
}

/**
 * Reads a whole eMRTD: zone and native names first, then the proof of them, then the face. Faults: those of `openChip`
 * and of the channel; card.malformed when there is no zone to read.
 */
export async function readEmrtd(channel: CardChannel, options: EmrtdOptions): Promise<Result<EmrtdContent>> {
  const { onStep, now } = options
  onStep('identity', 0, 2)
  const opened = await openChipSession(channel, options.secret, options)
  if (!opened.ok) return opened
  const session = opened.value
  const { access, chunk } = session.chip()
  const long = chunk > 256
  const reader = createFileReader(session.channel, chunk, session)
  const groups = new Map<number, Uint8Array>()
  const read: Files = { reader, groups, unreadable: new Set() }
  const group = (number: number): Promise<Result<void>> => readGroup(read, number, long)

  const zone = await reader.read(files.dataGroup(1))
  if (!zone.ok) return zone
  const mrz = zone.value === undefined ? undefined : parseDg1(zone.value, now)
  if (zone.value === undefined || mrz === undefined) return err(faultOf('card.malformed', 'no machine-readable zone'))
  groups.set(1, zone.value)
  const details = await group(11)
  if (!details.ok) return details
  const known = (): EmrtdContent => contentOfGroups(groups, access, mrz, now)
  options.onContent('identity', { ...known(), face: undefined })

  onStep('proof', 0, 1)
  const sod = await readObject(read, long)
  if (!sod.ok) return sod
  const { object, present } = sod.value
  onStep('photo', 0, 1)
  const portrait = await group(2)
  if (!portrait.ok) return portrait
  options.onContent('photo', known())
  for (const number of [12, 14, 15]) {
    const more = object?.hashes.has(number) === true || (number === 12 && object === undefined)
    const file = more ? await group(number) : ok(undefined)
    if (!file.ok) return file
  }
  for (const number of [1, 2, 11, 12, 14, 15]) {
    const file = groups.get(number)
    const missing = file === undefined && object?.hashes.has(number) === true && !read.unreadable.has(number)
    const other = file !== undefined && object !== undefined && dataGroupVerdict(object, number, file) === 'invalid'
    const again = missing || other ? await group(number) : ok(undefined)
    if (!again.ok) return again
  }
  const chip = await proveChip(session, channel, {
    object,
    groups,
    unreadable: read.unreadable,
    chainOf: (signed) => chainVerdict(signed, options.countrySigners, now),
  })
  if (!chip.ok) return chip

  const dataGroups = Object.fromEntries(
    [...groups]
      .sort(([a], [b]) => a - b)
      .map(
        ([number, file]) =>
          [`DG${number}`, object === undefined ? 'notChecked' : dataGroupVerdict(object, number, file)] as const,
      ),
  )
  return ok({
    ...known(),
    checks: {
      // A file that is there and cannot be understood proves the contrary of what it should.
      passive: object?.signature ?? (present ? 'invalid' : 'notChecked'),
      dataGroups,
      chain: object === undefined ? 'notChecked' : chainVerdict(object, options.countrySigners, now),
      chip: chip.value.verdict,
      ...(chip.value.by !== undefined && { chipBy: chip.value.by }),
      ...(chip.value.key !== undefined && { chipKey: chip.value.key }),
    },
  })
}

/** What the groups say that are there; nothing is proved yet. */
function contentOfGroups(groups: ReadonlyMap<number, Uint8Array>, access: Access, first: Mrz, now: Date): EmrtdContent {
  const parsed = <T>(number: number, parse: (file: Uint8Array) => T | undefined): T | undefined => {
    const file = groups.get(number)
    return file === undefined ? undefined : parse(file)
  }
  const [personal, documentary] = [parsed(11, parseDg11), parsed(12, parseDg12)]
  return {
    access,
    mrz: parsed(1, (file) => parseDg1(file, now)) ?? first,
    person: personal?.details ?? {},
    document: documentary?.details ?? {},
    face: parsed(2, parseDg2),
    cleaned: [...(personal?.cleaned === true ? ['DG11'] : []), ...(documentary?.cleaned === true ? ['DG12'] : [])],
    checks: { passive: 'notChecked', dataGroups: {}, chain: 'notChecked', chip: 'notChecked' },
  }
}
