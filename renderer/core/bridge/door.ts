import type { Door } from '#shared/contract/doorNames.ts'
import type { CallsOf, EventsOf } from '#shared/contract/doors.ts'
import { connect, type Client, type Wire } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'

/** The worker's side of a window, for what its door may ask and hear: another call does not compile. */
export interface DoorBridge<D extends Door> extends Pick<Client<CallsOf<D>, EventsOf<D>>, 'call' | 'on'> {
  /** Hears that the worker was started anew: what it told before has to be asked again. */
  onRestart(listener: () => void): void
}

const wireOf = (port: MessagePort): Wire => ({
  post: (message) => {
    port.postMessage(message)
  },
  onMessage: (listener) => {
    port.addEventListener('message', (event) => {
      listener(event.data)
    })
    port.start()
  },
})

/**
 * A bridge over the port that the preload forwards by `window.postMessage` once it heard that this page listens; calls
 * wait for the first one. It outlives
 * its port:
 * when the worker is restarted a new port comes, waiting calls fail (each may be asked again), and every listener hears
 * the new worker.
 */
export function connectDoor<D extends Door>(
  shapes: { readonly calls: CallsOf<D>; readonly events: EventsOf<D> },
  page: Window = window,
): DoorBridge<D> {
  let client: Client<CallsOf<D>, EventsOf<D>> | undefined
  let arrived: (client: Client<CallsOf<D>, EventsOf<D>>) => void
  const first = new Promise<Client<CallsOf<D>, EventsOf<D>>>((resolve) => {
    arrived = resolve
  })
  const listeners = new Map<keyof EventsOf<D> & string, Set<(payload: never) => void>>()
  const restarted = new Set<() => void>()
  const attach = (port: MessagePort): void => {
    const again = client !== undefined
    client?.fail(faultOf('internal', 'the worker was restarted'))
    client = connect<CallsOf<D>, EventsOf<D>>(wireOf(port), shapes.calls, shapes.events)
    for (const [event, heard] of listeners) for (const listener of heard) client.on(event, listener as never)
    arrived(client)
    if (again) for (const listener of restarted) listener()
  }
  const bridge: DoorBridge<D> = {
    call: async (name, input, signal) => (client ?? (await first)).call(name, input, signal),
    on: (event, listener) => {
      const heard = listeners.get(event) ?? new Set()
      listeners.set(event, heard)
      // Held for the ports to come; the client of each port parses the payload before it calls.
      heard.add(listener)
      const off = client?.on(event, listener)
      return () => {
        heard.delete(listener)
        off?.()
      }
    },
    onRestart: (listener) => {
      restarted.add(listener)
    },
  }
  page.addEventListener('message', (event) => {
    const [port] = event.ports
    if (
      event.source !== page ||
      event.origin !== page.location.origin ||
      event.data !== 'guichet:port' ||
      port === undefined
    )
      return
    attach(port)
  })
  page.postMessage('guichet:listening', page.location.origin)
  return bridge
}
