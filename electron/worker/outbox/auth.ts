import { randomUUID, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, SignJWT } from 'jose'
import { platformAudience, tokenLife, type Enrolment } from '#shared/contract/platform.ts'
import type { CounterId } from '#shared/ids.ts'

/** Who this counter is to the platform: its own P-256 key, made on this desk, and the code that introduces it once. */
export interface CounterIdentity {
  readonly counterId: CounterId
  readonly privateKey: KeyObject
  readonly publicKey: Enrolment['publicKey']
  readonly enrolmentCode: string
}

/**
 * Makes the bearer token of one request: a JWT in the shape of `private_key_jwt` (RFC 7523 §3), ES256, valid for a minute.
 * The instant is the platform's time as far as it is known.
 */
export function createTokens({ counterId, privateKey, publicKey }: CounterIdentity): (at: Date) => Promise<string> {
  const thumbprint = calculateJwkThumbprint(publicKey)
  return async (at) => {
    const seconds = Math.floor(at.getTime() / 1000)
    return new SignJWT()
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: await thumbprint })
      .setIssuer(counterId)
      .setSubject(counterId)
      .setAudience(platformAudience)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + tokenLife)
      .setJti(randomUUID())
      .sign(privateKey)
  }
}
