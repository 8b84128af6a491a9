/**
 * How a platform puts its name to each of its HTTP answers: HTTP Message Signatures (RFC 9421) in one fixed profile,
 * with the digest of the body (RFC 9530). The signature covers what was asked too: the proof of the request, which is
 * made once (RFC 9449), its query and the digest of its body. An answer to another question, an old one or a changed
 * one does not hold.
 */

/** `alg` of RFC 9421 §3.3.4 and the label and tag of this profile. */
const profile = { label: 'platform', alg: 'ecdsa-p256-sha256', tag: 'guichet-answer' } as const

/** What one signature covers. Digests as in their fields: `sha-256=:…:`. */
export interface SignedAnswer {
  readonly status: number
  /** `Content-Digest` of the answer. */
  readonly digest: string
  /** The query of the request, with its `?`; `?` alone where there is none (RFC 9421 §2.2.7). */
  readonly query: string
  /** The `DPoP` field of the request; absent for public questions. */
  readonly dpop?: string | undefined
  /** `Content-Digest` of the request; absent where it has no body. */
  readonly asked?: string | undefined
}

/** `Content-Digest` (RFC 9530 §2) of a body, from its SHA-256 in base64. */
export const contentDigest = (sha256Base64: string): string => `sha-256=:${sha256Base64}:`

const componentsOf = ({ status, digest, query, dpop, asked }: SignedAnswer): readonly (readonly [string, string])[] => [
  ['"@status"', String(status)],
  ['"content-digest"', digest],
  ['"@query";req', query],
  ...(dpop === undefined ? [] : [['"dpop";req', dpop] as const]),
  ...(asked === undefined ? [] : [['"content-digest";req', asked] as const]),
]

const listOf = (of: SignedAnswer): string =>
  `(${componentsOf(of)
    .map(([name]) => name)
    .join(' ')})`

/** What is signed (RFC 9421 §2.5), with the parameters as they are sent. */
const baseOf = (of: SignedAnswer, params: string): string =>
  [...componentsOf(of).map(([name, value]) => `${name}: ${value}`), `"@signature-params": ${params}`].join('\n')

/**
 * The text to be signed, and the two fields around the signature once it is there (raw r‖s in base64).
 * @param kid RFC 7638 thumbprint of the key that signs
 * @param created seconds since 1970
 */
export function answerToSign(
  of: SignedAnswer,
  kid: string,
  created: number,
): { readonly base: string; readonly fields: (signature: string) => Readonly<Record<string, string>> } {
  const { label, alg, tag } = profile
  const params = `${listOf(of)};created=${String(created)};keyid="${kid}";alg="${alg}";tag="${tag}"`
  return {
    base: baseOf(of, params),
    fields: (signature) => ({
      'content-digest': of.digest,
      'signature-input': `${label}=${params}`,
      signature: `${label}=:${signature}:`,
    }),
  }
}

const inputField =
  /^platform=(\([^)]{1,200}\);created=\d{1,12};keyid="([A-Za-z0-9_-]{43})";alg="([a-z0-9-]{1,40})";tag="([a-z-]{1,40})")$/
const signatureField = /^platform=:([A-Za-z0-9+/]{86}==):$/

/**
 * Reads the two fields of an answer that covers this.
 * @returns the key's thumbprint, the text that was signed and the signature (raw r‖s in base64); nothing when the
 *   fields are not of this profile or do not cover all of it
 */
export function readAnswerSignature(
  of: SignedAnswer,
  input: string | null | undefined,
  signature: string | null | undefined,
): { readonly kid: string; readonly base: string; readonly signature: string } | undefined {
  const [, params, kid, alg, tag] = inputField.exec(input ?? '') ?? []
  const [, signed] = signatureField.exec(signature ?? '') ?? []
  if (params === undefined || kid === undefined || signed === undefined) return undefined
  if (alg !== profile.alg || tag !== profile.tag || !params.startsWith(`${listOf(of)};`)) return undefined
  return { kid, base: baseOf(of, params), signature: signed }
}
