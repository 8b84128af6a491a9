import { createSocket, type Socket } from 'node:dgram'

/** Where mDNS speaks (RFC 6762 §3). */
const group = { address: '224.0.0.251', port: 5353 } as const

/** Packets that are looked at in a second: of one address, and altogether. */
const usual = { ofOne: 10, all: 50 } as const

/** The networks of this machine on which stations look for each other. */
export interface Multicast {
  /** Is on the networks of these addresses of this machine from now on, and on no other. */
  readonly join: (addresses: readonly string[]) => Promise<void>
  /** Says something on each network: what, the own address there tells. */
  readonly say: (text: (address: string) => Buffer) => void
  readonly close: () => void
}

/** `hear` gets what was said, as much of it as anybody may say. */
export function openMulticast(hear: (bytes: Buffer) => void): Multicast {
  const sockets = new Map<string, Socket>()
  const isWelcome = turnstile()
  let closed = false
  const leave = (address: string): void => {
    sockets.get(address)?.close()
    sockets.delete(address)
  }
  /**
   * A socket for each network: with one alone the system says everything on the network of its choice, and on none where
   * no route leads out. Where another program has the port for itself, or the address is gone, there is none this time.
   */
  const enter = async (address: string): Promise<void> => {
    const socket = createSocket({ type: 'udp4', reuseAddr: true })
    socket.on('message', (bytes, { address: source }) => {
      if (isWelcome(source, performance.now())) hear(bytes)
    })
    if ((await isBound(socket, address)) && !closed) {
      sockets.set(address, socket)
      socket.on('error', () => {
        if (sockets.get(address) === socket) leave(address)
      })
    } else socket.close()
  }
  return {
    join: async (addresses) => {
      for (const address of sockets.keys()) if (!addresses.includes(address)) leave(address)
      await Promise.all(addresses.filter((address) => !sockets.has(address)).map(enter))
    },
    say: (text) => {
      for (const [address, socket] of sockets)
        socket.send(text(address), group.port, group.address, () => {
          // Not heard is what may happen to anything that is said here: it is said again.
        })
    },
    close: () => {
      closed = true
      for (const address of sockets.keys()) leave(address)
    },
  }
}

const isBound = (socket: Socket, address: string): Promise<boolean> =>
  new Promise((done) => {
    socket.once('error', () => {
      done(false)
    })
    socket.bind(group.port, () => {
      try {
        socket.addMembership(group.address, address)
        socket.setMulticastInterface(address)
        socket.setMulticastTTL(255)
        socket.setMulticastLoopback(false)
        done(true)
      } catch {
        done(false)
      }
    })
  })

/**
 * Lets through what stations have to say to each other, and no flood: who says too much is not heard for the rest of the
 * second, and many who do are not looked at by anybody.
 */
export function turnstile({ ofOne, all }: { readonly ofOne: number; readonly all: number } = usual) {
  let began = -Infinity
  let total = 0
  const said = new Map<string, number>()
  return (source: string, now: number): boolean => {
    if (now - began >= 1_000) {
      began = now
      total = 0
      said.clear()
    }
    const before = said.get(source) ?? 0
    if (before >= ofOne || total >= all) return false
    total += 1
    said.set(source, before + 1)
    return true
  }
}
