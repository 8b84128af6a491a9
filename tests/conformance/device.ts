import type { Access } from '#electron/worker/outbox/access.ts'
import type { Proof } from '#electron/worker/outbox/ports.ts'
import type { CounterIdentity } from '#electron/worker/outbox/auth.ts'
import { createHttpTransport } from '#electron/worker/outbox/send.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'

/** A machine of the kit: requests of any shape that prove who asks, as a counter does. */
export interface Device {
  readonly identity: CounterIdentity
  /** The headers that prove one request. Throws what the platform said when it gives no token. */
  headers(method: string, path: string, proof?: Proof): Promise<Readonly<Record<string, string>>>
  /** One request; asked again once with a nonce that it was answered. */
  fetch(path: string, init?: RequestInit, proof?: Proof): Promise<Response>
}

export function createDevice(url: string, identity: CounterIdentity): Device {
  const base = url.replace(/\/+$/, '')
  const { access } = createHttpTransport({ baseUrl: base, identity, clock: systemClock })
  const has = (one: Access | undefined): Access => {
    if (one === undefined) throw new Error('unreachable: there is an identity')
    return one
  }
  const headers: Device['headers'] = async (method, path, proof = 'token') => {
    const proved = await has(access).headers({ method, url: base + path, proof }, AbortSignal.timeout(30_000))
    if (!proved.ok) throw new Error(`no token: ${JSON.stringify(proved.fault)}`)
    return proved.value
  }
  const once: Device['fetch'] = async (path, init = {}, proof = 'token') =>
    fetch(base + path, {
      ...init,
      headers: {
        ...Object.fromEntries(new Headers(init.headers)),
        ...(await headers(init.method ?? 'GET', path, proof)),
      },
    })
  return {
    identity,
    headers,
    fetch: async (path, init, proof) => {
      const first = await once(path, init, proof)
      const again = has(access).heard({ status: first.status, header: (name) => first.headers.get(name) })
      if (!again) return first
      const second = await once(path, init, proof)
      has(access).heard({ status: second.status, header: (name) => second.headers.get(name) })
      return second
    },
  }
}
