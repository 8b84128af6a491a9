import { constants, createHash, verify, X509Certificate, type KeyObject } from 'node:crypto'
import { signSchemes, type SignScheme } from '#shared/domain/identity/cardSignature.ts'
import { signedText, statementOf, type CitizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { sha256Hex, type Sha256 } from '#shared/ids.ts'

/** SHA-256 of what the citizen sees and signs, in hexadecimal. */
export const statementDigest = (facts: Parameters<typeof statementOf>[0]): Sha256 =>
  sha256Hex.parse(createHash('sha256').update(statementOf(facts)).digest('hex'))

/** Whose certificate it is: the common name, and the number in it (a Belgian citizen's national number). */
export interface Signer {
  readonly name: string
  readonly number?: string
}

/** The holder of a certificate (DER) and the key in it; undefined when it cannot be read. */
export function signerOf(certificate: Uint8Array): (Signer & { readonly key: KeyObject }) | undefined {
  try {
    const parsed = new X509Certificate(certificate)
    const said = (type: string): string | undefined =>
      parsed.subject
        .split('\n')
        .find((line) => line.startsWith(`${type}=`))
        ?.slice(type.length + 1)
    const number = said('serialNumber')
    return { name: said('CN') ?? '', key: parsed.publicKey, ...(number === undefined ? {} : { number }) }
  } catch {
    return undefined
  }
}

/** Whether `signature` is that of `data` by a key, under a scheme. Never throws. */
export function isSignedBy(key: KeyObject, scheme: SignScheme, data: Uint8Array, signature: Uint8Array): boolean {
  const { hash, family, pss } = signSchemes[scheme]
  if (key.asymmetricKeyType !== family) return false
  try {
    if (family === 'ec') return verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature)
    return verify(
      hash,
      data,
      pss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : key,
      signature,
    )
  } catch {
    return false
  }
}

/**
 * Who signed the statement of a deposit; undefined when the signature is not that of the certificate over this
 * statement.
 */
export function verifyCitizenSignature({
  statement,
  scheme,
  signature,
  certificate,
}: CitizenSignature): Signer | undefined {
  const signer = signerOf(Buffer.from(certificate, 'base64'))
  if (signer === undefined || !isSignedBy(signer.key, scheme, signedText(statement), Buffer.from(signature, 'base64')))
    return undefined
  const { key: _key, ...who } = signer
  return who
}
