import { connect, type Session } from 'smpp'

/**
 * What became of a message: `taken` by the message centre; `refused`, nothing was sent; `unknown`, it may have been
 * sent, and nobody sends it again.
 */
export type SmsOutcome = 'taken' | 'refused' | 'unknown'

/** How a message reaches a telephone. `to`: E.164, with its plus. */
export interface SmsGateway {
  send(to: string, text: string): Promise<SmsOutcome>
  close(): void
}

/** Milliseconds that a message centre may think. */
const patience = 10_000
/** SMPP 3.4 §5.2: an international number, of the telephone numbering plan. */
const international = { dest_addr_ton: 1, dest_addr_npi: 1 } as const
/** §5.2.19: UCS-2, in which every script fits, 70 letters to a message. */
const ucs2 = 8

/**
 * A message centre by SMPP 3.4: `smpp://name:password@host:port`, `ssmpp:` over TLS. It binds for the first message and
 * again after an end.
 */
export function smppGateway(url: string, sender: string): SmsGateway {
  const { username, password } = new URL(url)
  let bound: Promise<Session | undefined> | undefined
  const bind = (): Promise<Session | undefined> =>
    new Promise((done) => {
      const session = connect({ url })
      const end = (): void => {
        bound = undefined
        session.destroy()
        done(undefined)
      }
      const late = setTimeout(end, patience)
      session.on('error', end)
      session.on('close', end)
      session.on(url.startsWith('ssmpp:') ? 'secureConnect' : 'connect', () => {
        const who = { system_id: decodeURIComponent(username), password: decodeURIComponent(password) }
        session.bind_transceiver(who, ({ command_status }) => {
          clearTimeout(late)
          if (command_status === 0) done(session)
          else end()
        })
      })
    })
  return {
    async send(to, text) {
      const session = await (bound ??= bind())
      if (session === undefined) return 'refused'
      return new Promise((done) => {
        const lost = (): void => {
          done('unknown')
        }
        const late = setTimeout(lost, patience)
        session.once('close', lost)
        const message = { source_addr: sender, source_addr_ton: 5, destination_addr: to.slice(1), ...international }
        session.submit_sm({ ...message, data_coding: ucs2, short_message: text }, ({ command_status }) => {
          clearTimeout(late)
          session.off('close', lost)
          done(command_status === 0 ? 'taken' : 'refused')
        })
      })
    },
    close: () => {
      void bound?.then((session) => session?.destroy())
    },
  }
}
