import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as later } from 'node:timers/promises'

/** How the way to the platform and the platform itself misbehave: shares from 0 to 1 of all requests. */
interface Weather {
  /** Carried out, then the connection is cut. */
  readonly lost: number
  /** A batch arrives twice at once. */
  readonly twice: number
  readonly failed: number
  readonly garbage: number
  readonly cutShort: number
  readonly busy: number
  /** Late by up to so many milliseconds, one in three. */
  readonly slowMs: number
}

const weather: Weather = { lost: 0.2, twice: 0.5, failed: 0.03, garbage: 0.03, cutShort: 0.03, busy: 0.02, slowMs: 100 }

/** A platform that is killed and started again, behind a way that loses, doubles and spoils. */
export interface Exposed {
  /** Where counters ask. */
  readonly url: string
  /** The folder of the files that counters brought, by counter and hash. */
  readonly files: string
  /** Nothing is under way any more. */
  still(): Promise<void>
  readonly happened: Readonly<Record<string, number>>
  close(): Promise<void>
}

/** @param every the platform is killed after a random number of requests up to twice this */
export async function expose(
  databaseUrl: string,
  data: string,
  { every = 40, random = Math.random } = {},
): Promise<Exposed> {
  const happened: Record<string, number> = { requests: 0, 'platform killed': 0 }
  const note = (what: string): void => {
    happened[what] = (happened[what] ?? 0) + 1
  }
  let behind = await startPlatformProcess(databaseUrl, data)
  let starting: Promise<void> | undefined
  let left = random() * every * 2
  const strike = async (): Promise<void> => {
    behind.child.kill('SIGKILL')
    note('platform killed')
    behind = await startPlatformProcess(databaseUrl, data)
    left = random() * every * 2
    starting = undefined
  }

  let underWay = 0
  const server = createServer((asked, answer) => {
    underWay += 1
    void handle(asked, answer)
      .catch(() => {
        answer.destroy()
      })
      .finally(() => {
        underWay -= 1
      })
  })
  const handle = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const body = await bodyOf(asked)
    note('requests')
    left -= 1
    // At once, with whatever it was doing for the others.
    if (left <= 0) starting ??= strike()
    const batch = asked.method === 'POST' && asked.url?.endsWith('/commands') === true
    // Half as bad for the rest: a life is short, and many questions come before its first batch.
    const dice = (share: number, what: string): boolean => {
      if (random() >= (batch ? share : share / 2)) return false
      note(what)
      return true
    }
    if (weather.slowMs > 0 && random() < 1 / 3) await later(random() * weather.slowMs)
    if (dice(weather.failed, '500')) {
      answer.writeHead(500).end('Internal Server Error')
      return
    }
    if (dice(weather.busy, '429')) {
      answer.writeHead(429, { 'retry-after': '1' }).end('{}')
      return
    }
    const copies = batch && dice(weather.twice, 'batch twice') ? 2 : 1
    const answers = await Promise.all(Array.from({ length: copies }, () => forward(behind.port, asked, body)))
    const [given] = random() < 0.5 ? answers : [...answers].reverse()
    if (given === undefined || dice(weather.lost, 'answer lost')) {
      answer.destroy()
      return
    }
    if (dice(weather.garbage, 'garbage')) {
      answer.writeHead(200).end('<html>\0{"results":')
      return
    }
    answer.writeHead(given.status, given.headers)
    if (given.body.length > 1 && dice(weather.cutShort, 'answer cut short')) {
      answer.write(given.body.subarray(0, given.body.length >> 1), () => {
        answer.destroy()
      })
    } else answer.end(given.body)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on TCP
  return {
    url: `http://127.0.0.1:${String(port)}`,
    files: join(data, 'files'),
    still: async () => {
      while (underWay > 0) await later(10)
    },
    happened,
    close: async () => {
      await starting
      behind.child.kill('SIGKILL')
      server.closeAllConnections()
      server.close()
    },
  }
}

interface Running {
  readonly child: ChildProcess
  readonly port: number
}

async function startPlatformProcess(databaseUrl: string, data: string): Promise<Running> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', 'platform', 'index.ts'), '--port', '0', '--data', data],
    {
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, port: Number(new URL((JSON.parse(line) as { url: string }).url).port) } // said by our own platform
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part as Buffer) // no encoding is set
  return Buffer.concat(parts)
}

interface Given {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** One copy to the platform; nothing when it is not there, or dies meanwhile. */
const forward = (port: number, asked: IncomingMessage, body: Buffer): Promise<Given | undefined> =>
  new Promise((resolve) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      method: asked.method,
      path: asked.url,
      headers: { ...asked.headers, 'content-length': body.length },
    })
    sent.on('error', () => {
      resolve(undefined)
    })
    sent.on('response', (response) => {
      response.on('error', () => {
        resolve(undefined)
      })
      bodyOf(response).then(
        (got) => {
          resolve({ status: response.statusCode ?? 500, headers: withoutFraming(response.headers), body: got })
        },
        () => {
          resolve(undefined)
        },
      )
    })
    sent.end(body)
  })

const withoutFraming = ({
  'transfer-encoding': _,
  connection: __,
  'keep-alive': ___,
  ...headers
}: IncomingMessage['headers']): IncomingMessage['headers'] => headers
