import type { IncomingMessage } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { batchLimit, enrolment, eventsBatchType, platformPaths, type Problem } from '#shared/contract/platform.ts'
import { sha256Hex } from '#shared/ids.ts'
import { batchOf, lookUp, recordOf, takeBatch } from './commands.ts'
import type { Database } from './database.ts'
import { enrol, findCounter, listKeys, type Codes } from './enrol.ts'
import { changesAfter, positionOf } from './feed.ts'
import type { Files } from './files.ts'
import { createTokenCheck } from './token.ts'
import { createUploads, isUploadOf } from './uploads.ts'

interface Options {
  readonly database: Database
  readonly version: string
  readonly codes: Codes
  readonly files: Files
  /** Where uploads lie until they are whole. */
  readonly uploadsFolder: string
  /** Batches at work at once; above it the answer is 429. */
  readonly bound?: number
  /** A command that contradicts a recorded one: somebody has to look. Numbers only, no content. */
  readonly onAlarm: (counter: string, seqs: readonly number[]) => void
}

/** The HTTP face of the platform: `resources/platform.openapi.yaml`, without any state of its own. */
export function createApp({ database, version, codes, files, uploadsFolder, bound = 200, onAlarm }: Options): FastifyInstance {
  const app = Fastify({ bodyLimit: batchLimit.bytes, forceCloseConnections: true })
  const check = createTokenCheck(async (counter) => (await findCounter(database, counter))?.public_key)
  const upload = createUploads(files, uploadsFolder)
  const askers = new WeakMap<IncomingMessage, string>()
  let atWork = 0

  app.addContentTypeParser(eventsBatchType, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))
  // tus reads the bytes itself.
  app.addContentTypeParser('application/offset+octet-stream', (_, __, done) => { done(null) })
  app.setNotFoundHandler((_, reply) => refuse(reply, 404, 'not-found', 'No such resource'))
  app.setErrorHandler((cause: Error & { statusCode?: number; code?: string }, _, reply) => {
    const status = cause.statusCode ?? 500
    if (status === 413) return refuse(reply, 413, 'batch-too-large', `At most ${String(batchLimit.bytes)} bytes`)
    if (status < 500) return refuse(reply, 422, 'malformed', 'The request cannot be read')
    return refuse(reply, 500, 'internal', 'Internal error')
  })

  app.get(platformPaths.health, async () => {
    await database.query('SELECT 1')
    return { status: 'ok', version }
  })
  app.get(platformPaths.time, () => ({ now: new Date().toISOString() }))
  app.get(platformPaths.keys, () => listKeys(database))

  app.post(platformPaths.enrolments, async (request, reply) => {
    const asked = enrolment.safeParse(request.body)
    if (!asked.success) return refuse(reply, 422, 'malformed', 'Not an enrolment')
    const done = await enrol(database, codes, asked.data)
    if (done === 'code-refused') return refuse(reply, 403, done, 'The code is not valid')
    if (done === 'counter-taken') return refuse(reply, 403, done, 'Another machine holds the series of this counter')
    return { counterId: asked.data.counterId, ...done }
  })

  void app.register(async (signed) => {
    signed.addHook('onRequest', async (request, reply) => {
      const who = await check(request.headers.authorization)
      if (typeof who === 'string') return refuse(reply, 401, who, 'The counter did not prove who it is')
      const named = (request.params as { counterId?: string }).counterId
      if (named !== undefined && named !== who.counter) return refuse(reply, 403, 'another-counter', 'The token is for another counter')
      askers.set(request.raw, who.counter)
    })
    const askerOf = (request: FastifyRequest): string => askers.get(request.raw) ?? ''
    signed.get<{ Params: { sha256: string } }>(platformPaths.file(':sha256'), async (request, reply) => {
      const sha256 = sha256Hex.safeParse(request.params.sha256)
      if (!sha256.success) return refuse(reply, 400, 'bad-hash', 'Not a SHA-256')
      return { sha256: sha256.data, state: (await files.state(askerOf(request), sha256.data)) ?? 'unknown' }
    })
    const overTus = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      reply.hijack()
      await upload(askerOf(request), request.raw, reply.raw)
    }
    signed.post(platformPaths.uploads, overTus)
    signed.route<{ Params: { uploadId: string } }>({
      method: ['HEAD', 'PATCH'],
      url: platformPaths.upload(':uploadId'),
      handler: (request, reply) => (isUploadOf(askerOf(request), request.params.uploadId)
        ? overTus(request, reply)
        : refuse(reply, 404, 'not-found', 'No such upload')),
    })
    signed.get<{ Params: { counterId: string } }>(platformPaths.counter(':counterId'), async (request) => {
      const row = await findCounter(database, request.params.counterId)
      return { counterId: request.params.counterId, lastSeq: Number(row?.last_seq ?? 0) }
    })
    signed.get<{ Params: { counterId: string }; Querystring: { from?: string } }>(platformPaths.commands(':counterId'), async (request, reply) => {
      const from = Number(request.query.from ?? '1')
      if (!Number.isSafeInteger(from) || from < 1) return refuse(reply, 400, 'bad-from', '`from` is a number from 1')
      const { counterId } = request.params
      const state = await findCounter(database, counterId)
      const rows = await lookUp(database, counterId, from, from + batchLimit.commands - 1)
      return { results: rows.map(recordOf), lastSeq: Number(state?.last_seq ?? 0) }
    })
    signed.post<{ Params: { counterId: string } }>(platformPaths.commands(':counterId'), async (request, reply) => {
      const batch = batchOf(request.body)
      if (batch === undefined) return refuse(reply, 422, 'malformed', 'Not a batch of consecutive commands')
      if (atWork >= bound) return refuse(reply.header('retry-after', String(1 + Math.floor(Math.random() * 5))), 429, 'busy', 'Too many at once')
      atWork += 1
      try {
        const taken = await takeBatch(database, request.params.counterId, batch)
        if ('expectedSeq' in taken) return await refuse(reply, 409, 'gap', 'The batch does not begin where the platform is', taken)
        const conflicts = taken.results.filter((one) => one.status === 'conflict').map((one) => one.seq)
        if (conflicts.length > 0) onAlarm(request.params.counterId, conflicts)
        return taken
      } finally {
        atWork -= 1
      }
    })
    signed.get<{ Querystring: { after?: string } }>(platformPaths.changes, async (request, reply) => {
      const after = positionOf(request.query.after)
      return after === undefined ? refuse(reply, 400, 'bad-cursor', 'Not a cursor of this feed') : changesAfter(database, askerOf(request).split('-')[0] ?? '', after)
    })
  })
  return app
}

function refuse(reply: FastifyReply, status: number, code: string, title: string, more: object = {}): FastifyReply {
  const body: Problem = { type: `urn:guichet:problem:${code}`, title, status, code }
  return reply.code(status).type('application/problem+json').send({ ...body, ...more })
}
