import { createHash, type KeyObject } from 'node:crypto'
import { signSchemes, type SignScheme } from '#shared/domain/identity/cardSignature.ts'

/** Algorithm reference of MSE SET (Belpic applet manual §6.6), and the first applet that has it (0x17: version 1.7). */
const references: Readonly<Record<SignScheme, { readonly reference: number; readonly from: number }>> = {
  'rsa-pkcs1-sha1': { reference: 0x02, from: 0x10 },
  'rsa-pkcs1-sha256': { reference: 0x08, from: 0x17 },
  'rsa-pss-sha1': { reference: 0x10, from: 0x17 },
  'rsa-pss-sha256': { reference: 0x20, from: 0x17 },
  'ecdsa-sha256': { reference: 0x01, from: 0x18 },
  'ecdsa-sha384': { reference: 0x02, from: 0x18 },
  'ecdsa-sha512': { reference: 0x04, from: 0x18 },
}
/** PKCS#1 with the caller's own DigestInfo, which every RSA card takes: how the first applets sign a SHA-256. */
const ownDigestInfo = 0x01
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex')

/** What a card is given to sign: the algorithm reference and the data of PSO:CDS. */
export interface ToSign {
  readonly scheme: SignScheme
  readonly reference: number
  readonly input: Uint8Array
}

/**
 * How a card of this applet (0x17, 0x18 …) and this key signs some data; undefined when it has not the scheme that is
 * asked for.
 */
export function toSign(data: Uint8Array, key: KeyObject, applet: number, wanted?: SignScheme): ToSign | undefined {
  const family = key.asymmetricKeyType === 'rsa' ? 'rsa' : key.asymmetricKeyType === 'ec' ? 'ec' : undefined
  if (family === undefined) return undefined
  const scheme = wanted ?? (family === 'rsa' ? 'rsa-pkcs1-sha256' : 'ecdsa-sha384')
  const { reference, from } = references[scheme]
  const { hash, family: its } = signSchemes[scheme]
  if (its !== family) return undefined
  const digest = createHash(hash).update(data).digest()
  if (applet >= from) return { scheme, reference, input: digest }
  return scheme === 'rsa-pkcs1-sha256'
    ? { scheme, reference: ownDigestInfo, input: Buffer.concat([sha256Info, digest]) }
    : undefined
}
