import { spawn, type ChildProcess } from 'node:child_process'
import { access, mkdtemp, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A private PC/SC service with two virtual readers; it neither uses nor disturbs the one of the machine. */
export interface Pcscd {
  /** To be set in the environment of every PC/SC client, before it first talks to the service. */
  readonly env: { readonly PCSCLITE_CSOCK_NAME: string }
  /** TCP ports at which cards are plugged into the first and the second reader. */
  readonly ports: readonly [number, number]
  readonly readers: readonly [string, string]
  /** Stops the service, as an administrator would; `start` brings it back on the same socket. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it for good and removes its folder. */
  close(): Promise<void>
}

/**
 * Runs the service until standard input ends, which it does however this process dies. Asked to end while a client is
 * connected,
 * pcscd sometimes waits a minute first: it is given a second.
 */
const untilWeAreGone = `
  sh -c 'LISTEN_PID=$$ LISTEN_FDS=1 exec pcscd --foreground --config "$0"' "$0" & service=$!
  cat > /dev/null
  kill $service 2> /dev/null
  (sleep 1; exec kill -KILL $service 2> /dev/null) & patience=$!
  wait $service
  kill $patience`

const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'

/**
 * Starts Debian's pcscd with the vpcd driver on a socket and ports of its own. The socket is handed over as a service
 * manager
 * would (LISTEN_FDS), which is the only way to place it elsewhere.
 */
export async function openPcscd(): Promise<Pcscd> {
  await access(driver).catch(() => {
    throw new Error('vsmartcard-vpcd is not installed (apt-get install pcscd vsmartcard-vpcd)')
  })
  const folder = await mkdtemp(join(tmpdir(), 'pcscd-'))
  const socket = join(folder, 'pcscd.comm')
  const port = await freePair()
  await mkdir(join(folder, 'readers'))
  const address = `/dev/null:0x${port.toString(16)}`
  await writeFile(
    join(folder, 'readers', 'vpcd'),
    `FRIENDLYNAME "Virtual PCD"\nDEVICENAME ${address}\nLIBPATH ${driver}\nCHANNELID ${port}\n`,
  )
  let service: ChildProcess | undefined

  const start = async (): Promise<void> => {
    const listening = await listen(`${socket}.new`)
    const child = spawn('sh', ['-c', untilWeAreGone, join(folder, 'readers')], {
      stdio: ['pipe', 'ignore', 'ignore', descriptorOf(listening)],
    })
    service = child
    // Moved away before it is closed here: closing removes the name that it was opened under.
    await rename(`${socket}.new`, socket)
    await new Promise((resolve) => {
      listening.close(resolve)
    })
    await slotsAreReady(port, child)
  }
  const stop = async (): Promise<void> => {
    const child = service
    service = undefined
    if (child?.exitCode === null && child.signalCode === null) {
      const exited = new Promise((resolve) => {
        child.once('exit', resolve)
      })
      child.stdin?.end()
      await exited
    }
    await rm(socket, { force: true })
  }
  await start()
  return {
    env: { PCSCLITE_CSOCK_NAME: socket },
    ports: [port, port + 1],
    readers: ['Virtual PCD 00 00', 'Virtual PCD 00 01'],
    start,
    stop,
    close: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const listen = (path: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(path, () => {
      resolve(server)
    })
  })

/** Node hands a listening socket only to its own children; the descriptor is needed for a foreign one. */
function descriptorOf(server: Server): number {
  // `_handle` is not in the types of Node; its `fd` is what libuv listens on.
  const { fd } = (server as unknown as { _handle: { fd: number } })._handle
  return fd
}

/** The second slot is opened last: the service is ready when its port is bound. */
async function slotsAreReady(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 1200; tries > 0 && child.exitCode === null; tries -= 1) {
    if (!(await isFree(port + 1))) return
    await new Promise((resolve) => {
      setTimeout(resolve, 25)
    })
  }
  throw new Error('pcscd did not start')
}

async function freePair(): Promise<number> {
  for (let tries = 50; tries > 0; tries -= 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if ((await isFree(port)) && (await isFree(port + 1))) return port
  }
  throw new Error('no free ports')
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen(port, '0.0.0.0', () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
