import { createHash } from 'node:crypto'
import type { ChainVerdict, Verdict } from '#shared/domain/identity/identity.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { ok, type Result } from '#shared/result.ts'
import { selectApplication, selectMasterFile } from './access.ts'
import { authenticateActively, type Asked } from './activeAuthentication.ts'
import { authenticateChip, dg14Infos, findChipKeys, securityInfos, type ChipKey } from './chipAuthentication.ts'
import { isMappedBy } from './chipMapping.ts'
import { createFileReader, files } from './elementaryFile.ts'
import type { MappingProof } from './pace.ts'
import { dataGroupVerdict, type SecurityObject } from './securityObject.ts'
import type { ChipSession } from './session.ts'
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
  /** Those that could not be read for reasons that say nothing of the chip. */
  readonly unreadable: ReadonlySet<number>
  /** Whether a signer stands under a country signer that the office trusts. */
  readonly chainOf: (signed: SignedContent) => ChainVerdict
}

/**
 * Whether the chip holds the private key that the issuer put into it; the last thing asked, since a chip that fails is
 * lost for this session. A group that the issuer signed and the chip does not show, or shows otherwise, is what a copy
 * looks like. That a proof failed is said only of what was asked twice: a transport that bends one answer proves
 * nothing. Faults: those of the channel.
 */
export async function proveChip(
  session: ChipSession,
  bare: CardChannel,
  context: ProofContext,
): Promise<Result<ChipProof>> {
  const { object, groups, unreadable } = context
  const listed = [14, 15].filter((number) => object?.hashes.has(number) === true)
  const intact = listed.every((number) => {
    const file = groups.get(number)
    if (file === undefined) return unreadable.has(number)
    return object !== undefined && dataGroupVerdict(object, number, file) === 'valid'
  })
  if (!intact) return ok({ verdict: 'invalid' })
  const infos = listed.includes(14) ? dg14Infos(groups.get(14) ?? new Uint8Array(0)) : []
  const keys = findChipKeys(infos)
  if (session.chip().mapping !== undefined) {
    const mapped = await proveByMapping(session, keys, context)
    if (!mapped.ok) return mapped
    if (mapped.value !== undefined) return ok({ ...mapped.value, by: 'CAM' })
    const back = await session.channel.transmit(selectApplication)
    if (!back.ok && back.fault.code !== 'card.refused') return back
  }
  const [key] = keys
  if (key !== undefined && session.chip().access !== 'none') return proveByAgreement(session, bare, key)
  const activeKey = listed.includes(15) ? groups.get(15) : undefined
  if (activeKey === undefined) return ok({ verdict: 'notChecked' })
  let turn = 0
  const active = await surely(session, async (before) => {
    // A form of the command that was not carried gives way to the other one.
    if (before === 'silent') turn += 1
    return authenticateActively(session.channel, activeKey, groups.get(14), turn)
  })
  if (!active.ok) return active
  return ok({
    verdict: active.value,
    ...(active.value !== 'notChecked' && { by: 'AA' as const }),
    ...(active.value === 'valid' && { key: hashOf(activeKey) }),
  })
}

const turns = 3

/**
 * Asks for a proof until one is given, or was denied twice; what is neither is no verdict. The session is opened again
 * where it ended in between.
 */
async function surely(
  session: ChipSession,
  ask: (before: Asked | undefined) => Promise<Result<Asked>>,
): Promise<Result<Verdict>> {
  let denied = 0
  let before: Asked | undefined
  for (let turn = 0; turn < turns; turn += 1) {
    if (session.isOver()) {
      const opened = await session.reopen()
      if (!opened.ok) return opened
      if (!opened.value) break
    }
    const asked = await ask(before)
    if (!asked.ok) return asked
    before = asked.value
    if (before === 'proved') return ok('valid')
    if (before !== 'silent') denied += 1
    if (denied === 2) return ok('invalid')
  }
  return ok('notChecked')
}

// id-SecurityObject (BSI TR-03110-3 §A.1.2.5), the content of EF.CardSecurity.
const cardSecurityContent = '0.4.0.127.0.7.3.2.1'

/**
 * The chip sealed its factor while PACE went on; the key it belongs to stands in EF.CardSecurity. That file must come
 * from the issuer: under a trusted signer, from the signer of EF.SOD, or with a key that DG14 has too. Undefined when it
 * is a stranger's, or cannot be read: then the mapping says nothing.
 */
async function proveByMapping(
  session: ChipSession,
  known: readonly ChipKey[],
  context: ProofContext,
): Promise<Result<Pick<ChipProof, 'verdict' | 'key'> | undefined>> {
  let proved: ChipKey | undefined
  let strange = false
  const ask = async (): Promise<Result<Asked>> => {
    const { mapping, chunk } = session.chip()
    if (mapping === undefined) return ok('silent')
    const selected = await session.channel.transmit(selectMasterFile)
    if (!selected.ok) return selected.fault.code === 'card.refused' ? ok('silent') : selected
    const file = await createFileReader(session.channel, chunk).read(files.cardSecurity)
    if (!file.ok)
      return file.fault.code === 'card.malformed' || file.fault.code === 'card.refused' ? ok('silent') : file
    if (file.value === undefined) return ok('refused')
    const found = keyMappedBy(mapping, file.value)
    if (found === undefined) return ok('failed')
    proved = found.key
    strange = !isOfIssuer(found, known, context)
    return ok('proved')
  }
  const verdict = await surely(session, async () => {
    const asked = await ask()
    // The factor belongs to the opening: a second look needs a second one.
    if (asked.ok && asked.value !== 'proved') session.end()
    return asked
  })
  if (!verdict.ok) return verdict
  if (verdict.value === 'notChecked' || strange) return ok(undefined)
  return ok({
    verdict: verdict.value,
    ...(verdict.value === 'valid' && proved !== undefined && { key: hashOf(proved.point.toHex()) }),
  })
}

interface MappedKey {
  readonly key: ChipKey
  readonly signed: SignedContent
}

/** The key of EF.CardSecurity that the mapping was made with, where the file is whole. */
function keyMappedBy(mapping: MappingProof, file: Uint8Array): MappedKey | undefined {
  const signed = parseSignedContent(file, cardSecurityContent)
  const key =
    signed === undefined
      ? undefined
      : findChipKeys(securityInfos(signed.content)).find((one) => isMappedBy(mapping, one))
  return signed?.signature === 'valid' && key !== undefined ? { key, signed } : undefined
}

function isOfIssuer({ key, signed }: MappedKey, known: readonly ChipKey[], { object, chainOf }: ProofContext): boolean {
  const sameSigner =
    object?.signature === 'valid' &&
    object.signer !== undefined &&
    Buffer.compare(object.signer.der, signed.signer?.der ?? new Uint8Array(0)) === 0
  return chainOf(signed) === 'trusted' || sameSigner || known.some(({ point }) => point.toHex() === key.point.toHex())
}

/** One byte of DG1, read under the new keys. */
const proofRead = Uint8Array.of(0x00, 0xb0, 0x81, 0x00, 0x01)
/** What a chip with another key answers under the new ones: its own MAC, or that ours is wrong (ISO 7816-4 §5.6). */
const otherKey = /forged answer|(6982|6987|6988)$/
/** Refusals of a length and of nothing in particular. */
const ofTransport = /(61|67|6b|6c|6f|90)[0-9a-f]{2}$/

async function proveByAgreement(session: ChipSession, bare: CardChannel, key: ChipKey): Promise<Result<ChipProof>> {
  let named = true
  const verdict = await surely(session, async (before) => {
    // With an identifier that only one entry has, the other way is to leave it out.
    if (key.loose === true && before !== undefined) named = !named
    const restarted = await authenticateChip(session.channel, bare, named ? key : { ...key, keyId: undefined })
    if (!restarted.ok) {
      if (restarted.fault.code !== 'card.refused') return restarted
      const { detail = '' } = restarted.fault
      return ok(session.isOver() || key.loose === true || ofTransport.test(detail) ? 'silent' : 'refused')
    }
    session.end()
    const answer = await restarted.value.transmit(proofRead)
    if (answer.ok) return ok('proved')
    if (answer.fault.code !== 'card.refused') return answer
    return ok(otherKey.test(answer.fault.detail ?? '') && key.loose !== true ? 'failed' : 'silent')
  })
  if (!verdict.ok) return verdict
  return ok({
    verdict: verdict.value,
    ...(verdict.value !== 'notChecked' && { by: 'CA' as const }),
    ...(verdict.value === 'valid' && { key: hashOf(key.point.toHex()) }),
  })
}
