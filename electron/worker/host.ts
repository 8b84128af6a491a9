import { wireOf, type HostPort } from '#shared/contract/hostPort.ts'
import type { FromWorker, ToWorker } from '#shared/contract/hosts.ts'
import { createMainKeystore } from '#shared/contract/mainKeystore.ts'
import { crashOf } from '#shared/crash.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { assertNever } from '#shared/result.ts'
import { composeWorker } from './compose.ts'
import { openRemoteDevices, type RemoteDevices } from './devices/remoteDevices.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { openRemoteHall } from './hall/remoteHall.ts'
import { openRemotePress } from './papers/remotePress.ts'
import { readHandedOver } from './core/officeFile.ts'
import { createGate, type Gate } from './gate.ts'
import { createWindows } from './windows.ts'
import { createSessions } from './core/sessions.ts'
import { rescueRegister } from './core/rescueRegister.ts'
import { wrapForRecovery } from './keys/recovery.ts'
import { createMainDialog } from './mainDialog.ts'

type Start = Extract<ToWorker, { kind: 'start' }>

/** What this process uses of the world around it. */
export interface Surroundings {
  readonly say: (message: FromWorker) => void
  readonly log: (line: string) => void
  readonly clock: Clock
  /** `GUICHET_PASSPHRASE`. */
  readonly passphrase: string | undefined
  readonly exit: () => void
}

/** The life of the worker: started once by main, joined to windows and to the devices host as these come and go. */
export function runWorker({
  say,
  log,
  clock,
  passphrase,
  exit,
}: Surroundings): (message: ToWorker, port: HostPort | undefined) => void {
  const onCrash = (call: string, cause: unknown): void => {
    log(`${call}: ${crashOf(cause)}`)
  }
  const keystore = createMainKeystore(say)
  const dialog = createMainDialog(say)
  const openDevices = (training: boolean): RemoteDevices =>
    openRemoteDevices({
      training,
      onStuck: () => {
        say({ kind: 'devicesStuck' })
      },
    })
  const remote = { current: openDevices(false) }
  const remotePress = openRemotePress((word) => {
    say({ kind: word === 'needed' ? 'pressNeeded' : 'pressStuck' })
  })
  const remoteHall = openRemoteHall()
  let gate: Gate | undefined
  let dispatch: Dispatch | undefined
  const sessions = createSessions()
  const windows = createWindows({ sessions, onCrash })

  const begin = (start: Start): void => {
    remote.current = openDevices(start.training)
    const { devices } = remote.current
    const { dataDir, resourcesDir, training, demo, versions, platformUrl, sqliteBinding, keystoreName } = start
    const { network, office, backupDir, recoveryKey, settings } = start
    gate = createGate({
      dataDir,
      passphrase,
      training,
      versions,
      keystore: start.keystore === 'available' ? keystore : undefined,
      keystoreLocked: start.keystore === 'locked',
      startAgain: () => {
        say({ kind: 'startAgain' })
      },
      onKey: (key) => {
        if (recoveryKey === undefined) return
        void wrapForRecovery(dataDir, key, recoveryKey).then((wrapped) => {
          if (!wrapped.ok) log(`recovery: ${wrapped.fault.code}`)
        })
      },
      ...(office === undefined ? {} : { office: () => readHandedOver(office) }),
      rescue: (key, credentials) => rescueRegister({ dataDir, key, clock, binding: sqliteBinding }, credentials),
      compose: (key, officeFile) =>
        composeWorker({
          dataDir,
          resourcesDir,
          key,
          devices,
          press: remotePress.press,
          ...(start.hall === true ? { hall: remoteHall.hall } : {}),
          clock,
          demo,
          training,
          versions,
          chooseFile: dialog.chooseFile,
          log,
          sessions,
          network,
          ...(settings === undefined ? {} : { settings }),
          ...(backupDir === undefined ? {} : { backupDir }),
          ...(platformUrl === undefined ? {} : { platformUrl }),
          ...(officeFile === undefined ? {} : { officeFile }),
          ...(keystoreName === undefined ? {} : { keystoreName }),
          ...(sqliteBinding === undefined ? {} : { sqliteBinding }),
        }),
      log,
      onState: (state) => {
        sessions.tell('app', state)
        say({ kind: 'phase', phase: state.phase, ...(state.fault === undefined ? {} : { fault: state.fault }) })
      },
    })
    dispatch = createDispatch(gate)
    void gate.begin()
  }

  return (message, port) => {
    switch (message.kind) {
      case 'start':
        if (gate === undefined) begin(message)
        return
      case 'window':
        if (port !== undefined && dispatch !== undefined)
          windows.join(message.window, message.door, wireOf(port), dispatch)
        return
      case 'windowClosed':
        windows.close(message.window, (session) => gate?.worker()?.leave(session))
        return
      case 'away':
        gate?.worker()?.away()
        return
      case 'devices':
        if (port !== undefined) remote.current.attach(wireOf(port))
        return
      case 'devicesDown':
        remote.current.detach()
        return
      case 'press':
        if (port !== undefined) remotePress.attach(wireOf(port))
        return
      case 'pressDown':
        remotePress.detach()
        return
      case 'hall':
        if (port !== undefined) remoteHall.attach(wireOf(port))
        return
      case 'hallDown':
        remoteHall.detach()
        return
      case 'wrapped':
      case 'unwrapped':
      case 'keystoreFailed':
        keystore.receive(message)
        return
      case 'fileChosen':
        dialog.receive(message)
        return
      case 'stop':
        void Promise.resolve(gate?.close()).finally(exit)
        return
      default:
        assertNever(message)
    }
  }
}
