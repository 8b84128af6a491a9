import { createSecureContext, createServer, type TLSSocket } from 'node:tls'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readMessage, type FileMessage, type Message } from '../node/message.ts'
import { pemOf } from '../office/certificate.ts'
import type { StationFacts } from '../office/readStation.ts'
import { fingerprint, handshake, makeDialer, silence, type Dialer } from './dialer.ts'
import { openDiscovery } from './discovery.ts'
import { canFollow, machineAddresses, openDoors, type Doors } from './doors.ts'
import { frameReader } from './frames.ts'
import { makePlaces, type Places } from './places.ts'

/** The connections of a station with the others of its roster. */
export interface Links {
  /** Sent when there is a connection; else forgotten: whoever needs it says it again. */
  send(to: string, one: Message | FileMessage): void
  close(): Promise<void>
}

/** What comes in. `lost`: a connection with that station ended. */
export interface LinkEvents {
  readonly received: (from: string, one: Message) => void
  readonly file: (from: string, one: FileMessage) => void
  readonly lost: (station: string) => void
}

/** How often the addresses of this machine are looked at, in milliseconds. */
const lookEvery = 2_000

/**
 * Listens at the station's own address, and calls every other station. TLS 1.3, both ends with the certificates that
 * the roster holds and no other: a stranger does not get through the handshake. Each connection is spoken on by who
 * called. Fault: hall.address.
 * @param discovery whether stations are followed to other addresses than the roster's; never on one machine alone
 */
export async function openLinks(facts: StationFacts, events: LinkEvents, discovery: boolean): Promise<Result<Links>> {
  const { me, roster } = facts
  const mine = roster.stations.find(({ name }) => name === me)
  if (mine === undefined) return err(faultOf('hall.roster'))
  const follows = discovery && canFollow(mine)
  const tls = {
    key: facts.key,
    cert: pemOf(mine.certificate),
    ca: roster.stations.map(({ certificate }) => pemOf(certificate)),
    minVersion: 'TLSv1.3',
  } as const
  const secureContext = createSecureContext(tls)
  const names = new Map(roster.stations.map(({ name, certificate }) => [fingerprint(certificate), name]))
  const sockets = new Set<TLSSocket>()
  const keep = (socket: TLSSocket): void => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }

  const peers = roster.stations.filter(({ name }) => name !== me)
  const places = makePlaces(peers)
  const cameFrom = new Map<string, string>()
  const dialers = new Map(
    peers.map((peer) => {
      const elsewhere = () => places.of(peer.name)
      return [peer.name, makeDialer({ peer, secureContext, log: roster.log, elsewhere, keep, lost: events.lost })]
    }),
  )
  const serve = (socket: TLSSocket): void => {
    keep(socket)
    const from = names.get(socket.getPeerX509Certificate()?.fingerprint256 ?? '')
    const peer = peers.find(({ name }) => name === from)
    const caller = from === undefined ? undefined : dialers.get(from)
    if (peer === undefined || caller === undefined) return void socket.destroy()
    const { name, port } = peer
    const { remoteAddress: host } = socket
    if (follows && host !== undefined) {
      // Whoever proves to be a station is at the address from which it calls: it has left the one of before.
      const isNews = places.learn(name, { host, port })
      if ((cameFrom.get(name) ?? host) !== host || (isNews && !caller.isReached())) caller.moved()
      cameFrom.set(name, host)
    }
    caller.now()
    socket.setTimeout(2 * silence, () => socket.destroy())
    let greeted = false
    const read = frameReader((text) => {
      if (!greeted) return (greeted = text === roster.log)
      const one = readMessage(text)
      if (one === undefined) return false
      caller.heard()
      if (one === 'later') return true
      if (one.type === 'wantFile' || one.type === 'file') events.file(name, one)
      else events.received(name, one)
      return true
    })
    socket.on('data', (chunk: Buffer) => {
      if (!read(chunk)) socket.destroy()
    })
    socket.on('close', () => {
      events.lost(name)
    })
  }
  const make = () => {
    const server = createServer(
      { ...tls, requestCert: true, rejectUnauthorized: true, handshakeTimeout: handshake },
      serve,
    )
    server.maxConnections = 4 * roster.stations.length + 8
    // Whoever fails at the handshake is no business of ours: a scanner, a stranger.
    return server.on('tlsClientError', () => undefined)
  }
  const opened = await openDoors({ home: mine, follows, make })
  if (!opened.ok) return opened
  const doors = opened.value
  for (const one of dialers.values()) one.now()
  const stopLooking = follows ? keepLooking({ facts, doors, dialers, places }) : () => undefined
  return ok({
    send: (to, one) => dialers.get(to)?.send(one),
    close: async () => {
      stopLooking()
      for (const one of dialers.values()) one.stop()
      for (const socket of sockets) socket.destroy()
      await doors.close()
    },
  })
}

interface LookingParts {
  readonly facts: StationFacts
  readonly doors: Doors
  readonly dialers: ReadonlyMap<string, Dialer>
  readonly places: Places
}

/** Follows this machine to its other addresses, and finds the stations that are at others. */
function keepLooking({ facts, doors, dialers, places }: LookingParts): () => void {
  const search = openDiscovery({
    facts,
    addresses: machineAddresses,
    isAway: doors.isAway,
    misses: () => [...dialers.values()].some((one) => !one.isReached()),
    found: ({ station, host, port }) => {
      if (places.learn(station, { host, port })) dialers.get(station)?.now()
    },
  })
  let busy = false
  const look = async (): Promise<void> => {
    if (busy) return
    busy = true
    const here = machineAddresses()
    for (const one of dialers.values()) one.stayAt(here)
    await doors.look()
    await search.look()
    busy = false
  }
  const timer = setInterval(() => void look(), lookEvery)
  return () => {
    clearInterval(timer)
    search.close()
  }
}
