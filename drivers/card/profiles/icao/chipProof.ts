import { createHash } from 'node:crypto'
import type { ChainVerdict, Verdict } from '#shared/domain/identity/identity.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok, type Result } from '#shared/result.ts'
import { selectApplication, selectMasterFile, type OpenChip } from './access.ts'
import { authenticateActively } from './activeAuthentication.ts'
import { authenticateChip, dg14Infos, findChipKeys, securityInfos, type ChipKey } from './chipAuthentication.ts'
import { isMappedBy } from './chipMapping.ts'
import { createFileReader, files } from './elementaryFile.ts'
import type { MappingProof } from './pace.ts'
import { dataGroupVerdict, type SecurityObject } from './securityObject.ts'
import { parseSignedContent, type SignedContent } from './signedContent.ts'

/** How a chip proved itself: by the mapping of PACE, by chip authentication, or by active authentication. */
export type ChipMethod = 'CAM' | 'CA' | 'AA'

export interface ChipProof {
  readonly verdict: Verdict
  readonly by?: ChipMethod
  /** SHA-256 (lower-case hexadecimal) of the public key, once it is proved: its point, or DG15 as it is. */
  readonly key?: string
}
const hashOf = (key: string | Uint8Array): string => createHash('sha256').update(key).digest('hex')

export interface ProofContext {
  readonly object: SecurityObject | undefined
  /** The data groups that were read. */
  readonly groups: ReadonlyMap<number, Uint8Array>
  /** Whether a signer stands under a country signer that the office trusts. */
  readonly chainOf: (signed: SignedContent) => ChainVerdict
}

const unproved = ok({ verdict: 'notChecked' } as const)

/**
 * Whether the chip holds the private key that the issuer put into it; the last thing asked, since a chip that fails is
 * lost for
 * this session. A group that the issuer signed and the chip does not show, or shows otherwise, is what a copy looks
 * like.
 * Faults: those of the channel.
 */
export async function proveChip(chip: OpenChip, bare: CardChannel, context: ProofContext): Promise<Result<ChipProof>> {
  const { object, groups } = context
  const listed = [14, 15].filter((number) => object?.hashes.has(number) === true)
  const intact = listed.every((number) => {
    const file = groups.get(number)
    return file !== undefined && object !== undefined && dataGroupVerdict(object, number, file) === 'valid'
  })
  if (!intact) return ok({ verdict: 'invalid' })
  const infos = listed.includes(14) ? dg14Infos(groups.get(14) ?? new Uint8Array(0)) : []
  const keys = findChipKeys(infos)
  if (chip.mapping !== undefined) {
    const mapped = await proveByMapping(chip, chip.mapping, keys, context)
    if (!mapped.ok) return mapped
    if (mapped.value !== undefined) return ok({ ...mapped.value, by: 'CAM' })
    const back = await chip.channel.transmit(selectApplication)
    if (!back.ok) return back
  }
  const [key] = keys
  if (key !== undefined && chip.access !== 'none') return proveByAgreement(chip.channel, bare, key)
  const activeKey = listed.includes(15) ? groups.get(15) : undefined
  if (activeKey === undefined) return unproved
  const active = await authenticateActively(chip.channel, activeKey, groups.get(14))
  if (!active.ok) return active
  return ok({
    verdict: active.value,
    ...(active.value !== 'notChecked' && { by: 'AA' as const }),
    ...(active.value === 'valid' && { key: hashOf(activeKey) }),
  })
}

// id-SecurityObject (BSI TR-03110-3 §A.1.2.5), the content of EF.CardSecurity.
const cardSecurityContent = '0.4.0.127.0.7.3.2.1'

/**
 * The chip sealed its factor while PACE went on; the key it belongs to stands in EF.CardSecurity. That file must come
 * from the
 * issuer: under a trusted signer, from the signer of EF.SOD, or with a key that DG14 has too. Undefined when it is a
 * stranger's:
 * then the mapping says nothing.
 */
async function proveByMapping(
  { channel, chunk }: OpenChip,
  mapping: MappingProof,
  known: readonly ChipKey[],
  { object, chainOf }: ProofContext,
): Promise<Result<Pick<ChipProof, 'verdict' | 'key'> | undefined>> {
  const selected = await channel.transmit(selectMasterFile)
  if (!selected.ok) return selected
  const file = await createFileReader(channel, chunk).read(files.cardSecurity)
  if (!file.ok)
    return file.fault.code === 'card.malformed' || file.fault.code === 'card.refused'
      ? ok({ verdict: 'invalid' })
      : file
  const signed = file.value === undefined ? undefined : parseSignedContent(file.value, cardSecurityContent)
  const key =
    signed === undefined
      ? undefined
      : findChipKeys(securityInfos(signed.content)).find((one) => isMappedBy(mapping, one))
  if (signed?.signature !== 'valid' || key === undefined) return ok({ verdict: 'invalid' })
  const sameSigner =
    object?.signature === 'valid' &&
    object.signer !== undefined &&
    Buffer.compare(object.signer.der, signed.signer?.der ?? new Uint8Array(0)) === 0
  const sameKey = known.some(({ point }) => point.toHex() === key.point.toHex())
  return ok(
    chainOf(signed) === 'trusted' || sameSigner || sameKey
      ? { verdict: 'valid', key: hashOf(key.point.toHex()) }
      : undefined,
  )
}

/** One byte of DG1, read under the new keys. */
const proofRead = Uint8Array.of(0x00, 0xb0, 0x81, 0x00, 0x01)

async function proveByAgreement(secured: CardChannel, bare: CardChannel, key: ChipKey): Promise<Result<ChipProof>> {
  const restarted = await authenticateChip(secured, bare, key)
  const answer = restarted.ok ? await restarted.value.transmit(proofRead) : restarted
  if (!answer.ok) return answer.fault.code === 'card.refused' ? ok({ verdict: 'invalid', by: 'CA' }) : answer
  return ok({ verdict: 'valid', by: 'CA', key: hashOf(key.point.toHex()) })
}
