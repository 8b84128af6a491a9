import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  nativeTheme,
  type BrowserWindowConstructorOptions,
  type MessagePortMain,
} from 'electron'
import type { WindowDoor } from '#shared/contract/doorNames.ts'
import { isOwnPage, ownOrigin } from '../policy.ts'
import { restartDelayMs } from '../supervise.ts'
import { createReloads } from './reloads.ts'

/** What every window of the program is opened with. */
export interface WindowOptions {
  readonly language: string
  /** Nobody is asked for a passphrase: the login is shown while the register is opened. */
  readonly opensByItself: boolean
  readonly devServer: string | undefined
  /** What goes wrong in a page: where, never what it was about. */
  readonly onTrouble: (line: string) => void
}

export interface ProgramWindow {
  readonly door: WindowDoor
  /** Gives the page a port that reaches the worker, now and whenever it is loaded again. */
  connect: (port: () => MessagePortMain) => void
  focus: () => void
  /** The system's dialog over this window: where a file of this name shall be. */
  chooseFile: (name: string) => Promise<string | undefined>
  onClosed: (listener: () => void) => void
  /** Resolves when the page was loaded and its first screen is there, in whichever language. */
  readonly loaded: Promise<void>
}

/** A page that was loaded and does not say that it is drawn is not waited for any longer, in milliseconds. */
const longestDrawingMs = 3_000

/** What a window does besides, by its door. */
export interface WindowManners {
  /** Sound without anybody having touched the window: nobody touches a wall. */
  readonly speaks?: true
  /** No key leads out of it, and it is not closed by who stands before it. */
  readonly locked?: true
}

/** A window of one door: sandboxed, isolated, on our own pages only, with the preload and the page of that door. */
export function openWindow(
  door: WindowDoor,
  page: string,
  { language, opensByItself, devServer, onTrouble }: WindowOptions,
  looks: BrowserWindowConstructorOptions,
  manners: WindowManners = {},
): ProgramWindow {
  const window = new BrowserWindow({
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#f5f6f8',
    ...looks,
    webPreferences: {
      preload: join(import.meta.dirname, `../preload/${door}.cjs`),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      ...(manners.speaks === true ? { autoplayPolicy: 'no-user-gesture-required' as const } : {}),
      additionalArguments: [`--guichet-language=${language}`, ...(opensByItself ? ['--guichet-opens-by-itself'] : [])],
    },
  })
  const contents = window.webContents
  if (manners.locked === true) {
    // No menu, no accelerators: reload, zoom, close and the tools of developers are all chords or function keys.
    window.setMenu(null)
    contents.on('before-input-event', (event, { key, control, alt, meta }) => {
      if (control || alt || meta || key === 'Escape' || /^F\d+$/u.test(key)) event.preventDefault()
    })
  }
  let port: (() => MessagePortMain) | undefined
  const handPort = (): void => {
    // Only our own page is given a way to the worker.
    if (port !== undefined && !contents.isDestroyed() && isOwnPage(contents.getURL(), devServer))
      contents.postMessage('port', null, [port()])
  }

  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url, devServer)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  const reloads = createReloads({
    now: () => performance.now(),
    delayMs: restartDelayMs,
    reload: () => {
      if (!contents.isDestroyed()) contents.reload()
    },
    giveUp: () => {
      if (!contents.isDestroyed()) void contents.loadURL(`${ownOrigin}/stopped.html`)
    },
  })
  // An uncaught error of the page: its text may quote a citizen, its place does not.
  contents.on('console-message', ({ level, sourceId, lineNumber }) => {
    if (level === 'error') onTrouble(`${door}: error at ${sourceId}:${String(lineNumber)}`)
  })
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    onTrouble(`${door}: the page is gone: ${reason}`)
    reloads.crashed()
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  const listening = new Promise<void>((resolve) => {
    contents.ipc.once('listening', () => {
      resolve()
    })
  })
  const loaded = new Promise<void>((resolve) => {
    contents.on('did-finish-load', () => {
      if (!contents.getURL().endsWith('/stopped.html')) handPort()
      // A page that speaks Arabic asks for its words after it was loaded, and is drawn then.
      void listening.then(resolve)
      setTimeout(resolve, longestDrawingMs)
    })
  })
  void contents.loadURL(devServer === undefined ? `${ownOrigin}/${page}` : new URL(page, devServer).href)

  return {
    door,
    connect: (to) => {
      port = to
      handPort()
    },
    focus: () => {
      if (window.isDestroyed()) return
      if (window.isMinimized()) window.restore()
      window.focus()
    },
    chooseFile: async (name) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: name,
        properties: ['showOverwriteConfirmation'],
      })
      return canceled || filePath === '' ? undefined : filePath
    },
    onClosed: (listener) => {
      window.once('closed', listener)
    },
    loaded,
  }
}
