import { request, type ClientRequest } from 'node:http'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { decodeIpp } from './decode.ts'
import { encodeIpp } from './encode.ts'
import type { IppMessage } from './message.ts'
import type { IppServer } from './server.ts'

/** No answer that this program asks for comes near this size, in bytes. */
const answerLimit = 4 * 1024 * 1024
/** Silence on the line after which an exchange is given up, in milliseconds; a document may take a printer longer. */
const patience = { question: 8_000, document: 60_000 } as const
/**
 * A whole exchange, in milliseconds: who sends a byte now and then is not silent, and the spool waits for him. A
 * document of 25 MB goes over a slow line (1 Mbit/s) in some 210 seconds.
 */
const deadline = { question: 20_000, document: 300_000 } as const

/** One IPP exchange: a message, perhaps a document after it, and the answer. */
export interface Exchange {
  readonly path: string
  readonly message: IppMessage
  readonly document?: Uint8Array
}

/**
 * Posts an IPP request (RFC 8010 §4) and parses the answer. The document is written after the message, never copied.
 * Faults: printer.noService (CUPS) or printer.unreachable (a printer) when nothing was sent, and for a question that
 * got no usable answer; printer.refused for an HTTP refusal; printer.noAnswer when a document left without an answer.
 */
export async function exchangeIpp(server: IppServer, exchange: Exchange, limits?: Limits): Promise<Result<IppMessage>> {
  const head = encodeIpp(exchange.message)
  const { document } = exchange
  const line = createLine(
    server,
    exchange.path,
    head.length + (document?.length ?? 0),
    limits ?? usualLimits(document === undefined ? 'question' : 'document'),
  )
  const nobody = server.kind === 'cups' ? 'printer.noService' : 'printer.unreachable'
  const lost = (detail: string): { ok: false; fault: Fault } =>
    err(
      faultOf(!line.connected() ? nobody : document === undefined ? 'printer.unreachable' : 'printer.noAnswer', detail),
    )
  line.http.write(head)
  line.http.end(document)
  const answer = await line.answer
  if (!answer.ok) return lost(answer.why)
  if (answer.status >= 400 && answer.status < 500) return err(faultOf('printer.refused', `HTTP ${answer.status}`))
  if (answer.status !== 200) return lost(`HTTP ${answer.status}`)
  const decoded = decodeIpp(answer.body)
  if (!decoded.ok) return lost(`the answer is not IPP at byte ${decoded.at}: ${decoded.why}`)
  if (decoded.message.requestId !== exchange.message.requestId) return lost('the answer belongs to another request')
  return ok(decoded.message)
}

/** In milliseconds: without a byte, and in all. */
interface Limits {
  readonly silence: number
  readonly whole: number
}
const usualLimits = (kind: 'question' | 'document'): Limits => ({ silence: patience[kind], whole: deadline[kind] })

type Answer =
  { readonly ok: true; readonly status: number; readonly body: Buffer } | { readonly ok: false; readonly why: string }

interface Line {
  readonly http: ClientRequest
  connected(): boolean
  readonly answer: Promise<Answer>
}

function createLine(server: IppServer, path: string, length: number, limits: Limits): Line {
  const http = request({
    ...server.connect,
    method: 'POST',
    path,
    // One connection per exchange: a kept one may be half-closed, and then nobody knows whether the document left.
    agent: false,
    timeout: limits.silence,
    headers: {
      'content-type': 'application/ipp',
      'content-length': length,
      // CUPS answers on its socket only to this name, and on a port to its own.
      host: 'socketPath' in server.connect ? 'localhost' : `${server.connect.host}:${server.connect.port}`,
    },
  })
  let connected = false
  http.on('socket', (socket) =>
    socket.once('connect', () => {
      connected = true
    }),
  )
  const tooLong = setTimeout(() => http.destroy(new Error(`not over after ${limits.whole} ms`)), limits.whole)
  http.on('close', () => {
    clearTimeout(tooLong)
  })
  http.on('timeout', () => http.destroy(new Error(`silent for ${limits.silence} ms`)))
  const answer = new Promise<Answer>((resolve) => {
    http.on('error', (cause) => {
      resolve({ ok: false, why: cause.message })
    })
    http.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size > answerLimit) http.destroy(new Error('the answer is too long'))
      })
      response.on('error', (cause) => {
        resolve({ ok: false, why: cause.message })
      })
      response.on('end', () => {
        resolve({ ok: true, status: response.statusCode ?? 0, body: Buffer.concat(chunks) })
      })
    })
  })
  return { http, connected: () => connected, answer }
}
