import type { Wire } from './wire.ts'

/** What a utility process uses of Electron's MessagePortMain. */
export interface HostPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
}

/** What it uses of `process.parentPort`, the pipe to the main process; messages follow `hosts.ts`. */
export interface ParentPort {
  postMessage(message: unknown): void
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly HostPort[] }) => void,
  ): unknown
}

/** A port as the wire of a contract. What came before it is heard too. */
export const wireOf = (port: HostPort): Wire => ({
  post: (message) => {
    port.postMessage(message)
  },
  onMessage: (listener) => {
    port.on('message', ({ data }) => {
      listener(data)
    })
    port.start()
  },
  onClose: (listener) => {
    port.on('close', listener)
  },
})

/**
 * The pipe to the main process, given Node's `process`: Electron adds the member in a utility process, and nowhere
 * else.
 */
export const parentPortOf = (process: object): ParentPort | undefined =>
  (process as { parentPort?: ParentPort }).parentPort
