import type { IncomingMessage } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { batchLimit, eventsBatchType, platformPaths } from '#shared/contract/platform.ts'
import { isShallow } from '#shared/domain/readJson.ts'
import { sha256Hex } from '#shared/ids.ts'
import { batchOf, lookUp, recordOf, takeBatch } from './commands.ts'
import type { Database } from './database.ts'
import { officeOf, partAsked, partOf } from './digital.ts'
import { addDeviceRoutes, challenge } from './deviceRoutes.ts'
import { findCounter, listKeys } from './devices.ts'
import { changesAfter } from './feed.ts'
import type { Files } from './files.ts'
import { publishedKeys } from './heads.ts'
import { createNonces } from './nonces.ts'
import { addOperations } from './operations.ts'
import { createKeyring, createProofCheck } from './proofs.ts'
import { addProofs } from './proofRoutes.ts'
import { problemOf, refuse } from './refuse.ts'
import { addSigning, answerOf, digestMismatch, digestProblem } from './signing.ts'
import type { Secrets } from './secrets.ts'
import type { AccessSecrets } from './accessSecrets.ts'
import { createAccess, type Asked } from './token.ts'
import { createUploads, isUploadOf } from './uploads.ts'
import { createClientVersions, versionSaid } from './versions.ts'

/** What walks a value that is nested without end runs out of stack. */
const tooDeep = Object.assign(new Error('nested too deep'), { statusCode: 422 })

/** How long a request may take, in milliseconds: slow senders do not hold the sockets of the others. */
export interface Patience {
  /** Without a byte in either direction. */
  readonly idleMs: number
  /** From its first byte to the last of its body. */
  readonly requestMs: number
}
/** The longest lawful request is a piece of a file, 5 MB: at 140 kbit/s it takes five minutes. */
const usualPatience: Patience = { idleMs: 60_000, requestMs: 300_000 }
/** For the head of a request, in milliseconds: as Node has it. */
const headersMs = 60_000

interface Options {
  readonly database: Database
  readonly version: string
  readonly accessSecrets: AccessSecrets
  readonly secrets: Secrets
  /** A code for any number of counters, which are approved at once; demonstrations only. */
  readonly openCode?: string | undefined
  /** The token of the platform's operator, who hands out codes and approves devices. */
  readonly operator?: string | undefined
  /** The address that counters ask, where a proxy stands before it; absent: what each request says. */
  readonly address?: string | undefined
  readonly files: Files
  /** Where uploads lie until they are whole. */
  readonly uploadsFolder: string
  /** Batches at work at once; above it the answer is 429. */
  readonly bound?: number
  /** How long a request may take to come, absent: `usualPatience`. */
  readonly patience?: Patience
  /** A command that contradicts a recorded one: somebody has to look. Numbers only, no content. */
  readonly onAlarm: (counter: string, seqs: readonly number[]) => void
}

/** The HTTP face of the platform: `resources/platform.openapi.yaml`, without any state of its own. */
export function createApp({
  database,
  version,
  accessSecrets,
  secrets,
  openCode,
  operator: token,
  address,
  files,
  uploadsFolder,
  bound = 200,
  patience = usualPatience,
  onAlarm,
}: Options): FastifyInstance {
  // An empty token is none: whoever sends none would be the operator.
  const operator = token === '' ? undefined : token
  const app = Fastify({
    bodyLimit: batchLimit.bytes,
    forceCloseConnections: true,
    connectionTimeout: patience.idleMs,
    requestTimeout: patience.requestMs,
    http: {
      headersTimeout: Math.min(headersMs, patience.requestMs),
      connectionsCheckingInterval: Math.min(headersMs / 2, patience.requestMs),
    },
    // What is no address at all: it has no route, and no hooks.
    frameworkErrors: (_, request, reply) => {
      const problem = JSON.stringify(problemOf(404, 'not-found', 'No such resource'))
      reply.hijack()
      reply.raw.statusCode = 404
      const fields = secrets.signAnswer(answerOf(request, reply, problem))
      reply.raw.writeHead(404, { ...fields, 'content-type': 'application/problem+json' }).end(problem)
    },
  })
  addSigning(app, secrets)
  const nonces = createNonces(accessSecrets.nonces)
  const keyring = createKeyring()
  const prove = createProofCheck({ database, nonces, keyring })
  const access = createAccess({ database, secret: accessSecrets.tokens, keyring, prove })
  const askedBy = (request: FastifyRequest): Asked => ({
    method: request.method,
    url: (address?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`) + request.url,
    proof: request.headers['dpop'],
  })
  const upload = createUploads(files, uploadsFolder)
  const askers = new WeakMap<IncomingMessage, string>()
  let atWork = 0

  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(['application/json', eventsBatchType], { parseAs: 'buffer' }, (request, body, done) => {
    const problem = digestProblem(request, body)
    if (problem !== undefined) done(problem)
    else
      void parse(request, body.toString(), (cause, value) => {
        done(cause ?? (isShallow(value) ? null : tooDeep), value)
      })
  })
  // tus reads the bytes itself.
  app.addContentTypeParser('application/offset+octet-stream', (_, __, done) => {
    done(null)
  })
  app.setNotFoundHandler((_, reply) => refuse(reply, 404, 'not-found', 'No such resource'))
  app.setErrorHandler((cause: Error & { statusCode?: number; code?: string }, _, reply) => {
    const status = cause.statusCode ?? 500
    if (status === 413) return refuse(reply, 413, 'batch-too-large', `At most ${String(batchLimit.bytes)} bytes`)
    if (cause.code === digestMismatch) return refuse(reply, 400, digestMismatch, 'Not the body that it announced')
    if (status < 500) return refuse(reply, 422, 'malformed', 'The request cannot be read')
    return refuse(reply, 500, 'internal', 'Internal error')
  })

  app.get(platformPaths.health, async () => {
    await database.query('SELECT 1')
    return { status: 'ok', version }
  })
  app.get(platformPaths.time, () => ({ now: new Date().toISOString() }))
  app.get(platformPaths.keys, () => listKeys(database))
  app.get(platformPaths.platformKeys, () => publishedKeys(secrets))
  addOperations(app, database, operator)

  // Whoever has to prove something next finds the nonce for it here (RFC 9449 §8.2).
  app.addHook('onRequest', async (_, reply) => {
    reply.raw.setHeader('dpop-nonce', nonces.current())
  })
  const versions = createClientVersions(database)
  addDeviceRoutes(app, { database, access, prove, askedBy, openCode, operator, versions })

  void app.register(async (signed) => {
    signed.addHook('onRequest', async (request, reply) => {
      const who = await access.check(request.headers.authorization, askedBy(request))
      if (typeof who === 'string') return challenge(reply, who)
      const named = (request.params as { counterId?: string }).counterId
      if (named !== undefined && named !== who.counter)
        return refuse(reply, 403, 'another-counter', 'The token is for another counter')
      const version = versionSaid(request.headers)
      await versions.note(who.counter, who.kid, version)
      const least = await versions.tooOld(version)
      if (least !== undefined)
        return refuse(reply, 426, 'version-too-old', 'A newer version of the program is needed', { least })
      askers.set(request.raw, who.counter)
    })
    const askerOf = (request: FastifyRequest): string => askers.get(request.raw) ?? ''
    signed.get<{ Params: { sha256: string } }>(platformPaths.file(':sha256'), async (request, reply) => {
      const sha256 = sha256Hex.safeParse(request.params.sha256)
      if (!sha256.success) return refuse(reply, 400, 'bad-hash', 'Not a SHA-256')
      return { sha256: sha256.data, state: (await files.state(askerOf(request), sha256.data)) ?? 'unknown' }
    })
    signed.get<{ Params: { id: string; sha256: string }; Querystring: { from?: string } }>(
      platformPaths.digitalFile(':id', ':sha256'),
      async (request, reply) => {
        const asked = partAsked.safeParse({ ...request.params, ...request.query })
        if (!asked.success) return refuse(reply, 400, 'bad-part', 'An item, a SHA-256, and `from`: a number from 0')
        const part = await partOf(database, officeOf(askerOf(request)), asked.data)
        return part === undefined ? refuse(reply, 404, 'not-found', 'No such file') : { part }
      },
    )
    const overTus = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      reply.hijack()
      await upload(askerOf(request), request.raw, reply.raw)
    }
    signed.post(platformPaths.uploads, overTus)
    signed.route<{ Params: { uploadId: string } }>({
      method: ['HEAD', 'PATCH'],
      url: platformPaths.upload(':uploadId'),
      handler: (request, reply) =>
        isUploadOf(askerOf(request), request.params.uploadId)
          ? overTus(request, reply)
          : refuse(reply, 404, 'not-found', 'No such upload'),
    })
    signed.get<{ Params: { counterId: string } }>(platformPaths.counter(':counterId'), async (request) => {
      const row = await findCounter(database, request.params.counterId)
      return { counterId: request.params.counterId, lastSeq: Number(row?.last_seq ?? 0), series: row?.series ?? 1 }
    })
    signed.get<{ Params: { counterId: string }; Querystring: { from?: string } }>(
      platformPaths.commands(':counterId'),
      async (request, reply) => {
        const from = Number(request.query.from ?? '1')
        if (!Number.isSafeInteger(from) || from < 1) return refuse(reply, 400, 'bad-from', '`from` is a number from 1')
        const { counterId } = request.params
        const state = await findCounter(database, counterId)
        const rows = await lookUp(database, counterId, from, from + batchLimit.commands - 1)
        return { results: rows.map(recordOf), lastSeq: Number(state?.last_seq ?? 0) }
      },
    )
    signed.post<{ Params: { counterId: string } }>(platformPaths.commands(':counterId'), async (request, reply) => {
      const batch = batchOf(request.body)
      if (batch === undefined) return refuse(reply, 422, 'malformed', 'Not a batch of consecutive commands')
      if (atWork >= bound)
        return refuse(
          reply.header('retry-after', String(1 + Math.floor(Math.random() * 5))),
          429,
          'busy',
          'Too many at once',
        )
      atWork += 1
      try {
        const taken = await takeBatch(database, request.params.counterId, batch)
        if ('expectedSeq' in taken)
          return await refuse(reply, 409, 'gap', 'The batch does not begin where the platform is', taken)
        const conflicts = taken.results.filter((one) => one.status === 'conflict').map((one) => one.seq)
        if (conflicts.length > 0) onAlarm(request.params.counterId, conflicts)
        return taken
      } finally {
        atWork -= 1
      }
    })
    signed.get<{ Querystring: { after?: string } }>(platformPaths.changes, async (request, reply) => {
      const after = request.query.after === undefined ? 0 : secrets.positionOf(request.query.after)
      if (after === undefined) return refuse(reply, 400, 'bad-cursor', 'Not a cursor of this feed')
      const { last, ...page } = await changesAfter(database, officeOf(askerOf(request)), after)
      return { ...page, cursor: secrets.cursorOf(last) }
    })
    addProofs(signed, database, secrets)
  })
  return app
}
