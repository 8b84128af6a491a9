import type { MessageChannelMain, MessagePortMain } from 'electron'
import type { z } from 'zod'
import type { WindowDoor } from '#shared/contract/doorNames.ts'
import type {
  FromWorker,
  KeystoreAnswer,
  KeystoreQuestion,
  ToDevices,
  ToHall,
  ToPress,
  ToWorker,
} from '#shared/contract/hosts.ts'
import { crashOf } from '#shared/crash.ts'
import type { Keystore } from './keystore.ts'
import { supervise, type Child } from './supervise.ts'

export interface HostsOptions {
  fork: (host: 'worker' | 'devices' | 'press' | 'hall') => Child
  channel: () => MessageChannelMain
  workerStart: Extract<ToWorker, { kind: 'start' }>
  devicesStart: Extract<ToDevices, { kind: 'start' }>
  pressStart: Extract<ToPress, { kind: 'start' }>
  /** Absent where this machine is in no hall. */
  hallStart?: Extract<ToHall, { kind: 'start' }>
  keystore: Keystore | undefined
  /** Asks the person where a file of this name shall be; nothing when they leave it. */
  chooseFile: (name: string) => Promise<string | undefined>
  /** Ends the program and starts it again, with the settings and the keystore as they are then. */
  startAgain: () => void
  onPhase: (phase: Extract<FromWorker, { kind: 'phase' }>) => void
  onDevicesReady: () => void
  log: (line: string) => void
  now: () => number
}

export interface Hosts {
  /** Joins a window to the worker by its door: the returned end is the page's. */
  connectWindow: (window: number, door: WindowDoor) => MessagePortMain
  /** A window was closed for good: who was signed in at it leaves. */
  windowClosed: (window: number) => void
  /** Nobody can be at the windows: see `watchAway`. */
  away: () => void
  /** Hears that a new worker runs, which does not know the windows yet. */
  onWorkerRestart: (listener: () => void) => void
  stop: () => Promise<void>
}

/** How long the worker may take to close the register when the program ends. */
const closingMs = 5_000

/**
 * Starts worker and devices, the hall where this machine is in one, and the press when the worker first needs it;
 * restarts them, and joins them to each other.
 */
export function startHosts({
  fork,
  channel,
  workerStart,
  devicesStart,
  pressStart,
  hallStart,
  keystore,
  chooseFile,
  startAgain,
  onPhase,
  onDevicesReady,
  log,
  now,
}: HostsOptions): Hosts {
  const toWorker = (message: ToWorker, ports?: MessagePortMain[]): void => {
    worker.post(message, ports)
  }
  const toDevices = (message: ToDevices, ports?: MessagePortMain[]): void => {
    devices.post(message, ports)
  }

  const toPress = (message: ToPress, ports?: MessagePortMain[]): void => {
    press.post(message, ports)
  }

  let workerRestarted = (): void => {}
  const joinHosts = (): void => {
    if (!worker.running() || !devices.running()) return
    const { port1, port2 } = channel()
    toWorker({ kind: 'devices' }, [port1])
    toDevices({ kind: 'worker' }, [port2])
  }

  const joinPress = (): void => {
    if (!worker.running() || !press.running()) return
    const { port1, port2 } = channel()
    toWorker({ kind: 'press' }, [port1])
    toPress({ kind: 'worker' }, [port2])
  }
  const joinHall = (): void => {
    if (!worker.running() || !hall.running()) return
    const { port1, port2 } = channel()
    toWorker({ kind: 'hall' }, [port1])
    hall.post({ kind: 'worker' } satisfies ToHall, [port2])
  }
  let pressWanted = false
  const needPress = (): void => {
    if (pressWanted) return
    pressWanted = true
    press.run()
  }

  const worker = supervise({
    start: () => fork('worker'),
    onUp: () => {
      toWorker(workerStart)
      joinHosts()
      joinPress()
      joinHall()
      workerRestarted()
    },
    onMessage: hear(
      async () => (await contract()).fromWorker,
      log,
      (message) => {
        if (message.kind === 'phase') onPhase(message)
        else if (message.kind === 'pressNeeded') needPress()
        else if (message.kind === 'pressStuck') press.restart()
        else if (message.kind === 'devicesStuck') devices.restart()
        else if (message.kind === 'startAgain') startAgain()
        else if (message.kind === 'chooseFile') void chosen(chooseFile, message).then(toWorker)
        else void answer(keystore, message).then(toWorker)
      },
    ),
    onDown: (code, delay) => {
      log(`the worker ended with ${code}; restart in ${delay} ms`)
    },
    now,
  })
  const devices = supervise({
    start: () => fork('devices'),
    onUp: () => {
      toDevices(devicesStart)
      joinHosts()
    },
    onMessage: hear(async () => (await contract()).fromDevices, log, onDevicesReady),
    onDown: (code, delay) => {
      toWorker({ kind: 'devicesDown' })
      log(`the devices host ended with ${code}; restart in ${delay} ms`)
    },
    now,
  })
  const press = supervise({
    start: () => fork('press'),
    onUp: () => {
      toPress(pressStart)
      joinPress()
    },
    // The press says nothing to the program: what it makes goes to the worker.
    onMessage: () => undefined,
    onDown: (code, delay) => {
      toWorker({ kind: 'pressDown' })
      log(`the press ended with ${code}; restart in ${delay} ms`)
    },
    now,
  })
  const hall = supervise({
    start: () => fork('hall'),
    onUp: () => {
      if (hallStart !== undefined) hall.post(hallStart)
      joinHall()
    },
    onMessage: hear(
      async () => (await contract()).fromHall,
      log,
      (message) =>
        void answer(keystore, message).then((answered) => {
          hall.post(answered)
        }),
    ),
    onDown: (code, delay) => {
      toWorker({ kind: 'hallDown' })
      log(`the hall ended with ${code}; restart in ${delay} ms`)
    },
    now,
  })
  worker.run()
  devices.run()
  if (hallStart !== undefined) hall.run()

  return {
    connectWindow: (window, door) => {
      const { port1, port2 } = channel()
      toWorker({ kind: 'window', window, door }, [port1])
      return port2
    },
    windowClosed: (window) => {
      toWorker({ kind: 'windowClosed', window })
    },
    away: () => {
      toWorker({ kind: 'away' })
    },
    onWorkerRestart: (listener) => {
      workerRestarted = listener
    },
    stop: async () => {
      await worker.stop({ kind: 'stop' } satisfies ToWorker, closingMs)
      await Promise.all([devices.stop(), press.stop(), hall.stop({ kind: 'stop' } satisfies ToHall, closingMs)])
    },
  }
}

/** The parsers come with the first message: the window does not wait for them. */
const contract = async () => import('#shared/contract/hosts.ts')

const hear = <T>(
  schema: () => Promise<z.ZodType<T>>,
  log: (line: string) => void,
  listener: (message: T) => void,
): ((message: unknown) => void) => {
  const take = async (message: unknown): Promise<void> => {
    const parsed = (await schema()).safeParse(message)
    if (parsed.success) listener(parsed.data)
    else log('a host said something that is not in the contract')
  }
  let before = Promise.resolve()
  return (message) => {
    // What is wrong with one message is not wrong with the next.
    before = before
      .then(() => take(message))
      .catch((cause: unknown) => {
        log(`a message of a host was not taken: ${crashOf(cause)}`)
      })
  }
}

async function chosen(
  chooseFile: HostsOptions['chooseFile'],
  { requestId, name }: Extract<FromWorker, { kind: 'chooseFile' }>,
): Promise<ToWorker> {
  const path = await chooseFile(name).catch(() => undefined)
  return { kind: 'fileChosen', requestId, ...(path === undefined ? {} : { path }) }
}

async function answer(keystore: Keystore | undefined, asked: KeystoreQuestion): Promise<KeystoreAnswer> {
  const { requestId } = asked
  try {
    if (!keystore) throw new Error('no keystore')
    return asked.kind === 'wrap'
      ? { kind: 'wrapped', requestId, blob: await keystore.wrap(asked.key) }
      : { kind: 'unwrapped', requestId, key: await keystore.unwrap(asked.blob) }
  } catch (cause) {
    return { kind: 'keystoreFailed', requestId, detail: cause instanceof Error ? cause.message : 'unknown' }
  }
}
