import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

/** How badly the server behaves, for tests: shares from 0 to 1, milliseconds, or for good. */
export const faultSwitches = z.strictObject({
  /** The command is carried out, then the connection is cut instead of an answer. */
  loseAnswers: z.number().min(0).max(1).default(0),
  /** The answer is 500 and nothing is carried out. */
  fail: z.number().min(0).max(1).default(0),
  /** Carried out, but the answer is noise with status 200. */
  garbage: z.number().min(0).max(1).default(0),
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
  const ours = (request: FastifyRequest): boolean => !request.url.startsWith('/faults')

  app.addHook('onRequest', async (request, reply) => {
    if (!ours(request)) return
    if (now.down) cut(reply, request)
    else if (random() < now.fail || (now.failPaths !== undefined && request.url.startsWith(now.failPaths)))
      await reply.code(500).send('Internal Server Error')
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (!ours(request) || reply.statusCode === 500) return payload
    if (now.slowMs > 0) await new Promise((later) => setTimeout(later, now.slowMs))
    if (random() < now.loseAnswers) {
      cut(reply, request)
      return payload
    }
    if (random() < now.garbage) return '<html>\u0000{"results":'
    if (random() < now.truncate && typeof payload === 'string') {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': String(payload.length) })
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
