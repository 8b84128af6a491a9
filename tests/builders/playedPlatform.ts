import { createHash } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contentDigest } from '#shared/contract/answerSignature.ts'
import type { PlatformKey } from '#shared/contract/heads.ts'
import { commandBatch, enrolment, platformPaths } from '#shared/contract/platform.ts'
import { signAnswer, type TestKey } from './platformKeys.ts'

/** Whatever answers like a platform: it gives everybody a token and takes every act. */
export interface PlayedPlatform {
  readonly url: string
  /** `GET /v1/changes`, in order. */
  readonly asked: string[]
  /** Who signs its answers; nobody when absent. */
  by: TestKey | undefined
  /** What it publishes. */
  keys: readonly PlatformKey[]
  /** The pages of its feed, the first for whoever begins. */
  pages: { changes: unknown[]; cursor: string; more: boolean }[]
  /** Answers in place of the usual one, by what was asked: `GET /v1/time`. */
  readonly instead: Map<string, { status: number; body: unknown }>
  /** Acts that it was sent. */
  readonly taken: { seq: number; id: string }[]
  close(): void
}

const digest = (bytes: Uint8Array): string => contentDigest(createHash('sha256').update(bytes).digest('base64'))
const jsonOf = (body: Buffer): unknown => JSON.parse(body.toString('utf8'))
const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer) // a request streams buffers
  return Buffer.concat(parts)
}

/** Starts one on this machine. */
export async function playPlatform(by?: TestKey): Promise<PlayedPlatform> {
  const played: Omit<PlayedPlatform, 'url' | 'close'> = {
    asked: [],
    by,
    keys: by === undefined ? [] : [by.key],
    pages: [{ changes: [], cursor: 'p0', more: false }],
    instead: new Map(),
    taken: [],
  }
  const answerOf = (what: string, query: URLSearchParams, body: Buffer): { status: number; body: unknown } => {
    const counter = /counters\/([^/?]+)/.exec(what)?.[1] ?? ''
    const lastSeq = played.taken.at(-1)?.seq ?? 0
    if (what === `GET ${platformPaths.time}`) return { status: 200, body: { now: new Date().toISOString() } }
    if (what === `GET ${platformPaths.platformKeys}`) return { status: 200, body: { keys: played.keys } }
    if (what === `POST ${platformPaths.token}`)
      return { status: 200, body: { access_token: 'anything', token_type: 'DPoP', expires_in: 300 } }
    if (what === `POST ${platformPaths.enrolments}`)
      return {
        status: 200,
        body: {
          counterId: enrolment.safeParse(jsonOf(body)).data?.counterId ?? 'RAB03-G2',
          kid: 'k'.repeat(43),
          state: 'approved',
        },
      }
    if (what === `GET ${platformPaths.changes}`) {
      const after = query.get('after')
      const at = played.pages.findIndex((page) => page.cursor === after)
      if (after !== null && at < 0)
        return { status: 400, body: { type: 'urn:x', title: 'no', status: 400, code: 'bad-cursor' } }
      return { status: 200, body: played.pages[at + 1] ?? { changes: [], cursor: after ?? 'p0', more: false } }
    }
    if (what === `GET ${platformPaths.counter(counter)}`)
      return { status: 200, body: { counterId: counter, lastSeq, series: 1 } }
    if (what === `GET ${platformPaths.commands(counter)}`) return { status: 200, body: { results: [], lastSeq } }
    if (what === `POST ${platformPaths.commands(counter)}`) {
      const acts = commandBatch.parse(jsonOf(body))
      played.taken.push(...acts.map(({ seq, id }) => ({ seq, id })))
      const receivedAt = new Date().toISOString()
      const results = acts.map(({ seq, id }) => ({ seq, id, status: 'applied', receivedAt }))
      return { status: 200, body: { results, lastSeq: acts.at(-1)?.seq } }
    }
    return { status: 404, body: { type: 'urn:x', title: 'no', status: 404, code: 'not-found' } }
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://platform')
    const [body, what] = [await bodyOf(request), `${request.method ?? ''} ${url.pathname}`]
    played.asked.push(what)
    const said = played.instead.get(what) ?? answerOf(what, url.searchParams, body)
    const text = Buffer.from(typeof said.body === 'string' ? said.body : JSON.stringify(said.body))
    const dpop = request.headers['dpop']
    const fields =
      played.by === undefined
        ? {}
        : signAnswer(
            {
              status: said.status,
              digest: digest(text),
              query: url.search || '?',
              dpop: typeof dpop === 'string' ? dpop : undefined,
              asked: body.byteLength === 0 ? undefined : digest(body),
            },
            played.by,
          )
    response.writeHead(said.status, { 'content-type': 'application/json', 'dpop-nonce': 'n', ...fields }).end(text)
  }
  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return Object.assign(played, {
    url: `http://127.0.0.1:${String(port)}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
}

/** What goes by on the line, and what whoever sits on it makes of it. */
export interface Passing {
  readonly what: string
  /** As it goes on to the platform. */
  path: string
  body: Buffer
  /** As it comes back; nothing before it was asked. */
  answer?: { status: number; headers: Record<string, string>; body: Buffer }
}

/** Sits between a counter and its platform, like a proxy that the machine trusts; `meddle` sees and changes everything. */
export async function sitBetween(
  target: string,
  meddle: (passing: Passing) => void,
): Promise<{ readonly url: string; close(): void }> {
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', target)
    const passing: Passing = {
      what: `${request.method ?? ''} ${url.pathname}`,
      path: url.pathname + url.search,
      body: await bodyOf(request),
    }
    meddle(passing)
    // The token and the proofs are for the address that the counter asks: the platform is told of it, as by a proxy.
    const { 'content-length': _, ...headers } = request.headers
    const back = await new Promise<NonNullable<Passing['answer']>>((resolve, reject) => {
      const asking = httpRequest(
        new URL(passing.path, target),
        { method: request.method, headers: { ...headers, 'content-length': String(passing.body.byteLength) } },
        (answer) => {
          void bodyOf(answer).then((body) => {
            const kept = Object.entries(answer.headers).flatMap(([name, value]) =>
              typeof value === 'string' && !['content-length', 'transfer-encoding', 'connection'].includes(name)
                ? [[name, value] as const]
                : [],
            )
            resolve({ status: answer.statusCode ?? 500, headers: Object.fromEntries(kept), body })
          }, reject)
        },
      )
      asking.on('error', reject)
      asking.end(passing.body)
    })
    passing.answer = back
    meddle(passing)
    response.writeHead(passing.answer.status, passing.answer.headers).end(passing.answer.body)
  }
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
