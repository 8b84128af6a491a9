import { createSigner, type Provable } from '#electron/worker/outbox/auth.ts'
import { platformPaths } from '#shared/contract/platform.ts'
import { anIdentity } from '#tests/builders/commands.ts'
import type { Kit, KitCounter } from './client.ts'
import { hold, holdOneOf } from './hold.ts'
import type { Rule } from './rule.ts'

const refused = [400, 401]

/** The token of a counter and the newest nonce, to make proofs that a counter would not make. */
async function hands(
  kit: Kit,
  counter: KitCounter,
): Promise<{
  path: string
  of: Provable & { token: string }
  readonly ask: (proof: string | undefined) => Promise<Response>
}> {
  const path = platformPaths.counter(counter.identity.counterId)
  const { authorization = '' } = await counter.device.headers('GET', path)
  const nonce = (await fetch(kit.url + path)).headers.get('dpop-nonce') ?? undefined
  return {
    path,
    of: { method: 'GET', url: kit.url + path, nonce, token: authorization.replace(/^DPoP /, '') },
    ask: (proof) =>
      fetch(kit.url + path, { headers: { authorization, ...(proof === undefined ? {} : { dpop: proof }) } }),
  }
}

export const proofRules: readonly Rule[] = [
  {
    id: 'proof',
    says: 'a token is worth nothing without a proof by its own key, made for this request and this token',
    run: async (kit) => {
      const counter = await kit.counter()
      const { of, ask } = await hands(kit, counter)
      const own = createSigner(counter.identity)
      const now = new Date()
      hold((await ask(await own.proof(of, now))).status, 200, 'a sound proof')
      holdOneOf((await ask(undefined)).status, refused, 'without a proof')
      holdOneOf((await ask('noise')).status, refused, 'noise')
      holdOneOf(
        (await ask(await createSigner(anIdentity(counter.identity.counterId)).proof(of, now))).status,
        refused,
        'another key',
      )
      holdOneOf((await ask(await own.proof({ ...of, method: 'POST' }, now))).status, refused, 'another method')
      holdOneOf(
        (await ask(await own.proof({ ...of, url: `${of.url}/commands` }, now))).status,
        refused,
        'another address',
      )
      holdOneOf((await ask(await own.proof({ ...of, token: `${of.token}x` }, now))).status, refused, 'another token')
      holdOneOf((await ask(await own.proof({ ...of, token: undefined }, now))).status, refused, 'no token')
      const bearer = await fetch(of.url, {
        headers: { authorization: `Bearer ${of.token}`, dpop: await own.proof(of, now) },
      })
      holdOneOf(bearer.status, refused, 'the token as a bearer')
    },
  },
  {
    id: 'proof-once',
    says: 'the same proof is not taken twice',
    run: async (kit) => {
      const counter = await kit.counter()
      const { of, ask } = await hands(kit, counter)
      const proof = await createSigner(counter.identity).proof(of, new Date())
      const together = await Promise.all([ask(proof), ask(proof), ask(proof)])
      hold(together.map((one) => one.status).sort(), [200, 401, 401], 'three at once')
      holdOneOf((await ask(proof)).status, refused, 'later')
    },
  },
  {
    id: 'nonce',
    says: 'a proof without a nonce of the platform, or with a made-up one, is answered with one, which is taken; the clock of the counter does not matter',
    run: async (kit) => {
      const counter = await kit.counter()
      const { of, ask } = await hands(kit, counter)
      const { proof } = createSigner(counter.identity)
      for (const nonce of [undefined, 'made-up', of.nonce?.toUpperCase()]) {
        const answer = await ask(await proof({ ...of, nonce }, new Date()))
        hold(
          [answer.status, answer.headers.get('www-authenticate')?.includes('error="use_dpop_nonce"')],
          [401, true],
          'challenge',
        )
        const fresh = answer.headers.get('dpop-nonce') ?? undefined
        hold(
          (await ask(await proof({ ...of, nonce: fresh }, new Date(Date.now() - 40 * 86_400_000)))).status,
          200,
          'with the nonce, by a wrong clock',
        )
      }
    },
  },
]
