import { createHash, timingSafeEqual } from 'node:crypto'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readTlvs, tlv } from './ber.ts'
import { concat, fixedBytes, numberOf } from './bytes.ts'
import { blockOf, decrypt, deriveKey, mac } from './cipher.ts'
import { coordinateLength, standardCurve, type Curve } from './curves.ts'
import type { PaceInfo } from './paceInfo.ts'
import { openSecureMessaging } from './secureMessaging.ts'

/** What opens the chip: the MRZ information, or the card access number printed on the front. */
export type PacePassword = { readonly kind: 'MRZ'; readonly information: string } | { readonly kind: 'CAN'; readonly number: string }

/** Private scalars of the two key agreements, drawn uniformly from 1 to the order less 1. */
export type DrawScalar = (order: bigint) => bigint

type Point = InstanceType<Curve>
const reference = { MRZ: 1, CAN: 2 } as const

/** The secret behind a password (Doc 9303-11 §9.7.3): SHA-1 of the MRZ information in full, or the digits of the CAN. */
export const passwordSecret = (password: PacePassword): Uint8Array =>
  password.kind === 'MRZ' ? createHash('sha1').update(password.information, 'latin1').digest() : new TextEncoder().encode(password.number)

/** An uncompressed point as the protocol carries it: 04, x, y (BSI TR-03111 §3.2.1). */
export const pointBytes = (point: Point): Uint8Array => point.toBytes(false)

/** Reads a point of the other side; undefined when it is not on the curve or is infinity. */
export function readPoint(curve: Curve, bytes: Uint8Array): Point | undefined {
  try {
    const point = curve.fromBytes(bytes)
    point.assertValidity()
    return bytes[0] === 4 && !point.is0() ? point : undefined
  } catch {
    return undefined
  }
}

/** Generic mapping (Doc 9303-11 §4.4.3.3.1): the nonce moves the generator to s·G + H, where H is the first agreed point. */
export const genericMapping = (curve: Curve, nonce: Uint8Array, agreed: Point): Point => {
  const scalar = numberOf(nonce) % curve.Fn.ORDER
  return scalar === 0n ? agreed : curve.BASE.multiply(scalar).add(agreed)
}

/** The token that proves a public key was received (Doc 9303-11 §4.4.3.4): MAC over OID and the other side's key. */
export const authenticationToken = (info: PaceInfo, key: Uint8Array, publicKey: Uint8Array): Uint8Array =>
  mac(info.cipher, key, tlv(0x7f49, concat(tlv(0x06, info.oid), tlv(0x86, publicKey))))

/**
 * PACE with generic mapping over elliptic curves (Doc 9303-11 §4.4). Faults: those of the channel; card.unsupported for a mapping
 * or a group that is not built; card.refused for a wrong password (the detail carries the status) or a wrong proof of the chip.
 */
export async function openPace(channel: CardChannel, info: PaceInfo, password: PacePassword, draw: DrawScalar): Promise<Result<CardChannel>> {
  const curve = info.parameterId === undefined ? undefined : standardCurve(info.parameterId)
  if (info.agreement !== 'ECDH' || info.mapping === 'IM' || curve === undefined) return err(faultOf('card.unsupported', `PACE ${info.agreement}-${info.mapping} ${String(info.parameterId)}`))

  const choice = concat(tlv(0x80, info.oid), tlv(0x83, Uint8Array.of(reference[password.kind])), tlv(0x84, Uint8Array.of(info.parameterId ?? 0)))
  const set = await channel.transmit(concat(Uint8Array.of(0x00, 0x22, 0xc1, 0xa4, choice.length), choice))
  if (!set.ok) return set
  if (statusOf(set.value) !== '9000' && !statusOf(set.value).startsWith('63c')) return refused('MSE', set.value)

  const sealed = await authenticate(channel, new Uint8Array(0), 0x80, false)
  if (!sealed.ok) return sealed
  if (sealed.value.length === 0 || sealed.value.length % blockOf(info.cipher) !== 0) return err(faultOf('card.malformed', 'PACE nonce'))
  const nonce = decrypt(info.cipher, deriveKey(passwordSecret(password), 3, info.cipher), sealed.value)

  const mapping = draw(curve.Fn.ORDER)
  const mapped = await authenticate(channel, tlv(0x81, pointBytes(curve.BASE.multiply(mapping))), 0x82, false)
  if (!mapped.ok) return mapped
  const chipMapping = readPoint(curve, mapped.value)
  if (chipMapping === undefined) return err(faultOf('card.malformed', 'PACE mapping key'))
  const generator = genericMapping(curve, nonce, chipMapping.multiply(mapping))

  const secret = draw(curve.Fn.ORDER)
  const ownKey = pointBytes(generator.multiply(secret))
  const agreed = await authenticate(channel, tlv(0x83, ownKey), 0x84, false)
  if (!agreed.ok) return agreed
  const chipKey = readPoint(curve, agreed.value)
  if (chipKey === undefined || Buffer.compare(agreed.value, ownKey) === 0) return err(faultOf('card.malformed', 'PACE key'))
  // The x coordinate keeps its leading zeros: without them one session in 256 fails.
  const shared = fixedBytes(chipKey.multiply(secret).toAffine().x, coordinateLength(curve))
  const keys = { enc: deriveKey(shared, 1, info.cipher), mac: deriveKey(shared, 2, info.cipher) }

  const proof = await authenticate(channel, tlv(0x85, authenticationToken(info, keys.mac, agreed.value)), 0x86, true)
  if (!proof.ok) return proof
  const expected = authenticationToken(info, keys.mac, ownKey)
  if (proof.value.length !== expected.length || !timingSafeEqual(proof.value, expected)) return err(faultOf('card.refused', 'PACE proof'))
  return ok(openSecureMessaging(channel, { cipher: info.cipher, ...keys, ssc: new Uint8Array(blockOf(info.cipher)) }))
}

const statusOf = (answer: Uint8Array): string => Buffer.from(answer.subarray(-2)).toString('hex')
const refused = (step: string, answer: Uint8Array) => err(faultOf('card.refused', `${step} ${statusOf(answer)}`))

/** One GENERAL AUTHENTICATE; chained but for the last (Doc 9303-11 §4.4.4.2). Returns the wanted object of the answer. */
async function authenticate(channel: CardChannel, object: Uint8Array, wanted: number, last: boolean): Promise<Result<Uint8Array>> {
  const data = tlv(0x7c, object)
  const answer = await channel.transmit(concat(Uint8Array.of(last ? 0x00 : 0x10, 0x86, 0x00, 0x00, data.length), data, Uint8Array.of(0x00)))
  if (!answer.ok) return answer
  if (statusOf(answer.value) !== '9000') return refused('PACE', answer.value)
  const outer = readTlvs(answer.value.subarray(0, -2))?.[0]
  const inner = outer?.tag === 0x7c ? readTlvs(outer.value)?.find((one) => one.tag === wanted) : undefined
  return inner === undefined ? err(faultOf('card.malformed', 'PACE answer')) : ok(inner.value)
}
