import { isIPv4, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { sayAddress, type StationAddress } from '../office/roster.ts'

/** Where a station listens. */
export interface Doors {
  /** Whether the machine has lost the address that the roster gives it. */
  readonly isAway: () => boolean
  /** Listens where it has to by now. */
  readonly look: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface DoorsParts {
  readonly home: StationAddress
  /** Whether the station listens elsewhere when its address is gone. */
  readonly follows: boolean
  /** A server that does not listen yet. */
  readonly make: () => Server
  /** Addresses of this machine on its networks. */
  readonly addresses?: () => readonly string[]
}

/** IPv4 addresses of this machine, without the loopback. */
export const machineAddresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .flatMap(({ address, family, internal }) => (family === 'IPv4' && !internal ? [address] : []))

/** Whether a station with this address can be looked for: one on an IPv4 network, not of one machine alone. */
export const canFollow = ({ host }: StationAddress): boolean => isIPv4(host) && !host.startsWith('127.')

/**
 * Listens at the address of the roster; when the machine does not have it, at the port of the roster at each of the
 * machine's other addresses, until it is back. The addresses are also the lock of the station's log: all of them are
 * taken or it does not start, and none is given up before the next one is held. Fault: hall.address.
 */
export async function openDoors(parts: DoorsParts): Promise<Result<Doors>> {
  const { home, follows, make, addresses = machineAddresses } = parts
  const open = new Map<string, Server>()
  const isAway = (): boolean => follows && !addresses().includes(home.host)
  const wanted = (): readonly string[] => (isAway() ? addresses() : [home.host])
  let closed = false
  const enter = async (host: string): Promise<string | undefined> => {
    const server = make()
    const failed = await listen(server, { host, port: home.port })
    if (failed === undefined && closed) server.close()
    else if (failed === undefined) open.set(host, server)
    return failed
  }
  const shut = (host: string): Promise<void> =>
    new Promise((done) => {
      const server = open.get(host)
      open.delete(host)
      if (server === undefined) done()
      else
        server.close(() => {
          done()
        })
    })
  const close = async (): Promise<void> => {
    closed = true
    await Promise.all([...open.keys()].map(shut))
  }

  // Asked by listening: an address whose cable is out is the machine's all the same.
  const failed = await enter(home.host)
  const others = follows && failed === 'EADDRNOTAVAIL' ? addresses() : []
  await Promise.all(others.map(enter))
  if (open.size === 0 || open.size < others.length) {
    await close()
    return err(faultOf('hall.address', sayAddress(home)))
  }
  return ok({
    isAway,
    look: async () => {
      const now = wanted()
      await Promise.all(now.filter((host) => !open.has(host)).map(enter))
      if (!now.some((host) => open.has(host))) return
      // Who is connected stays so: only nobody comes in there any more. The own address waits until it is back.
      for (const host of open.keys()) if (!now.includes(host) && host !== home.host) void shut(host)
    },
    close,
  })
}

/** The code of the system's error, if it does not work. */
const listen = (server: Server, { host, port }: StationAddress): Promise<string | undefined> =>
  new Promise((done) => {
    server.once('error', (cause) => {
      done('code' in cause ? String(cause.code) : cause.name)
    })
    server.listen({ host, port, exclusive: true }, () => {
      server.on('error', () => undefined)
      done(undefined)
    })
  })
