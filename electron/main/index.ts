import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, Menu, MessageChannelMain, powerMonitor, safeStorage, session, utilityProcess } from 'electron'
import { hallRoster } from '#shared/contract/hallFolder.ts'
import { tellSettings } from '#shared/domain/machineSettings.ts'
import { crashOf } from '#shared/crash.ts'
import { watchAway } from './away.ts'
import { refusedSwitches } from './debugging.ts'
import { startHosts, type Hosts } from './hosts.ts'
import { openLog } from './log.ts'
import { stayOffTheNetwork } from './network.ts'
import { hasKeystore, keystoreName, openKeystore } from './keystore.ts'
import { lockDown, registerAppScheme } from './serve.ts'
import { hostEnvironment } from './hostEnvironment.ts'
import { machineFile, readMachineSettings } from './machineSettings.ts'
import { readSettings, windowsAsked } from './settings.ts'
import { watchSmoke } from './smoke.ts'
import { folderTrouble } from './start/dataFolder.ts'
import { sayStartFailure, tellStartFailure, type StartReason } from './start/failure.ts'
import { showStartFailure } from './start/failureWindow.ts'
import { forgetRelativeFolders } from './userFolders.ts'
import { createProgramWindows } from './windows/windows.ts'

/** The Electron that the program is made for, known at build time. */
declare const __ELECTRON_VERSION__: string

registerAppScheme()
forgetRelativeFolders(process.env)
stayOffTheNetwork(app.commandLine, app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'])
/** A machine where the program is developed has such a file only where it is named. */
const settingsFile = app.isPackaged ? machineFile() : process.env['GUICHET_MACHINE']
const machine =
  settingsFile === undefined
    ? undefined
    : readMachineSettings(settingsFile, app.isPackaged ? undefined : process.getuid?.())
const { settings, wrong } = readSettings(process.env, process.argv, machine?.settings)
const dataDir = settings.dataDir ?? app.getPath('userData')
const log = openLog({
  dataDir,
  now: () => new Date(),
  echo: (line) => {
    process.stderr.write(`${line}\n`)
  },
})
// The register is safe in its own process: the agent goes on, and support finds the reason in the log.
process.on('uncaughtException', (cause) => {
  note(crashOf(cause))
})
const refused = refusedSwitches(app.isPackaged, (name) => app.commandLine.hasSwitch(name))
const hindered = hindrance()
if (refused.length > 0) {
  note(`Guichet does not start with: ${refused.join(', ')}`)
  app.exit(1)
} else if (hindered !== undefined) void failToStart(hindered)
else
  boot().catch((cause: unknown) => {
    note(`Guichet could not start: ${crashOf(cause)}`)
    return failToStart({ kind: 'crash', name: crashOf(cause).split('\n')[0] ?? '' })
  })

/** What keeps the program from starting, as far as it can be told before anything is opened. */
function hindrance(): StartReason | undefined {
  const all = [...(machine?.wrong ?? []), ...wrong]
  if (all.length > 0) return { kind: 'settings', file: settingsFile ?? '', wrong: all }
  const trouble = folderTrouble(dataDir, ['window'])
  return trouble === undefined ? undefined : { kind: 'folder', folder: dataDir, trouble }
}

/** Says in a window why, and starts anew when it was put right. */
async function failToStart(reason: StartReason): Promise<void> {
  note(`Guichet could not start: ${tellStartFailure(reason)}`)
  if (settings.smoke) {
    process.stdout.write(`FAILED ${tellStartFailure(reason)}\n`)
    app.exit(1)
    return
  }
  await showStartFailure(sayStartFailure(reason, settings.language ?? 'fr', app.getVersion()), {
    early: reason.kind !== 'crash',
    onAgain: startAgain,
  })
}

/** Settings, keystore and disk are looked at as they are by then. */
function startAgain(): void {
  note('started again')
  app.relaunch()
  app.exit(0)
}

// Not awaited by the module: Electron becomes ready only after its entry was evaluated.
async function boot(): Promise<void> {
  // Chromium's own files, and with them the lock of the single instance, lie inside the data folder: one program for
  // each. A folder of the machine is not this account's alone: there they stay in its own.
  app.setPath('userData', join(machine?.settings.dataDir === undefined ? dataDir : app.getPath('userData'), 'window'))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  // Chromium draws fields for dates in its own language: days come first here, in Latin digits, which its Arabic does
  // not write.
  app.commandLine.appendSwitch('lang', settings.language === 'en' ? 'en-GB' : 'fr')
  await app.whenReady()
  const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  if (devServer === undefined) Menu.setApplicationMenu(null)
  const resourcesDir = app.isPackaged ? join(process.resourcesPath, 'guichet') : join(app.getAppPath(), 'resources')
  lockDown(session.defaultSession, devServer, settings.voice)

  let stop: Hosts['stop'] = async () => {}
  let windowClosed: Hosts['windowClosed'] = () => {}
  const windows = createProgramWindows(
    {
      language: settings.language ?? 'fr',
      opensByItself: settings.passphraseGiven || hasKeystore(safeStorage, process.platform),
      devServer,
      onTrouble: (line) => {
        log.write('renderer', line)
      },
    },
    (window) => {
      windowClosed(window)
    },
  )
  const first = windows.open('clerk')
  const leave = async (code: number): Promise<void> => {
    await stop()
    app.exit(code)
  }
  const { electron } = process.versions
  const versions = { app: app.getVersion(), electron, standIn: electron !== __ELECTRON_VERSION__ }
  const smoke = settings.smoke
    ? watchSmoke({ ...versions, packaged: app.isPackaged }, (code) => {
        void leave(code)
      })
    : undefined
  // Started again: `--window=board` opens one more window of this program, nothing else brings it to the front.
  app.on('second-instance', (_event, args) => {
    const asked = windowsAsked(args)
    for (const door of asked) windows.open(door)
    if (asked.length === 0) windows.focus()
  })
  app.on('before-quit', (event) => {
    event.preventDefault()
    void leave(0)
  })
  app.on('window-all-closed', () => {
    app.quit()
  })
  // On the two cores of an old counter the hosts would take from the login screen what it is drawn with.
  await first.loaded
  for (const door of settings.windows) windows.open(door)

  const keystore = await openKeystore(safeStorage, process.platform)
  const { training, demo, trustDir, platformUrl, network, office, backupDir, recoveryKey } = settings
  const spoolDir = settings.spoolDir ?? join(dataDir, 'paper')
  const sqliteBinding = settings.sqliteBinding ?? packagedAddon()

  // A demonstration has a hall of one station; elsewhere the roster of the office says whether this machine is in one.
  const inHall = demo || existsSync(join(dataDir, hallRoster))

  const hosts = startHosts({
    fork: (host) => {
      const child = utilityProcess.fork(join(import.meta.dirname, `${host}.js`), [], {
        serviceName: `guichet ${host}`,
        stdio: ['ignore', 'pipe', 'pipe'],
        // Each host gets what it needs of the environment, and no secret of another one.
        env: hostEnvironment(host, process.env),
      })
      for (const stream of [child.stdout, child.stderr]) log.follow(host, stream)
      return child
    },
    channel: () => new MessageChannelMain(),
    workerStart: {
      kind: 'start',
      dataDir,
      resourcesDir,
      keystore: typeof keystore === 'string' ? keystore : 'available',
      ...(typeof keystore !== 'string' ? { keystoreName: keystoreName(safeStorage, process.platform) } : {}),
      training,
      demo,
      versions,
      network,
      settings: tellSettings(machine?.settings ?? {}),
      ...(office === undefined ? {} : { office }),
      ...(backupDir === undefined ? {} : { backupDir }),
      ...(recoveryKey === undefined ? {} : { recoveryKey }),
      ...(platformUrl === undefined ? {} : { platformUrl }),
      ...(sqliteBinding === undefined ? {} : { sqliteBinding }),
      ...(inHall ? { hall: true } : {}),
    },
    devicesStart: {
      kind: 'start',
      training,
      resourcesDir,
      spoolDir,
      ...(trustDir === undefined ? {} : { trustDir }),
      ...(settings.cscaDir === undefined ? {} : { cscaDir: settings.cscaDir }),
      ...(settings.pluginsFile === undefined ? {} : { pluginsFile: settings.pluginsFile }),
      ...(settings.ticketPrinter === undefined ? {} : { ticketPrinter: settings.ticketPrinter }),
    },
    pressStart: { kind: 'start', resourcesDir },
    ...(inHall
      ? {
          hallStart: {
            kind: 'start',
            dataDir,
            demo,
            discovery: settings.hallDiscovery,
            keystore: typeof keystore !== 'string',
          },
        }
      : {}),
    keystore: typeof keystore === 'string' ? undefined : keystore,
    chooseFile: windows.chooseFile,
    startAgain: () => {
      app.relaunch()
      void leave(0)
    },
    onPhase: ({ phase, fault }) => {
      // A folder without a register waits for its office file: there is nothing to open.
      if (phase === 'ready' || phase === 'office') smoke?.up('register')
      else if (phase !== 'starting') smoke?.failed(`register: ${fault?.code ?? phase}`)
    },
    onDevicesReady: () => {
      smoke?.up('devices')
    },
    log: note,
    now: () => performance.now(),
  })
  stop = hosts.stop
  windowClosed = hosts.windowClosed
  windows.connect(hosts.connectWindow)
  watchAway(powerMonitor, Date.now, hosts.away)
  powerMonitor.on('shutdown', () => {
    app.quit()
  })
  hosts.onWorkerRestart(() => {
    windows.connect(hosts.connectWindow)
  })
  smoke?.up('window')
}

function note(line: string): void {
  log.write('main', line)
}

/** A test build on an older runtime carries its own addon beside the program. */
function packagedAddon(): string | undefined {
  const file = join(process.resourcesPath, 'better_sqlite3.node')
  return app.isPackaged && existsSync(file) ? file : undefined
}
