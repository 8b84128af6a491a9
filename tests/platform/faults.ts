import { generateKeyPairSync, sign } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { calculateJwkThumbprint } from 'jose'
import { z } from 'zod'
import { answerToSign } from '#shared/contract/answerSignature.ts'
import { answerOf } from './signing.ts'

/**
 * How badly the server behaves, for tests: shares from 0 to 1, milliseconds, or for good. What the platform itself
 * answers is signed; what something on the way says in its place (`fail`, `failPaths`, `unsigned`) is not, and what was
 * changed on the way (`garbage`, `truncate`) bears the signature of the answer that it was, and does not fit it.
 */
export const faultSwitches = z.strictObject({
  /** The command is carried out, then the connection is cut instead of an answer. */
  loseAnswers: z.number().min(0).max(1).default(0),
  /** The answer is 500 and nothing is carried out. */
  fail: z.number().min(0).max(1).default(0),
  /** Carried out, but the answer is noise with status 200. */
  garbage: z.number().min(0).max(1).default(0),
  /** Carried out, and the answer is the platform's, but its signature is lost on the way. */
  unsigned: z.number().min(0).max(1).default(0),
  /** Carried out, and the answer is the platform's, but signed by a key that is not. */
  foreign: z.number().min(0).max(1).default(0),
  /** Carried out, but the answer stops in the middle. */
  truncate: z.number().min(0).max(1).default(0),
  /** Every answer comes so many milliseconds late. */
  slowMs: z.number().min(0).max(600_000).default(0),
  /** Paths that begin so are answered 500. */
  failPaths: z.string().optional(),
  /** Every connection is cut at once. */
  down: z.boolean().default(false),
})

export interface FaultControl {
  set(switches: z.input<typeof faultSwitches>): void
}

/** Adds the switches to a server; `POST /faults` sets them too. Never part of a platform in service. */
export function addFaults(app: FastifyInstance, random: () => number = Math.random): FaultControl {
  let now = faultSwitches.parse({})
  const cut = (reply: FastifyReply, request: FastifyRequest): void => {
    reply.hijack()
    request.raw.socket.destroy()
  }
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signedByStranger = async (
    request: FastifyRequest,
    reply: FastifyReply,
    payload: unknown,
  ): Promise<Readonly<Record<string, string>>> => {
    const kid = await calculateJwkThumbprint(stranger.publicKey.export({ format: 'jwk' }))
    const { base, fields } = answerToSign(answerOf(request, reply, payload), kid, Math.floor(Date.now() / 1000))
    const key = { key: stranger.privateKey, dsaEncoding: 'ieee-p1363' } as const
    return fields(sign('sha256', Buffer.from(base), key).toString('base64'))
  }
  /** Answered by something on the way. */
  const notOurs = new WeakSet<FastifyRequest>()
  const unsign = (reply: FastifyReply): void => {
    for (const field of ['content-digest', 'signature-input', 'signature']) reply.removeHeader(field)
  }
  const ours = (request: FastifyRequest): boolean => !request.url.startsWith('/faults')

  app.addHook('onRequest', async (request, reply) => {
    if (!ours(request)) return
    if (now.down) cut(reply, request)
    else if (random() < now.fail || (now.failPaths !== undefined && request.url.startsWith(now.failPaths))) {
      notOurs.add(request)
      await reply.code(500).send('Internal Server Error')
    }
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (notOurs.has(request)) unsign(reply)
    if (!ours(request) || reply.statusCode === 500) return payload
    if (now.slowMs > 0) await new Promise((later) => setTimeout(later, now.slowMs))
    if (random() < now.loseAnswers) {
      cut(reply, request)
      return payload
    }
    if (random() < now.unsigned) unsign(reply)
    if (random() < now.foreign) reply.headers({ ...(await signedByStranger(request, reply, payload)) })
    if (random() < now.garbage) return '<html>\u0000{"results":'
    if (random() < now.truncate && typeof payload === 'string') {
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value)
      reply.raw.writeHead(200, { 'content-length': String(Buffer.byteLength(payload)) })
      reply.raw.write(payload.slice(0, payload.length >> 1), () => request.raw.socket.destroy())
    }
    return payload
  })
  app.post('/faults', async (request, reply) => {
    const asked = faultSwitches.safeParse(request.body)
    if (asked.success) now = asked.data
    return reply.code(asked.success ? 204 : 400).send()
  })
  return {
    set: (switches) => {
      now = faultSwitches.parse(switches)
    },
  }
}
