import { constants, createHash, verify, type KeyObject } from 'node:crypto'
import type { SignScheme } from '#shared/domain/cardSignature.ts'

interface Scheme {
  /** Algorithm reference of MSE SET (Belpic applet manual §6.6). */
  readonly reference: number
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly family: 'rsa' | 'ec'
  readonly pss?: true
  /** Digits of the first applet that has it. */
  readonly from: number
}

const schemes: Readonly<Record<SignScheme, Scheme>> = {
  'rsa-pkcs1-sha1': { reference: 0x02, hash: 'sha1', family: 'rsa', from: 0x10 },
  'rsa-pkcs1-sha256': { reference: 0x08, hash: 'sha256', family: 'rsa', from: 0x17 },
  'rsa-pss-sha1': { reference: 0x10, hash: 'sha1', family: 'rsa', pss: true, from: 0x17 },
  'rsa-pss-sha256': { reference: 0x20, hash: 'sha256', family: 'rsa', pss: true, from: 0x17 },
  'ecdsa-sha256': { reference: 0x01, hash: 'sha256', family: 'ec', from: 0x18 },
  'ecdsa-sha384': { reference: 0x02, hash: 'sha384', family: 'ec', from: 0x18 },
  'ecdsa-sha512': { reference: 0x04, hash: 'sha512', family: 'ec', from: 0x18 },
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

/** How a card of this applet (0x17, 0x18 …) and this key signs some data; undefined when it has not the scheme that is asked for. */
export function toSign(data: Uint8Array, key: KeyObject, applet: number, wanted?: SignScheme): ToSign | undefined {
  const family = key.asymmetricKeyType === 'rsa' ? 'rsa' : key.asymmetricKeyType === 'ec' ? 'ec' : undefined
  if (family === undefined) return undefined
  const scheme = wanted ?? (family === 'rsa' ? 'rsa-pkcs1-sha256' : 'ecdsa-sha384')
  const { reference, hash, from, ...its } = schemes[scheme]
  if (its.family !== family) return undefined
  const digest = createHash(hash).update(data).digest()
  if (applet >= from) return { scheme, reference, input: digest }
  return scheme === 'rsa-pkcs1-sha256' ? { scheme, reference: ownDigestInfo, input: Buffer.concat([sha256Info, digest]) } : undefined
}

/** Whether `signature` is that of `data` by a key, under a scheme. Never throws. */
export function isSignedBy(key: KeyObject, scheme: SignScheme, data: Uint8Array, signature: Uint8Array): boolean {
  const { hash, family, pss } = schemes[scheme]
  if (key.asymmetricKeyType !== family) return false
  try {
    if (family === 'ec') return verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature)
    return verify(hash, data, pss === true ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : key, signature)
  } catch {
    return false
  }
}
