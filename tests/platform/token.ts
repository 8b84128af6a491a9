import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { assertionLife, assertionType, keyId, platformAudience, type TokenAnswer } from '#shared/contract/platform.ts'
import { counterId } from '#shared/ids.ts'
import type { Database } from './database.ts'
import { findDevice, noteSeen, publicKeyOf, type DeviceRow } from './devices.ts'
import type { createKeyring, Proven, ProofCheck, ProofProblem } from './proofs.ts'

export type DeviceProblem = 'device-unknown' | 'device-pending' | 'device-revoked'
export type AccessProblem = 'token-missing' | 'token-invalid' | 'assertion-invalid' | DeviceProblem | ProofProblem

/**
 * Life of an access token, in seconds. Whether its device is still approved is looked at with each request all the
 * same.
 */
const tokenLife = 300
/**
 * Clocks of counters may differ from ours by so many seconds; they date their assertions by our time as far as they
 * know it.
 */
const tolerance = 30

/** What a request brings of its proof, and what it has to be made for. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly proof: string | string[] | undefined
}

/** Tokens for devices, and who asks with one. */
export interface Access {
  /** The token endpoint: `private_key_jwt` (RFC 7523) against a token that is bound to the same key (RFC 9449). */
  grant(form: unknown, asked: Asked): Promise<TokenAnswer | AccessProblem>
  /** The counter behind a request. */
  check(
    authorization: string | undefined,
    asked: Asked,
  ): Promise<{ readonly counter: string; readonly kid: string } | AccessProblem>
}

const tokenRequest = z.looseObject({
  grant_type: z.literal('client_credentials'),
  client_assertion_type: z.literal(assertionType),
  client_assertion: z.string().max(4000),
})
const assertionHeader = z.looseObject({ kid: keyId })
const tokenClaims = z.looseObject({ sub: counterId, cnf: z.object({ jkt: keyId }) })

export function createAccess({
  database,
  secret,
  keyring,
  prove,
}: {
  readonly database: Database
  readonly secret: Uint8Array
  readonly keyring: ReturnType<typeof createKeyring>
  readonly prove: ProofCheck
}): Access {
  const proven = ({ method, url }: Asked, device: DeviceRow): Proven => ({
    method,
    url,
    publicKey: publicKeyOf(device),
    kid: device.kid,
  })
  const standing = ({ state }: DeviceRow): DeviceProblem | undefined =>
    state === 'approved' ? undefined : `device-${state}`

  /** The device that signed an assertion; nothing is told of one that did not. */
  const authenticate = async (assertion: string): Promise<DeviceRow | 'assertion-invalid' | 'device-unknown'> => {
    const named = read(() => ({
      kid: assertionHeader.parse(decodeProtectedHeader(assertion)).kid,
      counter: subjectOf(assertion),
    }))
    if (named === undefined) return 'assertion-invalid'
    const device = await findDevice(database, named.counter, named.kid)
    if (device === undefined) return 'device-unknown'
    const key = await keyring(publicKeyOf(device))
    const signed = await jwtVerify(assertion, key, {
      algorithms: ['ES256'],
      audience: platformAudience,
      issuer: named.counter,
      subject: named.counter,
      clockTolerance: tolerance,
      maxTokenAge: assertionLife + tolerance,
      requiredClaims: ['exp', 'iat', 'jti'],
    }).catch(() => undefined)
    return signed === undefined ? 'assertion-invalid' : device
  }

  return {
    grant: async (form, asked) => {
      const request = tokenRequest.safeParse(form)
      if (!request.success) return 'assertion-invalid'
      const device = await authenticate(request.data.client_assertion)
      if (typeof device === 'string') return device
      const problem = await prove(asked.proof, proven(asked, device))
      if (problem !== undefined) return problem
      await noteSeen(database, device.counter_id, device.kid)
      const barred = standing(device)
      if (barred !== undefined) return barred
      const now = Math.floor(Date.now() / 1000)
      const token = await new SignJWT({ cnf: { jkt: device.kid } })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setIssuer(platformAudience)
        .setAudience(platformAudience)
        .setSubject(device.counter_id)
        .setIssuedAt(now)
        .setExpirationTime(now + tokenLife)
        .sign(secret)
      return { access_token: token, token_type: 'DPoP', expires_in: tokenLife }
    },
    check: async (authorization, asked) => {
      if (authorization?.startsWith('DPoP ') !== true) return 'token-missing'
      const token = authorization.slice(5)
      const claims = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        typ: 'at+jwt',
        issuer: platformAudience,
        audience: platformAudience,
        requiredClaims: ['exp'],
      }).then(
        ({ payload }) => tokenClaims.safeParse(payload).data,
        () => undefined,
      )
      if (claims === undefined) return 'token-invalid'
      const device = await findDevice(database, claims.sub, claims.cnf.jkt)
      if (device === undefined) return 'device-unknown'
      const problem = await prove(asked.proof, { ...proven(asked, device), token })
      return problem ?? standing(device) ?? { counter: device.counter_id, kid: device.kid }
    },
  }
}

/** The unverified subject: it only names the device to verify with. */
const subjectOf = (assertion: string): string =>
  counterId.parse(
    z
      .object({ sub: z.string() })
      .parse(JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8'))).sub,
  )

function read<T>(how: () => T): T | undefined {
  try {
    return how()
  } catch {
    return undefined
  }
}
