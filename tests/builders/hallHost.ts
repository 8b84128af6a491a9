import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { wireOf, type HostPort } from '#shared/contract/hostPort.ts'
import type { ToHall } from '#shared/contract/hosts.ts'
import { runHallHost } from '#electron/hall/host.ts'
import { openRemoteHall, type RemoteHall } from '#electron/worker/hall/remoteHall.ts'

/** A hall in this process, joined to a worker as main joins them. */
export interface TestHall extends Pick<RemoteHall, 'hall' | 'detach'> {
  readonly say: (message: ToHall) => void
  /** The next process is there. */
  readonly join: () => void
  readonly close: () => Promise<void>
}

/** A port of this process, as one between two processes. */
export const hostPort = (port: MessagePort): HostPort => ({
  postMessage: (message) => {
    port.postMessage(message)
  },
  on: (event: 'message' | 'close', listener: (said: { readonly data: unknown }) => void) => {
    port.on(event, (data: unknown) => {
      listener({ data })
    })
  },
  start: () => {
    port.start()
  },
})

/** Runs the station of a data folder; a demonstration makes one. */
export function hallHere(dataDir: string, demo = true): TestHall {
  let ended: () => void = () => undefined
  const end = new Promise<void>((done) => {
    ended = done
  })
  const receive = runHallHost({
    log: () => undefined,
    exit: () => {
      ended()
    },
    retryMs: 50,
  })
  const remote = openRemoteHall()
  const ports: MessagePort[] = []
  const join = (): void => {
    const { port1, port2 } = new MessageChannel()
    ports.push(port1, port2)
    receive({ kind: 'worker' }, hostPort(port1))
    remote.attach(wireOf(hostPort(port2)))
  }
  receive({ kind: 'start', dataDir, demo }, undefined)
  join()
  return {
    hall: remote.hall,
    detach: remote.detach,
    say: (message) => {
      receive(message, undefined)
    },
    join,
    close: async () => {
      receive({ kind: 'stop' }, undefined)
      await end
      for (const port of ports) port.close()
    },
  }
}
