import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Database } from './database.ts'
import { operationsPage, style } from './operationsPage.ts'
import { readOperations } from './readOperations.ts'

/** Nothing is loaded, nothing runs, nothing frames it: the one style is named by its hash. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/**
 * `GET /operations`: what the operator of the platform looks at, behind his token, as password of any name (RFC 7617)
 * or as a bearer.
 */
export function addOperations(app: FastifyInstance, database: Database, operator: string | undefined): void {
  if (operator === undefined) return
  const expected = digest(operator)
  app.get('/operations', async (request, reply) => {
    if (!timingSafeEqual(digest(tokenIn(request.headers.authorization)), expected)) {
      return reply
        .code(401)
        .header('www-authenticate', 'Basic realm="operations", charset="UTF-8"')
        .type('text/plain')
        .send('For the operator of the platform\n')
    }
    const page = operationsPage(await readOperations(database), new Date(), database.description)
    return reply
      .headers({
        'content-security-policy': policy,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      .type('text/html; charset=utf-8')
      .send(page)
  })
}

/** Hashed first, so that the comparison takes the same time for every length. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

function tokenIn(header: string | undefined): string {
  const [scheme, credentials = ''] = (header ?? '').split(' ')
  if (scheme === 'Bearer') return credentials
  if (scheme !== 'Basic') return ''
  const text = Buffer.from(credentials, 'base64').toString('utf8')
  return text.slice(text.indexOf(':') + 1)
}
