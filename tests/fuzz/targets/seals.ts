import { generateKeyPairSync, sign } from 'node:crypto'
import { encode } from 'cborg'
import { sealClaims } from '#shared/domain/receipt/receipt.ts'
import { counterId } from '#shared/ids.ts'
import { fromBase45, toBase45 } from '#electron/worker/seal/base45.ts'
import { toClaimMap } from '#electron/worker/seal/claims.ts'
import { counterKeyOf, parseCounterKeys, serialiseCounterKeys } from '#electron/worker/seal/keys.ts'
import { signSeal, verifySeal } from '#electron/worker/seal/seal.ts'
import { sealPrefix } from '#shared/domain/scan/sealText.ts'
import { someClaims } from '#tests/builders/receipt.ts'
import type { Draw } from '../draw.ts'
import { mutateBytes, mutateText, mutateValue } from '../mutate.ts'
import { askParser } from '../schemaTarget.ts'
import { must, type Target } from '../target.ts'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = counterKeyOf(privateKey, counterId.parse('RAB03-G2'), '2026-01-01T00:00:00Z')

/**
 * A COSE_Sign1 with a good signature over a payload that was not: only its key can make one, and it must still not
 * crash the reader.
 */
const signed = (draw: Draw): string => {
  const map = toClaimMap(someClaims())
  if (draw.chance(0.5)) map.set(draw.pick([1, 6, -65_537, 99]), mutateValue(draw, draw.pick([...map.values()]), 'json'))
  const payload = draw.chance(0.5) ? encode(map) : mutateBytes(draw, encode(map))
  const header = encode(
    new Map<number, unknown>([
      [1, -7],
      [4, Uint8Array.from(Buffer.from(key.kid, 'hex'))],
    ]),
  )
  const signature = sign('sha256', encode(['Signature1', header, new Uint8Array(), payload]), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return (
    sealPrefix + toBase45(Uint8Array.from([0xd2, ...encode([header, new Map(), payload, Uint8Array.from(signature)])]))
  )
}

/** The seal on the paper: COSE in CBOR in base45, and the list of keys that it is verified with. */
export const seals: Target = {
  about:
    'seals (COSE, CBOR, base45) and key lists: the claims that were signed, or a fault; no other form of a seal verifies',
  open: () => {
    const genuine = signSeal(someClaims(), { privateKey, kid: key.kid })
    const list = serialiseCounterKeys([key])
    must(verifySeal(genuine, [key]).ok, 'a genuine seal is refused')
    const caseOf = (draw: Draw): string => {
      if (draw.chance(0.05)) return genuine
      if (draw.chance(0.2)) return signed(draw)
      if (draw.chance(0.4)) return mutateText(draw, genuine)
      return sealPrefix + toBase45(mutateBytes(draw, fromBase45(genuine.slice(sealPrefix.length)) ?? new Uint8Array()))
    }
    return {
      one: (draw) => {
        if (draw.chance(0.1)) return parseCounterKeys(mutateText(draw, list)).ok
        const text = caseOf(draw)
        const claims = verifySeal(text, [key])
        if (claims.ok) must(askParser(sealClaims, claims.value), 'claims that were not parsed')
        return claims.ok
      },
    }
  },
  grow: (size) => {
    const text = sealPrefix + 'UJCLQE7W581'.repeat(Math.ceil(size / 11))
    return () => verifySeal(text, [key])
  },
}
