import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { fromBase45, toBase45 } from '#electron/worker/seal/base45.ts'
import { counterKeyOf } from '#electron/worker/seal/keys.ts'
import { signSeal, verifySeal } from '#electron/worker/seal/seal.ts'
import { sealPrefix } from '#shared/domain/scan/sealText.ts'
import { counterId } from '#shared/ids.ts'
import { someClaims } from '#tests/builders/receipt.ts'

// What is tried: to show one deposit as two, by the second text that every ECDSA signature has (SECURITY.md says so under
// "What does not hold"): it says the very same deposit, under the same number.

/** Order of P-256 (SEC 2, 2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

test('the second text of a seal says the same number and facts, and a third one is none', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = counterKeyOf(pair.privateKey, counterId.parse('RAB03-G2'), '2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z')
  const claims = someClaims()
  const seal = signSeal(claims, { privateKey: pair.privateKey, kid: key.kid })
  const withS = (change: (s: bigint) => bigint): string => {
    // The signature, r and s of 32 bytes each, ends the envelope.
    const bytes = Buffer.from(fromBase45(seal.slice(sealPrefix.length)) ?? [])
    const s = BigInt(`0x${bytes.subarray(-32).toString('hex')}`)
    bytes.write(change(s).toString(16).padStart(64, '0'), bytes.length - 32, 'hex')
    return sealPrefix + toBase45(bytes)
  }
  const second = withS((s) => order - s)
  expect(second).not.toBe(seal)
  expect(verifySeal(second, [key])).toEqual({ ok: true, value: claims })
  for (const change of [(s: bigint) => s ^ 1n, () => 0n, () => order, (s: bigint) => (s * 2n) % order])
    expect(verifySeal(withS(change), [key])).toMatchObject({ fault: { code: 'seal.badSignature' } })
})
