import { z } from 'zod'
import { digitalFileLimit, digitalItem, type DigitalItem } from '#shared/domain/mail/digitalItem.ts'

/** That an item was registered: our number, and the day on which it came. */
export const digitalReceipt = z.strictObject({
  id: z.uuid(),
  office: z.string(),
  number: z.string(),
  on: z.iso.date(),
})
export type DigitalReceipt = z.infer<typeof digitalReceipt>

/** How a platform reaches the national digital mail office. */
export interface DigitalOffice {
  /** What waits for the offices of this platform; nothing when it could not be asked. What is not a whole item is left out. */
  waiting(): Promise<readonly DigitalItem[] | undefined>
  /** The bytes of a file of an item; nothing when they cannot be had now. */
  file(id: string, sha256: string): Promise<Uint8Array | undefined>
  /** Idempotent by the id of the item. False: it may have been heard or not, and is said again. */
  acknowledge(receipt: DigitalReceipt): Promise<boolean>
}

/** Milliseconds that a question may take. */
const patience = 60_000
const items = z.object({ items: z.array(z.unknown()).max(10_000) })

/**
 * A digital mail office by HTTP and JSON, as a sample of the port: `GET items`, `GET items/{id}/files/{sha256}` and
 * `PUT items/{id}/receipt` below its address, with a token of the platform.
 * @param url of the office, with a path or without
 */
export function httpDigitalOffice(url: string, token: string, log: (line: string) => void): DigitalOffice {
  const base = url.replace(/\/+$/u, '')
  const ask = async (path: string, more: RequestInit = {}): Promise<Response | undefined> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(patience)
    const answer = await fetch(`${base}/${path}`, { redirect: 'error', headers, signal, ...more }).catch(
      () => undefined,
    )
    return answer?.ok === true ? answer : undefined
  }
  return {
    waiting: async () => {
      const answer = await ask('items')
      const read = items.safeParse(await answer?.json().catch(() => undefined))
      if (!read.success) return undefined
      return read.data.items.flatMap((one) => {
        const item = digitalItem.safeParse(one)
        // Where, and nothing of what it says: an item names a person.
        if (!item.success)
          log(`an item of the digital office cannot be read: ${item.error.issues[0]?.path.join('.') ?? ''}`)
        return item.success ? [item.data] : []
      })
    },
    file: async (id, sha256) => {
      const answer = await ask(`items/${id}/files/${sha256}`)
      if (Number(answer?.headers.get('content-length') ?? 0) > digitalFileLimit) return undefined
      const bytes = await answer?.arrayBuffer().catch(() => undefined)
      return bytes === undefined || bytes.byteLength > digitalFileLimit ? undefined : new Uint8Array(bytes)
    },
    acknowledge: async (receipt) =>
      (await ask(`items/${receipt.id}/receipt`, { method: 'PUT', body: JSON.stringify(receipt) })) !== undefined,
  }
}
