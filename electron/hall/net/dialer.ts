import { X509Certificate } from 'node:crypto'
import { connect, type SecureContext, type TLSSocket } from 'node:tls'
import type { FileMessage, Message } from '../node/message.ts'
import type { Roster, StationAddress } from '../office/roster.ts'
import { frameOf, messageFrame } from './frames.ts'

/** Milliseconds until a station is called again: at once, then slower. */
const redial = { first: 100, slowest: 1_000 } as const
/** What may wait for a station that does not read, in bytes. */
const backlog = 8 * 1024 * 1024
/** What a handshake may take, in milliseconds. */
export const handshake = 2_500
/**
 * Stations talk all the time: a connection on which nothing came for so long is dead, whatever the system still hopes
 * for. After a cut cable it would try again later and later.
 */
export const silence = 2_500

/** By which a certificate (DER in base64) is known in a connection. */
export const fingerprint = (certificate: string): string =>
  new X509Certificate(Buffer.from(certificate, 'base64')).fingerprint256

export interface DialerParts {
  readonly peer: Roster['stations'][number]
  /** The own key and certificate, and the certificates of the roster: made once, since reading twenty takes milliseconds. */
  readonly secureContext: SecureContext
  /** Of the roster: said first. */
  readonly log: string
  /** Where else it may be, as long as it does not answer at the roster's address. */
  readonly elsewhere: () => readonly StationAddress[]
  readonly keep: (socket: TLSSocket) => void
  readonly lost: (station: string) => void
}

/** Calls one station, and calls it again: at the roster's address first, then where it was found. */
export function makeDialer({ peer, secureContext, log, elsewhere, keep, lost }: DialerParts) {
  let socket: TLSSocket | undefined
  let ready = false
  let wait: number = redial.first
  let tries = 0
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let heardAt = 0
  const expected = fingerprint(peer.certificate)

  const dial = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (stopped || socket !== undefined) return
    const places = [peer, ...elsewhere()]
    const { host, port } = places[tries % places.length] ?? peer
    tries += 1
    const calling = connect({
      secureContext,
      host,
      port,
      rejectUnauthorized: true,
      // Names of machines change and are nobody's proof: the key is.
      checkServerIdentity: (_host, { fingerprint256 }) =>
        fingerprint256 === expected ? undefined : new Error('another station answers there'),
    })
    socket = calling
    keep(calling)
    calling.setTimeout(handshake, () => {
      if (!ready) calling.destroy()
    })
    calling.on('secureConnect', () => {
      calling.setTimeout(0)
      ready = true
      heardAt = performance.now()
      wait = redial.first
      tries = 0
      calling.write(frameOf(log))
    })
    // Nothing is said on this side of a connection; reading notices its end.
    calling.resume()
    calling.on('close', () => {
      const was = ready
      socket = undefined
      ready = false
      if (was) lost(peer.name)
      if (stopped) return
      timer = setTimeout(dial, wait)
      wait = Math.min(wait * 2, redial.slowest)
    })
  }
  const again = (): void => {
    socket?.destroy()
  }
  return {
    isReached: (): boolean => ready,
    now: dial,
    /**
     * It called from elsewhere just now: it is there, and the connection that there was leads nowhere, long before the
     * system says so. The roster's address would only be waited for, while whoever asks thinks that it is reached.
     */
    moved: () => {
      tries = 1
      wait = redial.first
      again()
    },
    /** A connection from an address that is none of these, the machine's, leads nowhere. */
    stayAt: (addresses: readonly string[]) => {
      if (ready && !addresses.includes(socket?.localAddress ?? '')) again()
    },
    heard: () => {
      heardAt = performance.now()
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
    send: (one: Message | FileMessage) => {
      if (!ready || socket === undefined) return
      if (socket.writableLength > backlog || performance.now() - heardAt > silence) socket.destroy()
      else socket.write(messageFrame(one))
    },
  }
}

export type Dialer = ReturnType<typeof makeDialer>
