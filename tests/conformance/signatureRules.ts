import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose'
import { z } from 'zod'
import { keyStatement, platformKeysAnswer, type PlatformKey } from '#shared/contract/heads.ts'
import { platformJwsType } from '#shared/contract/officeFile.ts'
import { eventsBatchType, platformPaths } from '#shared/contract/platform.ts'
import { commands } from '#tests/builders/commands.ts'
import type { Kit, KitCounter } from './client.ts'
import { Deviation, hold } from './hold.ts'
import type { Rule } from './rule.ts'
import { digestOf, exchange, signerOf, type Asked, type Exchanged } from './signature.ts'

const keysOf = async (kit: Kit): Promise<readonly PlatformKey[]> =>
  platformKeysAnswer.parse((await kit.ask('GET', platformPaths.platformKeys)).body).keys

const batchOf = (counter: KitCounter, first = 1): string =>
  JSON.stringify(commands(2, first, { counterid: counter.identity.counterId }))

const sending = (counter: KitCounter, body: string, digest: true | string): Asked => ({
  method: 'POST',
  path: platformPaths.commands(counter.identity.counterId),
  body,
  type: eventsBatchType,
  as: counter.device,
  digest,
})

export const signatureRules: readonly Rule[] = [
  {
    id: 'signed',
    says: 'every answer is signed by the newest published key, refusals too, over its status, its body, and the query, the proof and the digest of what was asked (RFC 9421, RFC 9530)',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId } = counter.identity
      const newest = (await keysOf(kit))[0]?.kid
      const one = platformPaths.counter(counterId)
      const asked: readonly (readonly [number, Asked])[] = [
        [200, { path: platformPaths.health }],
        [200, { path: `${platformPaths.time}?x=1&y=%C3%A9` }],
        [200, { path: platformPaths.platformKeys }],
        [404, { path: '/v1/nothing?a' }],
        [401, { path: one }],
        [422, { method: 'POST', path: platformPaths.enrolments, body: '{', digest: true }],
        [200, { path: one, as: counter.device }],
        [200, { path: `${platformPaths.commands(counterId)}?from=1`, as: counter.device }],
        [400, { path: `${platformPaths.changes}?after=%F0%9F%8D%8B`, as: counter.device }],
        [200, sending(counter, batchOf(counter), true)],
        [409, sending(counter, batchOf(counter, 8), true)],
        [422, sending(counter, '[]', true)],
      ]
      for (const [status, question] of asked) {
        const answer = await exchange(kit.url, question)
        const what = `${question.method ?? 'GET'} ${question.path}`
        hold(answer.status, status, what)
        hold(signerOf(answer, await keysOf(kit))?.kid, newest, `who signed ${what}`)
      }
    },
  },
  {
    id: 'signed-once',
    says: 'the signature of one answer holds for no other: another proof, query, question, status or body',
    run: async (kit) => {
      const counter = await kit.counter()
      const keys = await keysOf(kit)
      const path = platformPaths.counter(counter.identity.counterId)
      const ask = (query: string): Promise<Exchanged> => exchange(kit.url, { path: path + query, as: counter.device })
      const [first, again, other] = [await ask(''), await ask(''), await ask('?x=1')]
      hold(
        [first, again, other].map((one) => signerOf(one, keys) !== undefined),
        [true, true, true],
        'signed',
      )
      const pairs: readonly (readonly [string, Exchanged, Exchanged['of']])[] = [
        ['an answer to an earlier question', first, again.of],
        ['an answer to another query', first, { ...first.of, query: other.of.query }],
        ['an answer to a question without a proof', first, { ...first.of, dpop: undefined }],
        ['an answer to a question with a body', first, { ...first.of, asked: digestOf('{}') }],
        ['another status', first, { ...first.of, status: 409 }],
        ['another body', first, { ...first.of, digest: digestOf('{}') }],
      ]
      for (const [what, { header }, of] of pairs)
        hold(
          signerOf({ of, header: (name) => (name === 'content-digest' ? of.digest : header(name)) }, keys),
          undefined,
          what,
        )
    },
  },
  {
    id: 'body-changed',
    says: 'a body that is not the one of its `Content-Digest` is refused with 400 as `digest-mismatch` and nothing of it is taken',
    run: async (kit) => {
      const counter = await kit.counter()
      const keys = await keysOf(kit)
      const body = batchOf(counter)
      for (const digest of [digestOf(`${body} `), digestOf(''), 'sha-256=:AAAA:', 'noise']) {
        const refused = await exchange(kit.url, sending(counter, body, digest))
        hold([refused.status, codeOf(refused.body)], [400, 'digest-mismatch'], digest)
        hold(signerOf(refused, keys) !== undefined, true, `signed: ${digest}`)
      }
      const form = { method: 'POST', path: platformPaths.token, type: 'application/x-www-form-urlencoded' } as const
      hold((await exchange(kit.url, { ...form, body: 'a=b', digest: digestOf('a=c') })).status, 400, 'a form')
      hold(await counter.lastSeq(), 0, 'taken')
      hold((await exchange(kit.url, sending(counter, body, true))).status, 200, 'the body that was announced')
      hold(await counter.lastSeq(), 2, 'taken')
    },
  },
  {
    id: 'key-chain',
    says: 'keys are published newest first under their thumbprints, each but the oldest vouched for by the one before it',
    run: async (kit) => {
      const keys = await keysOf(kit)
      for (const [at, key] of keys.entries()) {
        hold(key.kid, await calculateJwkThumbprint(key.publicKey), 'thumbprint')
        const before = keys[at + 1]
        if (before === undefined) break
        hold(key.since >= before.since, true, 'newest first')
        const { protectedHeader, payload } = await compactVerify(
          key.vouched ?? '',
          await importJWK(before.publicKey, 'ES256'),
          { algorithms: ['ES256'] },
        ).catch(() => {
          throw new Deviation(`${key.kid} is not vouched for by ${before.kid}`)
        })
        hold([protectedHeader.typ, protectedHeader.kid], [platformJwsType.key, before.kid], 'header')
        const { kid, publicKey, since } = key
        hold(keyStatement.parse(JSON.parse(new TextDecoder().decode(payload))), { kid, publicKey, since }, 'statement')
      }
    },
  },
]

const codeOf = (body: string): unknown => z.looseObject({ code: z.string() }).parse(JSON.parse(body)).code
