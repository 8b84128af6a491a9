import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { platformAudience } from '#shared/contract/platform.ts'
import { anIdentity } from '#tests/builders/commands.ts'
import { createSigner } from './auth.ts'

const at = new Date('2026-11-21T10:00:00Z')

test('an assertion names the counter, lives a minute, is never used twice, and is signed by its key alone', async () => {
  const identity = anIdentity()
  const { assertion } = createSigner(identity)
  const key = await importJWK(identity.publicKey, 'ES256')
  const options = {
    audience: platformAudience,
    issuer: 'RAB03-G2',
    subject: 'RAB03-G2',
    algorithms: ['ES256'],
    currentDate: at,
  }
  const [first, second] = [
    await jwtVerify(await assertion(at), key, options),
    await jwtVerify(await assertion(at), key, options),
  ]
  expect(first.protectedHeader.kid).toBe(await calculateJwkThumbprint(identity.publicKey))
  expect((first.payload.exp ?? 0) - (first.payload.iat ?? 0)).toBe(60)
  expect(first.payload.jti).not.toBe(second.payload.jti)
  await expect(
    jwtVerify(await assertion(at), await importJWK(anIdentity().publicKey, 'ES256'), options),
  ).rejects.toThrow()
  await expect(
    jwtVerify(await assertion(at), key, { ...options, currentDate: new Date(at.getTime() + 61_000) }),
  ).rejects.toThrow()
})

test('a proof is for one request and one token (the hash of RFC 9449 §4.2), and carries the public half only', async () => {
  const identity = anIdentity()
  const { proof } = createSigner(identity)
  // Token and hash as in the example of RFC 9449 §7.1.
  const token = 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU'
  const made = await proof(
    { method: 'POST', url: 'https://platform.example/base/v1/changes?after=x#y', nonce: 'n-1', token },
    at,
  )
  expect(decodeProtectedHeader(made)).toEqual({ alg: 'ES256', typ: 'dpop+jwt', jwk: identity.publicKey })
  const { payload } = await compactVerify(made, await importJWK(identity.publicKey, 'ES256'))
  const said = JSON.parse(new TextDecoder().decode(payload)) as { jti: string }
  expect(said).toEqual({
    htm: 'POST',
    htu: 'https://platform.example/base/v1/changes',
    nonce: 'n-1',
    ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo',
    iat: at.getTime() / 1000,
    jti: said.jti,
  })
  expect(await proof({ method: 'POST', url: 'https://platform.example/', nonce: undefined }, at)).not.toBe(
    await proof({ method: 'POST', url: 'https://platform.example/', nonce: undefined }, at),
  )
})
