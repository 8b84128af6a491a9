import { beforeEach, expect, test } from 'vitest'
import { decodeJwt } from 'jose'
import { err, ok } from '#shared/result.ts'
import { faultOf } from '#shared/fault.ts'
import { anIdentity } from '#tests/builders/commands.ts'
import { createAccess, type Access, type Exchange } from './access.ts'
import { createSigner } from './auth.ts'

const signal = new AbortController().signal
const request = { method: 'GET', url: 'https://platform.example/v1/changes', proof: 'token' } as const
let now: number
let asked: { nonce: unknown; assertion: ReturnType<typeof decodeJwt> }[]
/** What the token endpoint answers next; a token when there is nothing. */
let script: { status: number; body: object; nonce?: string }[]
let access: Access

const exchange: Exchange = async ({ headers, body }) => {
  await Promise.resolve()
  asked.push({
    nonce: decodeJwt(headers['dpop'] ?? '')['nonce'],
    assertion: decodeJwt(new URLSearchParams(body).get('client_assertion') ?? ''),
  })
  const {
    status,
    body: said,
    nonce,
  } = script.shift() ?? {
    status: 200,
    body: { access_token: `t${String(asked.length)}`, token_type: 'DPoP', expires_in: 300 },
  }
  return ok({
    answer: { status, body: JSON.stringify(said) },
    heard: { status, header: (name) => (name === 'dpop-nonce' ? nonce : undefined) },
  })
}
const tokenOf = async (): Promise<string | undefined> => {
  const headers = await access.headers(request, signal)
  return headers.ok ? headers.value['authorization'] : headers.fault.code
}

beforeEach(() => {
  now = 0
  asked = []
  script = []
  access = createAccess({
    baseUrl: 'https://platform.example',
    signer: createSigner(anIdentity()),
    exchange,
    clock: { now: () => new Date(Date.parse('2026-11-21T10:00:00Z') + now), monotonic: () => now },
  })
})

test('a token is asked for once, by requests at once too, and renewed a minute before its end', async () => {
  expect(await Promise.all([tokenOf(), tokenOf(), tokenOf()])).toEqual(['DPoP t1', 'DPoP t1', 'DPoP t1'])
  now = 239_000
  expect(await tokenOf()).toBe('DPoP t1')
  now = 241_000
  expect(await tokenOf()).toBe('DPoP t2')
  expect(asked).toHaveLength(2)
})

test('a nonce that is asked for is given at once, once', async () => {
  script = [{ status: 400, body: { error: 'use_dpop_nonce' }, nonce: 'n-1' }]
  expect(await tokenOf()).toBe('DPoP t2')
  expect(asked.map((one) => one.nonce)).toEqual([undefined, 'n-1'])
  const headers = await access.headers(request, signal)
  expect(headers.ok && decodeJwt(headers.value['dpop'] ?? '')).toMatchObject({
    nonce: 'n-1',
    htm: 'GET',
    htu: request.url,
  })
})

test('an assertion is dated by the platform, however wrong the desk is', async () => {
  access.setSkew(-3_600_000)
  await tokenOf()
  expect(asked[0]?.assertion.exp).toBe(Date.parse('2026-11-21T09:01:00Z') / 1000)
})

test.each([
  [401, 'device-unknown', 'device.notEnrolled'],
  [400, 'device-pending', 'device.pending'],
  [400, 'device-revoked', 'device.revoked'],
  [503, 'x', 'platform.busy'],
] as const)('%d %s at the token is what the question hears', async (status, code, fault) => {
  script = [{ status, body: { type: 'urn:x', title: 'x', status, code, error: 'unauthorized_client' } }]
  expect(await tokenOf()).toBe(fault)
  expect(await tokenOf()).toBe('DPoP t2')
})

test('what an answer says: a new nonce, a token that ended, or a refusal that stays one', async () => {
  await tokenOf()
  const saying = (status: number, headers: Record<string, string>): boolean =>
    access.heard({ status, header: (name) => headers[name] })
  expect(saying(200, { 'dpop-nonce': 'n-2' })).toBe(false)
  expect(saying(401, { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': 'n-3' })).toBe(true)
  expect(saying(401, { 'www-authenticate': 'DPoP error="invalid_dpop_proof"' })).toBe(false)
  expect(await tokenOf()).toBe('DPoP t1')
  expect(saying(401, { 'www-authenticate': 'DPoP error="invalid_token"' })).toBe(true)
  expect(await tokenOf()).toBe('DPoP t2')
})

test('who gives up does not spoil the question of the others', async () => {
  const impatient = new AbortController()
  let first = true
  const slow = createAccess({
    baseUrl: 'https://platform.example',
    signer: createSigner(anIdentity()),
    clock: { now: () => new Date(0), monotonic: () => 0 },
    exchange: async (one, by) => {
      if (!first) return exchange(one, by)
      first = false
      impatient.abort()
      return err(faultOf('call.cancelled'))
    },
  })
  const [gone, patient] = await Promise.all([slow.headers(request, impatient.signal), slow.headers(request, signal)])
  expect(gone).toMatchObject({ fault: { code: 'call.cancelled' } })
  expect(patient).toMatchObject({ value: { authorization: 'DPoP t1' } })
})
