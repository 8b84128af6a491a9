import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { wireOf, type HostPort } from '#shared/contract/hostPort.ts'
import type { KeystoreAnswer, KeystoreQuestion, ToHall } from '#shared/contract/hosts.ts'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
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

/** Runs the station of a data folder; a demonstration makes one. `keystore`: answers as main's does. */
export function hallHere(dataDir: string, demo = true, keystore?: Keystore): TestHall {
  let ended: () => void = () => undefined
  const end = new Promise<void>((done) => {
    ended = done
  })
  const receive = runHallHost({
    say: (question) =>
      void answerFrom(keystore, question).then((answer) => {
        receive(answer, undefined)
      }),
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
  receive({ kind: 'start', dataDir, demo, discovery: false, keystore: keystore !== undefined }, undefined)
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

async function answerFrom(keystore: Keystore | undefined, asked: KeystoreQuestion): Promise<KeystoreAnswer> {
  const { requestId } = asked
  const got = asked.kind === 'wrap' ? await keystore?.wrap(asked.key) : await keystore?.unwrap(asked.blob)
  if (got?.ok !== true) return { kind: 'keystoreFailed', requestId, detail: got?.fault.detail ?? 'none' }
  const bytes = new Uint8Array(got.value)
  return asked.kind === 'wrap'
    ? { kind: 'wrapped', requestId, blob: bytes }
    : { kind: 'unwrapped', requestId, key: bytes }
}
