import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contentDigest, type SignedAnswer } from '#shared/contract/answerSignature.ts'
import type { Secrets } from './secrets.ts'

const digestOf = (bytes: string | Buffer): string => contentDigest(createHash('sha256').update(bytes).digest('base64'))

/** A request that says it has another body than the one that came. */
export const digestMismatch = 'digest-mismatch'
const mismatch = (): Error =>
  Object.assign(new Error('not the body of its Content-Digest'), { statusCode: 400, code: digestMismatch })

/**
 * What is wrong with the `Content-Digest` of a request (RFC 9530), if it has one: another body than its, or another
 * form than the one of the profile.
 */
export const digestProblem = ({ headers }: FastifyRequest, body: string | Buffer): Error | undefined => {
  const said = headers['content-digest']
  return said === undefined || said === digestOf(body) ? undefined : mismatch()
}

/** What the signature of an answer covers. What is refused before its body was read names the body that it announced. */
export function answerOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): SignedAnswer {
  const { dpop, 'content-digest': asked } = request.headers
  const query = request.raw.url?.indexOf('?') ?? -1
  return {
    status: reply.statusCode,
    // An answer to HEAD has no content (RFC 9530 §2).
    digest: digestOf(request.method === 'HEAD' || !isContent(payload) ? '' : payload),
    query: query < 0 ? '?' : (request.raw.url ?? '').slice(query),
    dpop: textOf(dpop),
    asked: textOf(asked),
  }
}

/** Signs every answer that the server gives; what was taken over by another (`reply.hijack`) is not signed. */
export function addSigning(app: FastifyInstance, secrets: Secrets): void {
  // Where the database does not answer, the keys that are known go on signing: what needs it says so itself.
  app.addHook('onRequest', () => secrets.follow().catch(() => undefined))
  // A request without a body that announces one.
  app.addHook('preValidation', async (request) => {
    const problem = hasBody(request) ? undefined : digestProblem(request, '')
    if (problem !== undefined) throw problem
  })
  app.addHook('onSend', async (request, reply, payload) => {
    reply.headers({ ...secrets.signAnswer(answerOf(request, reply, payload)) })
    return payload
  })
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? '0') > 0

const isContent = (payload: unknown): payload is string | Buffer =>
  typeof payload === 'string' || Buffer.isBuffer(payload)

/** A field that was sent several times is one, joined (RFC 9421 §2.1). */
const textOf = (field: string | string[] | undefined): string | undefined =>
  Array.isArray(field) ? field.join(', ') : field
