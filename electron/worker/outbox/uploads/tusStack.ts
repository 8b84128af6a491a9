import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client'
import type { Fault } from '#shared/fault.ts'
import type { WayOut } from '../wayOut.ts'

/**
 * Carries the exchanges of an upload by the one way out. `onFault` hears what a broken exchange means: the library only
 * knows that there was no answer.
 */
export const tusStack = (wayOut: WayOut, onFault: (fault: Fault) => void): HttpStack => ({
  getName: () => 'guichet',
  createRequest: (method, url): HttpRequest => {
    const headers: Record<string, string> = {}
    const broken = new AbortController()
    let progress: (sent: number) => void = () => undefined
    return {
      getMethod: () => method,
      getURL: () => url,
      setHeader: (name, value) => {
        headers[name] = value
      },
      getHeader: (name) => headers[name],
      setProgressHandler: (handler) => {
        progress = handler
      },
      send: async (body: unknown): Promise<HttpResponse> => {
        const bytes = body instanceof Uint8Array ? new Uint8Array(body) : undefined
        try {
          const response = await wayOut.fetch(url, { method, headers, body: bytes, signal: broken.signal })
          const text = await response.text()
          progress(bytes?.byteLength ?? 0)
          return {
            getStatus: () => response.status,
            getHeader: (name) => response.headers.get(name) ?? undefined,
            getBody: () => text,
            getUnderlyingObject: () => response,
          }
        } catch (cause) {
          if (!broken.signal.aborted) onFault(wayOut.faultOf(cause, url))
          throw cause instanceof Error ? cause : new Error('no answer')
        }
      },
      abort: () => {
        broken.abort()
        return Promise.resolve()
      },
      getUnderlyingObject: () => undefined,
    }
  },
})
