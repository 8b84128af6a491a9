import { importJWK, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { platformAudience } from '#shared/contract/platform.ts'
import { anIdentity } from '#tests/builders/commands.ts'
import { createTokens } from './auth.ts'

test('a token names the counter, lives a minute, is never used twice, and is signed by its key alone', async () => {
  const identity = anIdentity()
  const token = createTokens(identity)
  const at = new Date('2026-11-21T10:00:00Z')
  const key = await importJWK(identity.publicKey, 'ES256')
  const options = { audience: platformAudience, issuer: 'RAB03-G2', subject: 'RAB03-G2', algorithms: ['ES256'], currentDate: at }
  const [first, second] = [await jwtVerify(await token(at), key, options), await jwtVerify(await token(at), key, options)]
  expect((first.payload.exp ?? 0) - (first.payload.iat ?? 0)).toBe(60)
  expect(first.payload.jti).not.toBe(second.payload.jti)
  await expect(jwtVerify(await token(at), await importJWK(anIdentity().publicKey, 'ES256'), options)).rejects.toThrow()
  await expect(jwtVerify(await token(at), key, { ...options, currentDate: new Date(at.getTime() + 61_000) })).rejects.toThrow()
})
