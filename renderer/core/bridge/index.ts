import { inject, type InjectionKey } from 'vue'
import { calls, type Calls } from '#shared/contract/calls.ts'
import { events, type EventName, type Events } from '#shared/contract/events.ts'
import { connect, type Client, type Wire } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'

export interface Bridge extends Pick<Client<Calls, Events>, 'call' | 'on'> {
  /** Hears that the worker was started anew: what it told before has to be asked again. */
  onRestart(listener: () => void): void
}
export const bridgeKey: InjectionKey<Bridge> = Symbol('bridge')

/** The register's side of the window, for any component. */
export function useBridge(): Bridge {
  const bridge = inject(bridgeKey)
  if (bridge === undefined) throw new TypeError('the bridge is not provided')
  return bridge
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
 * A bridge over the port that the preload forwards by `window.postMessage`; calls wait for the first one. It outlives
 * its port:
 * when the worker is restarted a new port comes, waiting calls fail (each may be asked again), and every listener hears
 * the new worker.
 */
export function connectBridge(page: Window = window): Bridge {
  let client: Client<Calls, Events> | undefined
  let arrived: (client: Client<Calls, Events>) => void
  const first = new Promise<Client<Calls, Events>>((resolve) => {
    arrived = resolve
  })
  const listeners = new Map<EventName, Set<(payload: never) => void>>()
  const restarted = new Set<() => void>()
  const attach = (port: MessagePort): void => {
    const again = client !== undefined
    client?.fail(faultOf('internal', 'the worker was restarted'))
    client = connect<Calls, Events>(wireOf(port), calls, events)
    for (const [event, heard] of listeners) for (const listener of heard) client.on(event, listener as never)
    arrived(client)
    if (again) for (const listener of restarted) listener()
  }
  const bridge: Bridge = {
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
  return bridge
}
