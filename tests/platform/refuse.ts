import type { FastifyReply } from 'fastify'
import type { Problem } from '#shared/contract/platform.ts'

/** Refuses a request with a problem (RFC 9457). */
export function refuse(
  reply: FastifyReply,
  status: number,
  code: string,
  title: string,
  more: object = {},
): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ ...problemOf(status, code, title), ...more })
}

export const problemOf = (status: number, code: string, title: string): Problem => ({
  type: `urn:guichet:problem:${code}`,
  title,
  status,
  code,
})
