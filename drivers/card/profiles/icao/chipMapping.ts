import { encrypt, decrypt, unpad } from './cipher.ts'
import { numberOf } from './bytes.ts'
import { pointBytes } from './curves.ts'
import type { ChipKey } from './chipAuthentication.ts'
import type { MappingProof } from './pace.ts'

/**
 * Chip authentication mapping (Doc 9303-11 §4.4.3.5.2): the factor that the chip sealed takes its published key to the
 * key that it
 * used in the mapping step, which only the holder of the private key can arrange.
 */
export function isMappedBy(
  { mappingKey, sealed, encryptionKey, info: { cipher } }: MappingProof,
  key: ChipKey,
): boolean {
  if (sealed.length === 0 || sealed.length % 16 !== 0 || cipher === '3DES') return false
  // The initial vector is the counter of one before zero, encrypted.
  const iv = encrypt(cipher, encryptionKey, new Uint8Array(16).fill(0xff))
  const factor = unpad(decrypt(cipher, encryptionKey, sealed, iv))
  const scalar = factor === undefined ? 0n : numberOf(factor) % key.curve.Fn.ORDER
  return scalar !== 0n && Buffer.compare(pointBytes(key.point.multiply(scalar)), mappingKey) === 0
}
