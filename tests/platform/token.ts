import { importJWK, jwtVerify, type CryptoKey, type JWK } from 'jose'
import { platformAudience, tokenLife } from '#shared/contract/platform.ts'

export type TokenProblem = 'token-missing' | 'token-invalid' | 'counter-unknown'
/** Clocks of counters may differ from ours by so many seconds. */
const tolerance = 30

/**
 * Verifies the token of a request against the key of the counter that it names.
 * @param keyOf the enrolled public key (JSON of a JWK) of a counter
 * @returns the counter, or what is wrong
 */
export function createTokenCheck(keyOf: (counter: string) => Promise<string | undefined>): (header: string | undefined) => Promise<{ counter: string } | TokenProblem> {
  const imported = new Map<string, CryptoKey | Uint8Array>()
  const keyFor = async (text: string): Promise<CryptoKey | Uint8Array> => {
    const known = imported.get(text)
    if (known !== undefined) return known
    if (imported.size > 50_000) imported.clear()
    // Written from a parsed enrolment.
    const key = await importJWK(JSON.parse(text) as JWK, 'ES256')
    imported.set(text, key)
    return key
  }
  return async (header) => {
    if (header?.startsWith('Bearer ') !== true) return 'token-missing'
    const token = header.slice(7)
    const counter = subjectOf(token)
    if (counter === undefined) return 'token-invalid'
    const text = await keyOf(counter)
    if (text === undefined) return 'counter-unknown'
    try {
      await jwtVerify(token, await keyFor(text), {
        algorithms: ['ES256'], audience: platformAudience, issuer: counter, subject: counter, clockTolerance: tolerance,
        maxTokenAge: tokenLife + tolerance, requiredClaims: ['exp', 'iat', 'jti'],
      })
      return { counter }
    } catch {
      return 'token-invalid'
    }
  }
}

/** The unverified subject: it only names the key to verify with. */
function subjectOf(token: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null && 'sub' in claims && typeof claims.sub === 'string' ? claims.sub : undefined
  } catch {
    return undefined
  }
}
