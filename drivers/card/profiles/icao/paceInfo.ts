import { readTemplate, readTlvs } from './ber.ts'
import type { Cipher } from './cipher.ts'

/**
 * How nonce and domain parameters are mapped (Doc 9303-11 §4.4.3.3): generic, integrated, or with chip authentication.
 */
export type Mapping = 'GM' | 'IM' | 'CAM'

/** One way in that a chip offers (PACEInfo, Doc 9303-11 §9.2.1). `oid` is its DER value, without tag and length. */
export interface PaceInfo {
  readonly oid: Uint8Array
  readonly agreement: 'DH' | 'ECDH'
  readonly mapping: Mapping
  readonly cipher: Cipher
  readonly parameterId: number | undefined
}

// id-PACE 0.4.0.127.0.7.2.2.4 (BSI TR-03110-3, A.1.1.1)
const idPace = '04007f00070202' + '04'
const kinds: Readonly<Record<number, readonly [PaceInfo['agreement'], Mapping]>> = {
  1: ['DH', 'GM'],
  2: ['ECDH', 'GM'],
  3: ['DH', 'IM'],
  4: ['ECDH', 'IM'],
  6: ['ECDH', 'CAM'],
}
const ciphers: Readonly<Record<number, Cipher>> = { 1: '3DES', 2: 'AES-128', 3: 'AES-192', 4: 'AES-256' }

/** The ways in that EF.CardAccess offers (a SET OF SecurityInfo); what is not PACE or not known is left out. */
export function parseCardAccess(file: Uint8Array): readonly PaceInfo[] {
  const [set] = readTemplate(file)
  if (set?.tag !== 0x31) return []
  return readTemplate(set.value).flatMap((info) => paceInfo(info.value) ?? [])
}

function paceInfo(sequence: Uint8Array): PaceInfo | undefined {
  const [oid, version, parameter] = readTlvs(sequence) ?? []
  if (oid?.tag !== 0x06 || version?.tag !== 0x02 || version.value.at(-1) !== 2) return undefined
  if (oid.value.length !== 10 || Buffer.from(oid.value.subarray(0, 8)).toString('hex') !== idPace) return undefined
  const kind = kinds[oid.value[8] ?? 0]
  const cipher = ciphers[oid.value[9] ?? 0]
  if (kind === undefined || cipher === undefined) return undefined
  return {
    oid: oid.value,
    agreement: kind[0],
    mapping: kind[1],
    cipher,
    parameterId: parameter?.tag === 0x02 ? parameter.value.at(-1) : undefined,
  }
}
