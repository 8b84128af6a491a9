import { createHash, randomUUID, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, SignJWT } from 'jose'
import { assertionLife, platformAudience, type Enrolment } from '#shared/contract/platform.ts'
import type { CounterId } from '#shared/ids.ts'

/** Who this counter is to the platform: its own P-256 key, made on this desk, which never leaves it. */
export interface CounterIdentity {
  readonly counterId: CounterId
  readonly privateKey: KeyObject
  readonly publicKey: Enrolment['publicKey']
}

/** What a proof is made for: one request, and the token that goes with it, if any. */
export interface Provable {
  readonly method: string
  /** The whole address; query and fragment are left out of the proof. */
  readonly url: string
  /** Of the platform's newest answer. */
  readonly nonce: string | undefined
  readonly token?: string | undefined
}

/** What the counter's key signs towards the platform, ES256. */
export interface Signer {
  /** Who asks for a token: `private_key_jwt` (RFC 7523 §3), valid for a minute of the platform's time. */
  readonly assertion: (at: Date) => Promise<string>
  /** That the key itself is here: a DPoP proof (RFC 9449 §4.2), for one request, never the same twice. */
  readonly proof: (of: Provable, at: Date) => Promise<string>
}

/** @returns what signs with the counter's private key */
export function createSigner({ counterId, privateKey, publicKey }: CounterIdentity): Signer {
  const thumbprint = calculateJwkThumbprint(publicKey)
  const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
  return {
    assertion: async (at) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: await thumbprint })
        .setIssuer(counterId)
        .setSubject(counterId)
        .setAudience(platformAudience)
        .setIssuedAt(seconds(at))
        .setExpirationTime(seconds(at) + assertionLife)
        .setJti(randomUUID())
        .sign(privateKey),
    proof: ({ method, url, nonce, token }, at) =>
      new SignJWT({
        htm: method,
        htu: withoutQuery(url),
        ...(nonce === undefined ? {} : { nonce }),
        ...(token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') }),
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: publicKey })
        .setIssuedAt(seconds(at))
        .setJti(randomUUID())
        .sign(privateKey),
  }
}

function withoutQuery(address: string): string {
  const url = new URL(address)
  url.search = url.hash = ''
  return url.href
}
