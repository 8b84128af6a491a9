import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** What the printer is like. `silent`: it takes everything and answers nothing; `babble`: it never stops to talk. */
export type EscposMood = 'ready' | 'low' | 'out' | 'cover' | 'offline' | 'silent' | 'babble'

/** A ticket that was cut off: one byte a dot, 1 is black. */
export interface CutTicket {
  readonly width: number
  readonly height: number
  readonly dots: Uint8Array
}

/** A thermal printer on a TCP port of this machine: decodes what it is sent into pictures, and answers its status. */
export interface EscposPrinter {
  readonly port: number
  /** `HOST:PORT` as the setting has it, for 80 mm. */
  readonly address: string
  readonly tickets: readonly CutTicket[]
  /** Rows on paper that no cut ended. */
  rowsOut(): number
  /** How often it was connected to, and how often it was told to forget what it holds. */
  readonly counts: { connections: number; cleared: number }
  set(mood: EscposMood): void
  /** After so many more rows: paper ends, or the printer vanishes from the network. */
  after(rows: number, what: 'out' | 'vanish'): void
  close(): Promise<void>
}

/** Answers to DLE EOT 1, 2 and 4, as real printers give them. */
const answers: Readonly<Record<Exclude<EscposMood, 'silent' | 'babble'>, readonly [number, number, number]>> = {
  ready: [0x16, 0x12, 0x12],
  low: [0x16, 0x12, 0x1e],
  out: [0x1e, 0x32, 0x72],
  cover: [0x1e, 0x16, 0x12],
  offline: [0x1e, 0x12, 0x12],
}

/** Starts one; `port` 0 takes a free one. */
export async function startEscposPrinter(port = 0): Promise<EscposPrinter> {
  let mood: EscposMood = 'ready'
  let pending: { rows: number; what: 'out' | 'vanish' } | undefined
  let [buffer, tail] = [Buffer.alloc(0), Buffer.alloc(0)]
  let rows: Uint8Array[] = []
  const tickets: CutTicket[] = []
  const counts = { connections: 0, cleared: 0 }
  const sockets = new Set<Socket>()
  const prints = (): boolean => mood === 'ready' || mood === 'low' || mood === 'silent' || mood === 'babble'

  /** Commands in real time are heard wherever they stand, as real printers do; the rest waits its turn. */
  const hear = (socket: Socket, bytes: Buffer): void => {
    const all = Buffer.concat([tail, bytes])
    for (let at = 0; at + 2 < all.length; at += 1) {
      if (all[at] !== 0x10) continue
      if (all[at + 1] === 0x14 && all[at + 2] === 8) {
        counts.cleared += 1
        buffer = Buffer.alloc(0)
      }
      const n = all[at + 1] === 0x04 ? ([1, 2, 4] as const).indexOf(all[at + 2] as 1 | 2 | 4) : -1
      if (n < 0 || mood === 'silent' || mood === 'babble') continue
      socket.write(Uint8Array.of(answers[mood][n] ?? 0))
    }
    tail = Buffer.from(all.subarray(-2))
    if (mood === 'babble') socket.write(Buffer.alloc(100_000, 0x12))
    buffer = Buffer.concat([buffer, bytes])
    work(socket)
  }
  const work = (socket: Socket): void => {
    while (prints() && buffer.length > 0) {
      const taken = step(socket)
      if (taken === 0) return
      buffer = buffer.subarray(taken)
    }
  }
  /** One command; how many bytes it was, none where it is not whole yet. */
  const step = (socket: Socket): number => {
    const [a, b, c] = buffer
    const whole = (length: number): number => (buffer.length < length ? 0 : length)
    if (a === 0x10) return b === 0x04 ? whole(3) : b === 0x14 ? whole(10) : 1
    if (a === 0x1b) return b === 0x40 ? 2 : b === 0x4a ? whole(3) : 1
    if (a !== 0x1d) return 1
    if (b === 0x61) return whole(3)
    if (b === 0x72) {
      if (whole(3) > 0 && mood !== 'silent') socket.write(Uint8Array.of(mood === 'low' ? 0x03 : 0))
      return whole(3)
    }
    if (b === 0x56) {
      if (whole(4) > 0) cut()
      return whole(4)
    }
    if (b !== 0x76 || c !== 0x30 || buffer.length < 8) return b === 0x76 ? 0 : 1
    const [across, count] = [buffer.readUInt16LE(4), buffer.readUInt16LE(6)]
    if (whole(8 + across * count) === 0) return 0
    return burn(across, count)
  }
  const burn = (across: number, count: number): number => {
    for (let row = 0; row < count; row += 1) {
      if (pending !== undefined && (pending.rows -= 1) < 0) {
        const { what } = pending
        pending = undefined
        if (what === 'out') {
          mood = 'out'
          return 8 + across * count
        }
        for (const socket of sockets) socket.destroy()
        return buffer.length
      }
      const bytes = buffer.subarray(8 + row * across, 8 + (row + 1) * across)
      rows.push(Uint8Array.from({ length: across * 8 }, (_, x) => ((bytes[x >> 3] ?? 0) >> (7 - (x & 7))) & 1))
    }
    return 8 + across * count
  }
  const cut = (): void => {
    const width = rows[0]?.length ?? 0
    tickets.push({ width, height: rows.length, dots: Uint8Array.from(rows.flatMap((row) => [...row])) })
    rows = []
  }

  const server = createServer((socket) => {
    counts.connections += 1
    sockets.add(socket)
    socket.on('data', (bytes: Buffer) => {
      hear(socket, bytes)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      // What came in whole is printed when there is paper again; half a command ends with its connection.
      tail = Buffer.alloc(0)
      if (prints()) buffer = Buffer.alloc(0)
    })
  })
  await new Promise<void>((listening) => {
    server.listen(port, '127.0.0.1', listening)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    address: `127.0.0.1:${String(bound)}`,
    tickets,
    counts,
    rowsOut: () => rows.length,
    set: (to) => {
      mood = to
    },
    after: (count, what) => {
      pending = { rows: count, what }
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
