import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calculateJwkThumbprint, SignJWT } from 'jose'
import { z } from 'zod'
import { repairs } from '#shared/contract/features/corrections/acts.ts'
import {
  batchAnswer,
  command,
  enrolment,
  eventsBatchType,
  lookupAnswer,
  platformAudience,
  platformPaths,
} from '#shared/contract/platform.ts'
import { aCommand, anIdentity, aRepair } from '#tests/builders/commands.ts'
import { digestOf, signerOf } from '#tests/conformance/signature.ts'
import { readAccessSecrets } from '#tests/platform/accessSecrets.ts'
import { createApp } from '#tests/platform/app.ts'
import { insert, openDatabase } from '#tests/platform/database.ts'
import { openFiles } from '#tests/platform/files.ts'
import { createTables } from '#tests/platform/schema.ts'
import { openSecrets } from '#tests/platform/secrets.ts'
import type { Draw } from '../draw.ts'
import { generate } from '../generate.ts'
import { mutateText, mutateValue, nastyTexts, nested } from '../mutate.ts'
import { askParser } from '../schemaTarget.ts'
import { must, type Target } from '../target.ts'

interface Case {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH'
  readonly path: string
  readonly body?: string
  readonly type?: string
}

const code = z.object({ code: z.string() })

/** The whole reference platform in this process, asked by a counter that is known to it and has gone mad. */
export const platformServer: Target = {
  about:
    'every path of the platform, asked with a good proof: never 500, always signed, results only of the contract, nothing applied that its parser refuses',
  cases: 50_000,
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-fuzz-'))
    const database = await openDatabase({ pglite: true, log: () => undefined })
    await createTables(database)
    const accessSecrets = await readAccessSecrets(database)
    const secrets = await openSecrets(database)
    let thrown: unknown
    const app = createApp({
      database,
      accessSecrets,
      secrets,
      version: '1',
      openCode: 'demo',
      operator: 'o'.repeat(40),
      files: openFiles(database, join(folder, 'files')),
      uploadsFolder: join(folder, 'uploads'),
      onAlarm: () => undefined,
    })
    app.addHook('onError', async (_, __, cause) => {
      thrown = cause
    })
    const { counterId, publicKey, privateKey } = anIdentity()
    const kid = await calculateJwkThumbprint(publicKey)
    const [now, key] = [new Date(), JSON.stringify(publicKey)]
    await insert(database, 'device (counter_id, kid, public_key, state, asked_at, approved_at)', [
      [counterId, kid, key, 'approved', now, now],
    ])
    await insert(database, 'counter_state (counter_id, last_seq, public_key, kid, enrolled_at)', [
      [counterId, 0, key, kid, now],
    ])
    const seconds = (): number => Math.floor(Date.now() / 1000)
    let nonce = ''

    const proofs = async (method: string, path: string): Promise<Record<string, string>> => {
      const token = await new SignJWT({ cnf: { jkt: kid } })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setIssuer(platformAudience)
        .setAudience(platformAudience)
        .setSubject(counterId)
        .setIssuedAt(seconds())
        .setExpirationTime(seconds() + 300)
        .sign(accessSecrets.tokens)
      const dpop = await new SignJWT({
        htm: method,
        htu: `http://localhost${path.split('?')[0] ?? ''}`,
        nonce,
        ath: createHash('sha256').update(token).digest('base64url'),
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: publicKey })
        .setIssuedAt(seconds())
        .setJti(randomUUID())
        .sign(privateKey)
      return { authorization: `DPoP ${token}`, dpop }
    }
    let next = 1
    /** A lawful batch where the platform is, sometimes of repairs. */
    const batch = (draw: Draw): readonly unknown[] => {
      const first = aCommand(next)
      const more = Array.from({ length: draw.below(3) }, (_, at) =>
        draw.chance(0.5)
          ? aCommand(next + 1 + at)
          : aRepair(draw.pick(Object.keys(repairs) as (keyof typeof repairs)[]), next + 1 + at, first),
      )
      return [first, ...more]
    }
    const caseOf = (draw: Draw): Case => {
      const commands = platformPaths.commands(counterId)
      if (draw.chance(0.75)) {
        const lawful = batch(draw)
        const text = JSON.stringify(draw.chance(0.3) ? lawful : mutateValue(draw, lawful))
        const body = draw.chance(0.01)
          ? `[${JSON.stringify(lawful[0]).replace('"data":{', `"data":{"x":${nested(draw.pick([50, 4_000]))},`)}]`
          : draw.chance(0.2)
            ? mutateText(draw, text)
            : text
        return { method: 'POST', path: commands, body, type: draw.chance(0.9) ? eventsBatchType : 'application/json' }
      }
      const odd = encodeURIComponent(draw.pick(nastyTexts).toWellFormed())
      return draw.pick<() => Case>([
        () => ({
          method: 'POST',
          path: platformPaths.enrolments,
          body: JSON.stringify(mutateValue(draw, generate(draw, enrolment))),
          type: 'application/json',
        }),
        () => ({
          method: 'POST',
          path: platformPaths.token,
          body: mutateText(draw, 'grant_type=client_credentials&client_assertion=a.b.c'),
          type: 'application/x-www-form-urlencoded',
        }),
        () => ({ method: 'GET', path: `${commands}?from=${odd}` }),
        () => ({ method: 'GET', path: `${platformPaths.changes}?after=${odd}` }),
        () => ({ method: 'GET', path: platformPaths.file(odd) }),
        () => ({ method: 'GET', path: `${platformPaths.inclusion(counterId)}?seq=${odd}&size=${odd}` }),
        () => ({ method: 'GET', path: `${platformPaths.consistency(counterId)}?from=${odd}&to=${odd}` }),
        () => ({
          method: 'POST',
          path: platformPaths.heads(counterId),
          body: JSON.stringify(mutateValue(draw, { seq: 1, hash: 'a'.repeat(64) })),
          type: 'application/json',
        }),
        () => ({
          method: 'POST',
          path: platformPaths.codes,
          body: JSON.stringify(mutateValue(draw, { counterId })),
          type: 'application/json',
        }),
        () => ({ method: 'GET', path: platformPaths.counter(odd) }),
        () => ({ method: 'HEAD', path: platformPaths.upload(odd) }),
      ])()
    }
    const judge = (asked: Case, status: number, body: string): boolean => {
      must(
        status < 500,
        `${asked.method} ${asked.path}: ${String(status)} ${thrown instanceof Error ? (thrown.stack ?? '') : ''} to ${asked.body?.slice(0, 600) ?? ''}`,
      )
      if (status >= 400 && asked.method !== 'HEAD')
        must(
          code.safeParse(JSON.parse(body)).success || body.includes('"error"'),
          `a refusal without a code: ${body.slice(0, 200)}`,
        )
      if (status !== 200 || !asked.path.startsWith(platformPaths.commands(counterId))) return status === 200
      if (asked.method === 'GET') return askParser(lookupAnswer, JSON.parse(body))
      const answer = batchAnswer.parse(JSON.parse(body))
      // the platform read it as a list, without the mark
      const sent = JSON.parse((asked.body ?? '').replace(/^\ufeff/, '')) as readonly unknown[]
      answer.results.forEach((one, at) => {
        must(
          one.status !== 'applied' || command.safeParse(sent[at]).success,
          `applied although its parser refuses it: ${JSON.stringify(sent[at]).slice(0, 600)}`,
        )
      })
      next = answer.lastSeq + 1
      return answer.results.some(({ status: said }) => said === 'applied')
    }
    return {
      one: async (draw) => {
        const asked = caseOf(draw)
        let proof: Record<string, string> = {}
        const ask = async () => {
          proof = await proofs(asked.method, asked.path)
          return app.inject({
            method: asked.method,
            url: asked.path,
            headers: {
              host: 'localhost',
              ...proof,
              ...(asked.type === undefined ? {} : { 'content-type': asked.type }),
            },
            ...(asked.body === undefined ? {} : { payload: asked.body }),
          })
        }
        thrown = undefined
        let got = await ask()
        const fresh = got.headers['dpop-nonce']
        if (typeof fresh === 'string' && fresh !== nonce) {
          nonce = fresh
          got = await ask()
        }
        // as it is sent: an address is normalised first
        const { search } = new URL(`http://localhost${asked.path}`)
        const of = {
          status: got.statusCode,
          digest: digestOf(got.rawPayload),
          query: search === '' ? '?' : search,
          dpop: proof['dpop'],
        }
        const header = (name: string): string | undefined => z.string().optional().parse(got.headers[name])
        must(signerOf({ of, header }, secrets.keys()) !== undefined, `not signed: ${asked.method} ${asked.path}`)
        return judge(asked, got.statusCode, got.body)
      },
      close: async () => {
        await app.close()
        await database.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}
