import { connect, createServer, type TLSSocket } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { message, type Message } from '../node/message.ts'
import { pemOf } from '../office/certificate.ts'
import type { StationFacts } from '../office/readStation.ts'
import type { Roster } from '../office/roster.ts'
import { frameOf, frameReader } from './frames.ts'

/** The connections of a station with the others of its roster. */
export interface Links {
  /** Sent when there is a connection; else forgotten: whoever needs it says it again. */
  send(to: string, one: Message): void
  close(): Promise<void>
}

/** What comes in. `lost`: a connection with that station ended. */
export interface LinkEvents {
  readonly received: (from: string, one: Message) => void
  readonly lost: (station: string) => void
}

type Peer = Roster['stations'][number]

/** Milliseconds until a station is called again: at once, then slower. */
const redial = { first: 100, slowest: 1_000 } as const
/** What may wait for a station that does not read, in bytes. */
const backlog = 8 * 1024 * 1024
const handshake = 2_500
/**
 * Stations talk all the time: a connection on which nothing came for so long is dead, whatever the system still hopes
 * for. After a cut cable it would try again later and later.
 */
const silence = 2_500

/**
 * Listens at the station's own address, and calls every other station. TLS 1.3, both ends with the certificates that
 * the roster holds and no other: a stranger does not get through the handshake. Each connection is spoken on by who
 * called. Fault: hall.address.
 */
export async function openLinks(facts: StationFacts, events: LinkEvents): Promise<Result<Links>> {
  const { me, roster } = facts
  const mine = roster.stations.find(({ name }) => name === me)
  if (mine === undefined) return err(faultOf('hall.roster'))
  const tls = {
    key: facts.key,
    cert: pemOf(mine.certificate),
    ca: roster.stations.map(({ certificate }) => pemOf(certificate)),
    minVersion: 'TLSv1.3',
    rejectUnauthorized: true,
  } as const
  const names = new Map(roster.stations.map(({ name, certificate }) => [fingerprint(certificate), name]))
  const sockets = new Set<TLSSocket>()
  const keep = (socket: TLSSocket): void => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }

  const dialers = roster.stations
    .filter(({ name }) => name !== me)
    .map((peer) => dialer(peer, tls, roster.log, keep, events))
  const server = createServer({ ...tls, requestCert: true, handshakeTimeout: handshake }, (socket) => {
    keep(socket)
    const from = names.get(socket.getPeerX509Certificate()?.fingerprint256 ?? '')
    if (from === undefined || from === me) return void socket.destroy()
    dialers.find(({ name }) => name === from)?.now()
    socket.setTimeout(2 * silence, () => socket.destroy())
    let greeted = false
    const read = frameReader((text) => {
      if (!greeted) return (greeted = text === roster.log)
      const one = message.safeParse(readJson(text))
      if (one.success) {
        dialers.find(({ name }) => name === from)?.heard()
        events.received(from, one.data)
      }
      return one.success
    })
    socket.on('data', (chunk: Buffer) => {
      if (!read(chunk)) socket.destroy()
    })
    socket.on('close', () => {
      events.lost(from)
    })
  })
  server.maxConnections = 4 * roster.stations.length + 8
  // Whoever fails at the handshake is no business of ours: a scanner, a stranger.
  server.on('tlsClientError', () => undefined)
  const listening = await new Promise<boolean>((done) => {
    server.once('error', () => {
      done(false)
    })
    server.listen({ host: mine.host, port: mine.port, exclusive: true }, () => {
      done(true)
    })
  })
  if (!listening) return err(faultOf('hall.address', `${mine.host} ${String(mine.port)}`))
  server.on('error', () => undefined)
  for (const one of dialers) one.now()
  return ok({
    send: (to, one) => dialers.find(({ name }) => name === to)?.send(one),
    close: () => {
      for (const one of dialers) one.stop()
      for (const socket of sockets) socket.destroy()
      return new Promise((done) => {
        server.close(() => {
          done()
        })
      })
    },
  })
}

const fingerprint = (certificate: string): string =>
  new X509Certificate(Buffer.from(certificate, 'base64')).fingerprint256

interface Tls {
  readonly key: string
  readonly cert: string
  readonly ca: readonly string[]
}

/** Calls one station, and calls it again. */
function dialer(peer: Peer, tls: Tls, log: string, keep: (socket: TLSSocket) => void, events: LinkEvents) {
  let socket: TLSSocket | undefined
  let ready = false
  let wait: number = redial.first
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let heardAt = 0
  const expected = fingerprint(peer.certificate)

  const dial = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (stopped || socket !== undefined) return
    const calling = connect({
      ...tls,
      ca: [...tls.ca],
      host: peer.host,
      port: peer.port,
      minVersion: 'TLSv1.3',
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
      calling.write(frameOf(log))
    })
    // Nothing is said on this side of a connection; reading notices its end.
    calling.resume()
    calling.on('close', () => {
      const was = ready
      socket = undefined
      ready = false
      if (was) events.lost(peer.name)
      if (stopped) return
      timer = setTimeout(dial, wait)
      wait = Math.min(wait * 2, redial.slowest)
    })
  }
  return {
    name: peer.name,
    now: dial,
    heard: () => {
      heardAt = performance.now()
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
    send: (one: Message) => {
      if (!ready || socket === undefined) return
      if (socket.writableLength > backlog || performance.now() - heardAt > silence) socket.destroy()
      else socket.write(frameOf(JSON.stringify(one)))
    },
  }
}
