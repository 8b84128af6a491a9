import { createAccess } from '#electron/worker/outbox/access.ts'
import type { Proof } from '#electron/worker/outbox/ports.ts'
import { createSigner, type CounterIdentity } from '#electron/worker/outbox/auth.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { ok } from '#shared/result.ts'

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
  const access = createAccess({
    baseUrl: base,
    signer: createSigner(identity),
    clock: systemClock,
    // Whether answers are signed is a rule of its own: the others are examined all the same.
    exchange: async ({ url: to, ...request }, signal) => {
      const response = await fetch(to, { ...request, signal })
      return ok({
        answer: { status: response.status, body: await response.text() },
        heard: { status: response.status, header: (name) => response.headers.get(name) },
      })
    },
  })
  const headers: Device['headers'] = async (method, path, proof = 'token') => {
    const proved = await access.headers({ method, url: base + path, proof }, AbortSignal.timeout(30_000))
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
      const again = access.heard({ status: first.status, header: (name) => first.headers.get(name) })
      if (!again) return first
      const second = await once(path, init, proof)
      access.heard({ status: second.status, header: (name) => second.headers.get(name) })
      return second
    },
  }
}
