import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { calculateJwkThumbprint } from 'jose'
import { codeRequest, deviceDecision, enrolment, leastVersion, platformPaths } from '#shared/contract/platform.ts'
import type { Database } from './database.ts'
import { noteDecision } from './decisions.ts'
import { approve, findDevice, listDevices, recordOf, revoke } from './devices.ts'
import { codeTries, enrol, makeCode } from './enrol.ts'
import { refuse } from './refuse.ts'
import { digestProblem } from './signing.ts'
import type { ProofCheck } from './proofs.ts'
import type { Access, AccessProblem, Asked } from './token.ts'
import type { ClientVersions } from './versions.ts'

interface Options {
  readonly database: Database
  readonly access: Access
  readonly prove: ProofCheck
  readonly askedBy: (request: FastifyRequest) => Asked
  /** A code for any number of counters, which are approved at once; demonstrations only. */
  readonly openCode: string | undefined
  /** The token of the platform's operator; absent: nobody operates it over HTTP. */
  readonly operator: string | undefined
  readonly versions: ClientVersions
}

/** What is said of each problem of access: RFC 6750 and RFC 9449 have their own words for some. */
const problems: Readonly<Record<AccessProblem, { readonly title: string; readonly error: string }>> = {
  'token-missing': { title: 'A token is needed', error: '' },
  'token-invalid': { title: 'The token is not valid', error: 'invalid_token' },
  'assertion-invalid': { title: 'The device did not prove who it is', error: 'invalid_client' },
  'device-unknown': { title: 'No such device', error: 'invalid_client' },
  'device-pending': { title: 'The device waits to be approved', error: 'unauthorized_client' },
  'device-revoked': { title: 'The device was revoked', error: 'unauthorized_client' },
  'proof-missing': { title: 'A proof is needed', error: 'invalid_dpop_proof' },
  'proof-invalid': { title: 'The proof is not one of this request', error: 'invalid_dpop_proof' },
  'proof-replayed': { title: 'This proof was used before', error: 'invalid_dpop_proof' },
  'nonce-needed': { title: 'The proof needs the nonce of this answer', error: 'use_dpop_nonce' },
}

/** Refuses a request for want of access, with the challenge of RFC 9449 §7.1. */
export function challenge(reply: FastifyReply, problem: AccessProblem): FastifyReply {
  const { title, error } = problems[problem]
  return refuse(
    reply.header('www-authenticate', `DPoP algs="ES256"${error === '' ? '' : `, error="${error}"`}`),
    401,
    problem,
    title,
  )
}

/** Enrolment, tokens, and what the platform's operator decides of devices. */
export function addDeviceRoutes(
  app: FastifyInstance,
  { database, access, prove, askedBy, openCode, operator, versions }: Options,
): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (request, body, done) => {
    done(digestProblem(request, body) ?? null, Object.fromEntries(new URLSearchParams(body.toString())))
  })

  app.post(platformPaths.enrolments, async (request, reply) => {
    const asked = enrolment.safeParse(request.body)
    if (!asked.success) return refuse(reply, 422, 'malformed', 'Not an enrolment')
    const { publicKey } = asked.data
    const unproven = await prove(askedBy(request).proof, {
      ...askedBy(request),
      publicKey,
      kid: await calculateJwkThumbprint(publicKey),
    })
    if (unproven !== undefined) return challenge(reply, unproven)
    const done = await enrol(database, openCode, asked.data)
    if (typeof done !== 'string') return done
    if (done === 'codes-exhausted')
      return refuse(
        reply.header('retry-after', String(codeTries.seconds)),
        429,
        done,
        'Too many wrong codes for this counter',
      )
    return refuse(
      reply,
      403,
      done,
      done === 'counter-taken'
        ? 'Another machine holds the series of this counter'
        : done === 'device-revoked'
          ? 'The device was revoked'
          : 'The code is not valid',
    )
  })
  app.post(platformPaths.token, async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    const granted = await access.grant(request.body, askedBy(request))
    if (typeof granted !== 'string') return granted
    const { title, error } = problems[granted]
    // An error of RFC 6749 §5.2 that is a problem of RFC 9457 too.
    return refuse(reply, error === 'invalid_client' ? 401 : 400, granted, title, { error })
  })

  void app.register(async (operated) => {
    const expected = Buffer.from(`Bearer ${operator ?? ''}`)
    operated.addHook('onRequest', async (request, reply) => {
      const given = Buffer.from(request.headers.authorization ?? '')
      if (operator === undefined || given.length !== expected.length || !timingSafeEqual(given, expected))
        return refuse(reply, 401, 'operator-only', 'For the operator of the platform')
    })
    operated.post(platformPaths.codes, async (request, reply) => {
      const asked = codeRequest.safeParse(request.body)
      if (!asked.success) return refuse(reply, 422, 'malformed', 'Not a counter')
      const { counterId, seconds } = asked.data
      return reply.code(201).send(
        await database.transaction(async (session) => {
          const made = await makeCode(session, counterId, seconds)
          await noteDecision(session, { counter: counterId, what: 'code', subject: made.expiresAt })
          return made
        }),
      )
    })
    operated.post(platformPaths.leastVersion, async (request, reply) => {
      const asked = leastVersion.safeParse(request.body)
      if (!asked.success) return refuse(reply, 422, 'malformed', 'Not a version')
      await versions.ask(asked.data.least ?? undefined)
      return asked.data
    })
    operated.get(platformPaths.devices, async () => ({ devices: await listDevices(database) }))
    operated.post<{ Params: { counterId: string; kid: string } }>(
      platformPaths.device(':counterId', ':kid'),
      async (request, reply) => {
        const decision = deviceDecision.safeParse(request.body)
        if (!decision.success) return refuse(reply, 422, 'malformed', 'Not a decision')
        const { counterId, kid } = request.params
        const done = await database.transaction(async (session) => {
          const outcome =
            decision.data.state === 'approved'
              ? await approve(session, counterId, kid)
              : await revoke(session, counterId, kid)
          if (outcome === 'approved' || outcome === 'revoked')
            await noteDecision(session, { counter: counterId, what: outcome, subject: kid })
          return outcome
        })
        if (done === 'unknown') return refuse(reply, 404, 'not-found', 'No such device')
        if (done === 'counter-taken')
          return refuse(reply, 409, done, 'Another machine holds the series of this counter: revoke it first')
        const device = await findDevice(database, counterId, kid)
        return device === undefined ? refuse(reply, 404, 'not-found', 'No such device') : recordOf(device)
      },
    )
  })
}
