import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { digitalReceipt, type DigitalReceipt } from '#tests/platform/digitalOffice.ts'

/** A national digital mail office of a test: what is handed in there, and what it was told. */
export interface SampleDigitalOffice {
  readonly url: string
  items: readonly unknown[]
  readonly files: Map<string, Uint8Array>
  /** By item; the last receipt holds, as that is the contract of its port. */
  readonly receipts: Map<string, DigitalReceipt>
  /** How often it was told something. */
  told: number
  /** It takes a receipt, and its answer is lost. */
  losesAnswers: boolean
  close(): Promise<void>
}

/** A digital mail office by HTTP, for whoever has its token. */
export async function startDigitalOffice(token: string): Promise<SampleDigitalOffice> {
  const server = createServer((request, response) => {
    const answer = (status: number, body?: string | Uint8Array): void => {
      response.writeHead(status).end(body)
    }
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const [, items, , what, sha256] = (request.url ?? '').split('/')
      if (request.headers.authorization !== `Bearer ${token}` || items !== 'items') answer(401)
      else if (what === undefined) answer(200, JSON.stringify({ items: office.items }))
      else if (what === 'files') {
        const bytes = office.files.get(sha256 ?? '')
        answer(bytes === undefined ? 404 : 200, bytes)
      } else {
        const receipt = digitalReceipt.parse(JSON.parse(Buffer.concat(parts).toString()))
        office.told += 1
        office.receipts.set(receipt.id, receipt)
        if (office.losesAnswers) request.socket.destroy()
        else answer(204)
      }
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo
  const office: SampleDigitalOffice = {
    url: `http://127.0.0.1:${String(port)}`,
    items: [],
    files: new Map(),
    receipts: new Map(),
    told: 0,
    losesAnswers: false,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => {
          closed()
        })
      }),
  }
  return office
}
