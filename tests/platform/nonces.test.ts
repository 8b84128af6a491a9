import { expect, test } from 'vitest'
import { createNonces, proofLife } from './nonces.ts'

test('a nonce is the same on every node, holds for a minute at least and two at most, and cannot be made without the secret', () => {
  let now = Date.parse('2026-11-21T10:00:30Z')
  const [one, two, other] = [
    createNonces(new Uint8Array(32), () => now),
    createNonces(new Uint8Array(32), () => now),
    createNonces(new Uint8Array(32).fill(1), () => now),
  ]
  const nonce = one.current()
  expect([two.current(), two.taken(nonce), other.taken(nonce)]).toEqual([nonce, true, false])
  now += 60_000
  expect([one.current() === nonce, one.taken(nonce)]).toEqual([false, true])
  now += 60_000
  expect(one.taken(nonce)).toBe(false)
  expect(proofLife).toBe(120_000)
  for (const wrong of [undefined, '', 'x', nonce.slice(1), 7]) expect(one.taken(wrong)).toBe(false)
})
