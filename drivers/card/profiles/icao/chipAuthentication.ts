import { randomBytes } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { oidText, readTemplate, readTlvs, tlv, type Tlv } from './ber.ts'
import { concat, fixedBytes, numberOf } from './bytes.ts'
import { blockOf, deriveKey, type Cipher } from './cipher.ts'
import { coordinateLength, pointBytes, readPoint, type Curve } from './curves.ts'
import { openSecureMessaging } from './secureMessaging.ts'
import { curveOfKey } from './signature.ts'

/** The key of a chip and how it agrees on session keys, as DG14 states them. */
export interface ChipKey {
  readonly curve: Curve
  readonly point: InstanceType<Curve>
  readonly cipher: Cipher
  /** The protocol by its object identifier; absent in the oldest documents, which use 3DES. */
  readonly protocol: Uint8Array | undefined
  readonly keyId: Uint8Array | undefined
  /** Only one of the two entries names the key: whether the chip wants to hear it is not said. */
  readonly loose?: boolean
}

// Object identifiers of BSI TR-03110-3 §A.1.1: id-PK-ECDH, and id-CA-ECDH followed by the cipher.
const publicKeyOid = '0.4.0.127.0.7.2.2.1.2'
const protocolOid = '0.4.0.127.0.7.2.2.3.2.'
const ciphers: Readonly<Record<string, Cipher>> = { 1: '3DES', 2: 'AES-128', 3: 'AES-192', 4: 'AES-256' }

/** The set of entries that DG14 wraps; empty when it is no DG14. */
export function dg14Infos(file: Uint8Array): readonly SecurityInfo[] {
  const [outer] = readTemplate(file)
  return outer?.tag === 0x6e ? securityInfos(outer.value) : []
}

export interface SecurityInfo {
  readonly oid: string
  readonly oidBytes: Uint8Array
  readonly rest: readonly Tlv[]
}

/** The entries of a SET OF SecurityInfo (Doc 9303-11 §9.2), each with its object identifier and what follows it. */
export function securityInfos(der: Uint8Array): readonly SecurityInfo[] {
  const [set] = readTemplate(der)
  const entries = set?.tag === 0x31 ? readTemplate(set.value) : []
  return entries.flatMap((entry) => {
    const [oid, ...rest] = readTlvs(entry.value) ?? []
    return oid?.tag === 0x06 ? [{ oid: oidText(oid.value) ?? '', oidBytes: oid.value, rest }] : []
  })
}

/** The keys for chip authentication over an elliptic curve, in the order in which they are published. */
export function findChipKeys(infos: readonly SecurityInfo[]): readonly ChipKey[] {
  const published = infos.filter(({ oid }) => oid === publicKeyOid)
  return published.flatMap((info) => chipKeyOf(infos, info, published.length === 1) ?? [])
}

/** The protocol of a key: the one with its identifier, or the only one there is of the only key. */
function protocolOf(
  infos: readonly SecurityInfo[],
  keyId: Uint8Array | undefined,
  only: boolean,
): SecurityInfo | 'none' | undefined {
  const protocols = infos.filter(({ oid }) => oid.startsWith(protocolOid))
  const named = protocols.find(({ rest }) => sameId(rest[1]?.value, keyId))
  if (named !== undefined) return named
  if (protocols.length === 0) return 'none'
  const oneIsSilent = keyId === undefined || protocols[0]?.rest[1] === undefined
  return only && protocols.length === 1 && oneIsSilent ? protocols[0] : undefined
}

function chipKeyOf(infos: readonly SecurityInfo[], published: SecurityInfo, only: boolean): ChipKey | undefined {
  const spki = published.rest[0]
  const own = published.rest[1]?.value
  const found = protocolOf(infos, own, only)
  if (spki === undefined || found === undefined) return undefined
  const protocol = found === 'none' ? undefined : found
  const cipher = protocol === undefined ? '3DES' : ciphers[protocol.oid.slice(protocolOid.length)]
  const keyId = own ?? protocol?.rest[1]?.value
  const loose = protocol !== undefined && !sameId(protocol.rest[1]?.value, own)
  try {
    const key = AsnConvert.parse(spki.bytes, SubjectPublicKeyInfo)
    const curve = curveOfKey(key)
    const point = curve === undefined ? undefined : readPoint(curve, new Uint8Array(key.subjectPublicKey))
    return curve === undefined || point === undefined || cipher === undefined
      ? undefined
      : { curve, point, cipher, protocol: protocol?.oidBytes, keyId, loose }
  } catch {
    return undefined
  }
}

const sameId = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  Buffer.compare(one ?? new Uint8Array(0), other ?? new Uint8Array(0)) === 0

/** Session keys that follow from an agreed point (Doc 9303-11 §6.2 and §9.7.1); the counter starts at zero. */
export const agreedKeys = (curve: Curve, cipher: Cipher, agreed: InstanceType<Curve>) => {
  const shared = fixedBytes(agreed.toAffine().x, coordinateLength(curve))
  return {
    cipher,
    enc: deriveKey(shared, 1, cipher),
    mac: deriveKey(shared, 2, cipher),
    ssc: new Uint8Array(blockOf(cipher)),
  }
}

/**
 * Chip authentication (Doc 9303-11 §6.2): agrees on new session keys with the chip's own key.
 * @param secured the channel under the session that is open
 * @param bare the channel below it, on which secure messaging starts anew
 * @returns a channel under the new keys. That an answer verifies on it is the proof: a copy of the chip cannot make
 *   one.
 * Faults: those of the channel; card.refused when the chip does not take part, with the status in the detail.
 */
export async function authenticateChip(
  secured: CardChannel,
  bare: CardChannel,
  key: ChipKey,
): Promise<Result<CardChannel>> {
  const scalar = (numberOf(randomBytes(80)) % (key.curve.Fn.ORDER - 1n)) + 1n
  const own = pointBytes(key.curve.BASE.multiply(scalar))
  const keyId = key.keyId === undefined ? new Uint8Array(0) : tlv(0x84, key.keyId)
  const commands =
    key.cipher === '3DES'
      ? [command(0x22, 0x41, 0xa6, concat(tlv(0x91, own), keyId))]
      : [
          command(0x22, 0x41, 0xa4, concat(tlv(0x80, key.protocol ?? new Uint8Array(0)), keyId)),
          concat(command(0x86, 0x00, 0x00, tlv(0x7c, tlv(0x80, own))), Uint8Array.of(0)),
        ]
  for (const one of commands) {
    const answer = await secured.transmit(one)
    if (!answer.ok) return answer
    if (answer.value.at(-2) !== 0x90 || answer.value.at(-1) !== 0x00)
      return err(
        faultOf('card.refused', `chip authentication ${Buffer.from(answer.value.subarray(-2)).toString('hex')}`),
      )
  }
  return ok(openSecureMessaging(bare, agreedKeys(key.curve, key.cipher, key.point.multiply(scalar))))
}

const command = (ins: number, p1: number, p2: number, data: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(0x00, ins, p1, p2, data.length), data)
