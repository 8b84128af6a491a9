import type { Verdict } from '#shared/domain/identity.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok, type Result } from '#shared/result.ts'
import type { OpenChip } from './access.ts'
import { authenticateActively } from './activeAuthentication.ts'
import { authenticateChip, findChipKey } from './chipAuthentication.ts'
import { dataGroupVerdict, type SecurityObject } from './securityObject.ts'

/**
 * Whether the chip holds the private key that the issuer put into it; the last thing asked, since a chip that fails is lost for
 * this session. A group that the issuer signed and the chip does not show, or shows otherwise, is what a copy looks like.
 * Faults: those of the channel.
 */
export async function proveChip(
  chip: OpenChip, bare: CardChannel, object: SecurityObject | undefined, groups: ReadonlyMap<number, Uint8Array>,
): Promise<Result<Verdict>> {
  const listed = [14, 15].filter((number) => object?.hashes.has(number) === true)
  if (object === undefined || listed.length === 0) return ok('notChecked')
  const intact = listed.every((number) => {
    const file = groups.get(number)
    return file !== undefined && dataGroupVerdict(object, number, file) === 'valid'
  })
  if (!intact) return ok('invalid')
  const [infos, activeKey] = [groups.get(14), groups.get(15)]
  const key = infos === undefined ? undefined : findChipKey(infos)
  if (key !== undefined && chip.access !== 'none') return proveByAgreement(chip.channel, bare, key)
  return activeKey === undefined ? ok('notChecked') : authenticateActively(chip.channel, activeKey, infos)
}

/** One byte of DG1, read under the new keys. */
const proofRead = Uint8Array.of(0x00, 0xb0, 0x81, 0x00, 0x01)

async function proveByAgreement(secured: CardChannel, bare: CardChannel, key: Parameters<typeof authenticateChip>[2]): Promise<Result<Verdict>> {
  const restarted = await authenticateChip(secured, bare, key)
  const answer = restarted.ok ? await restarted.value.transmit(proofRead) : restarted
  if (!answer.ok) return answer.fault.code === 'card.refused' ? ok('invalid') : answer
  return ok('valid')
}
