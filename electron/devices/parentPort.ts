import type { Wire } from '#shared/contract/wire.ts'

/** What a utility process uses of Electron's MessagePortMain. */
export interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
}

/** What it uses of `process.parentPort`, the pipe to the main process. */
export interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void): unknown
}

/** The pipe to the main process; undefined where this is no utility process. */
export function parentPort(): ParentPort | undefined {
  // Electron adds the member to Node's `process`, whose types do not know it.
  return (process as { parentPort?: ParentPort }).parentPort
}

/** A port as the wire of a contract. Messages that came before are heard too. */
export const wireOf = (port: Port): Wire => ({
  post: (message) => { port.postMessage(message) },
  onMessage: (listener) => {
    port.on('message', ({ data }) => { listener(data) })
    port.start()
  },
})
