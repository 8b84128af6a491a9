declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server } from 'node:net'

  /** What of a protocol data unit is used here. */
  export interface Pdu {
    readonly command_status: number
    readonly system_id: string
    readonly password: string
    readonly destination_addr: string
    readonly data_coding: number
    readonly short_message: { readonly message: string | Buffer }
    response(fields?: Record<string, unknown>): Pdu
  }
  export interface Session extends EventEmitter {
    bind_transceiver(fields: Record<string, unknown>, answered: (pdu: Pdu) => void): void
    submit_sm(fields: Record<string, unknown>, answered: (pdu: Pdu) => void): void
    send(pdu: Pdu): void
    close(): void
    destroy(): void
  }
  export function connect(options: { readonly url: string }): Session
  export function createServer(listener: (session: Session) => void): Server
}
