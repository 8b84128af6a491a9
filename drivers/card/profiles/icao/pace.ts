import { createHash, timingSafeEqual } from 'node:crypto'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readTlvs, tlv } from './ber.ts'
import { concat } from './bytes.ts'
import { blockOf, decrypt, deriveKey, mac } from './cipher.ts'
import { genericMapping, standardGroup, type Group } from './group.ts'
import { integratedMapping, terminalNonceLength } from './integratedMapping.ts'
import type { PaceInfo } from './paceInfo.ts'
import { openSecureMessaging } from './secureMessaging.ts'

/** What opens the chip: the MRZ information, or the card access number printed on the front. */
export type PacePassword =
  { readonly kind: 'MRZ'; readonly information: string } | { readonly kind: 'CAN'; readonly number: string }

/** What the terminal draws: private scalars from 1 to the order less 1, and the nonce of integrated mapping. */
export interface PaceRandom {
  scalar(order: bigint): bigint
  nonce(length: number): Uint8Array
}

/**
 * What a chip that knows chip authentication mapping hands over at the end, to be held against its own key
 * (`verifyMapping`).
 */
export interface MappingProof {
  /** The chip's key of the mapping step, and its encrypted factor (tag 8A). */
  readonly mappingKey: Uint8Array
  readonly sealed: Uint8Array
  readonly encryptionKey: Uint8Array
  readonly info: PaceInfo
}

export interface OpenPace {
  readonly channel: CardChannel
  readonly mapping: MappingProof | undefined
}

const reference = { MRZ: 1, CAN: 2 } as const

/**
 * The secret behind a password (Doc 9303-11 §9.7.3): SHA-1 of the MRZ information in full, or the digits of the CAN.
 */
export const passwordSecret = (password: PacePassword): Uint8Array =>
  password.kind === 'MRZ'
    ? createHash('sha1').update(password.information, 'latin1').digest()
    : new TextEncoder().encode(password.number)

/** The token that proves a public key was received (Doc 9303-11 §4.4.3.4): MAC over OID and the other side's key. */
export const authenticationToken = (info: PaceInfo, group: Group, key: Uint8Array, publicKey: Uint8Array): Uint8Array =>
  mac(info.cipher, key, tlv(0x7f49, concat(tlv(0x06, info.oid), tlv(group.keyTag, publicKey))))

/** The group of an offer; undefined when it is not one that the protocol knows, or fits another agreement. */
export function groupOf({ parameterId, agreement, mapping }: PaceInfo): Group | undefined {
  const group = parameterId === undefined ? undefined : standardGroup(parameterId)
  if (group?.agreement !== agreement) return undefined
  // P-224 has no point encoding, so no integrated mapping.
  return mapping === 'IM' && agreement === 'ECDH' && group.prime % 4n !== 3n ? undefined : group
}

/**
 * PACE (Doc 9303-11 §4.4) over curves and MODP groups, with generic, integrated, or chip authentication mapping.
 * Faults: those of
 * the channel; card.unsupported for an unknown group; card.refused for a wrong password (the detail carries the status)
 * or a wrong
 * proof of the chip.
 */
export async function openPace(
  channel: CardChannel,
  info: PaceInfo,
  password: PacePassword,
  random: PaceRandom,
): Promise<Result<OpenPace>> {
  const group = groupOf(info)
  if (group === undefined)
    return err(faultOf('card.unsupported', `PACE ${info.agreement}-${info.mapping} ${String(info.parameterId)}`))

  const choice = concat(
    tlv(0x80, info.oid),
    tlv(0x83, Uint8Array.of(reference[password.kind])),
    tlv(0x84, Uint8Array.of(info.parameterId ?? 0)),
  )
  const set = await channel.transmit(concat(Uint8Array.of(0x00, 0x22, 0xc1, 0xa4, choice.length), choice))
  if (!set.ok) return set
  // 63Cx: that many tries are left; with none the password is blocked.
  if (statusOf(set.value) !== '9000' && !/^63c[1-9a-f]$/.test(statusOf(set.value))) return refused('MSE', set.value)

  const sealed = await authenticate(channel, new Uint8Array(0), 0x80)
  if (!sealed.ok) return sealed
  const encrypted = sealed.value.get(0x80) ?? new Uint8Array(0)
  if (encrypted.length === 0 || encrypted.length % blockOf(info.cipher) !== 0)
    return err(faultOf('card.malformed', 'PACE nonce'))
  const nonce = decrypt(info.cipher, deriveKey(passwordSecret(password), 3, info.cipher), encrypted)

  const mapped =
    info.mapping === 'IM'
      ? await integrate(channel, group, info, nonce, random)
      : await generate(channel, group, nonce, random)
  if (!mapped.ok) return mapped
  const { generator, mappingKey } = mapped.value

  const secret = random.scalar(group.order)
  const ownKey = group.times(generator, secret)
  const agreed = await authenticate(channel, tlv(0x83, ownKey), 0x84)
  if (!agreed.ok) return agreed
  const chipKey = agreed.value.get(0x84)
  if (chipKey === undefined || !group.isKey(chipKey) || Buffer.compare(chipKey, ownKey) === 0)
    return err(faultOf('card.malformed', 'PACE key'))
  const shared = group.secretOf(group.times(chipKey, secret))
  const keys = { enc: deriveKey(shared, 1, info.cipher), mac: deriveKey(shared, 2, info.cipher) }

  const proof = await authenticate(channel, tlv(0x85, authenticationToken(info, group, keys.mac, chipKey)), 0x86, true)
  if (!proof.ok) return proof
  const expected = authenticationToken(info, group, keys.mac, ownKey)
  const token = proof.value.get(0x86)
  if (token?.length !== expected.length || !timingSafeEqual(token, expected))
    return err(faultOf('card.refused', 'PACE proof'))
  // A copy cannot make the factor: that it leaves it out tells as much as a wrong one.
  const sealedFactor = proof.value.get(0x8a) ?? new Uint8Array(0)
  return ok({
    channel: openSecureMessaging(channel, { cipher: info.cipher, ...keys, ssc: new Uint8Array(blockOf(info.cipher)) }),
    mapping:
      info.mapping !== 'CAM' || mappingKey === undefined
        ? undefined
        : { mappingKey, sealed: sealedFactor, encryptionKey: keys.enc, info },
  })
}

type Mapped = Result<{ readonly generator: Uint8Array; readonly mappingKey?: Uint8Array }>

/** Generic mapping: a first agreement moves the generator. */
async function generate(channel: CardChannel, group: Group, nonce: Uint8Array, random: PaceRandom): Promise<Mapped> {
  const scalar = random.scalar(group.order)
  const answer = await authenticate(channel, tlv(0x81, group.times(group.generator, scalar)), 0x82)
  if (!answer.ok) return answer
  const mappingKey = answer.value.get(0x82)
  if (mappingKey === undefined || !group.isKey(mappingKey)) return err(faultOf('card.malformed', 'PACE mapping key'))
  return ok({ generator: genericMapping(group, nonce, group.times(mappingKey, scalar)), mappingKey })
}

/** Integrated mapping: both nonces make the generator; the chip has nothing to answer. */
async function integrate(
  channel: CardChannel,
  group: Group,
  { cipher }: PaceInfo,
  nonce: Uint8Array,
  random: PaceRandom,
): Promise<Mapped> {
  const own = random.nonce(terminalNonceLength(cipher))
  const answer = await authenticate(channel, tlv(0x81, own), undefined)
  if (!answer.ok) return answer
  const generator = integratedMapping(group, cipher, nonce, own)
  return generator === undefined ? err(faultOf('card.malformed', 'PACE mapping')) : ok({ generator })
}

const statusOf = (answer: Uint8Array): string => Buffer.from(answer.subarray(-2)).toString('hex')
const refused = (step: string, answer: Uint8Array) => err(faultOf('card.refused', `${step} ${statusOf(answer)}`))

/**
 * One GENERAL AUTHENTICATE; chained but for the last (Doc 9303-11 §4.4.4.2), extended where a key of a MODP group asks
 * for it.
 * Returns the objects of the answer by their tags, of which `wanted` must be one.
 */
async function authenticate(
  channel: CardChannel,
  object: Uint8Array,
  wanted: number | undefined,
  last = false,
): Promise<Result<ReadonlyMap<number, Uint8Array>>> {
  const data = tlv(0x7c, object)
  const header = Uint8Array.of(last ? 0x00 : 0x10, 0x86, 0x00, 0x00)
  const command =
    data.length > 0xff
      ? concat(header, Uint8Array.of(0, data.length >> 8, data.length & 0xff), data, Uint8Array.of(0, 0))
      : concat(header, Uint8Array.of(data.length), data, Uint8Array.of(0))
  const answer = await channel.transmit(command)
  if (!answer.ok) return answer
  if (statusOf(answer.value) !== '9000') return refused('PACE', answer.value)
  const outer = readTlvs(answer.value.subarray(0, -2))?.[0]
  const inner = new Map(
    (outer?.tag === 0x7c ? (readTlvs(outer.value) ?? []) : []).map(({ tag, value }) => [tag, value] as const),
  )
  return wanted !== undefined && !inner.has(wanted) ? err(faultOf('card.malformed', 'PACE answer')) : ok(inner)
}
