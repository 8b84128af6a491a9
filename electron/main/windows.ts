import { join } from 'node:path'
import { BrowserWindow, dialog, nativeTheme, type MessagePortMain } from 'electron'
import { isOwnPage, ownOrigin } from './policy.ts'

export interface ClerkWindowOptions {
  language: string
  /** Nobody is asked for a passphrase: the login is shown while the register is opened. */
  opensByItself: boolean
  devServer: string | undefined
}

export interface ClerkWindow {
  /** Gives the page a port that reaches the worker, now and whenever it is loaded again. */
  connect: (port: () => MessagePortMain) => void
  focus: () => void
  /** The system's dialog over this window: where a file of this name shall be. */
  chooseFile: (name: string) => Promise<string | undefined>
  /** Resolves when the page was loaded and its first screen is there. */
  readonly loaded: Promise<void>
}

/** The agent's window: sandboxed, isolated, on our own pages only. */
export function openClerkWindow({ language, opensByItself, devServer }: ClerkWindowOptions): ClerkWindow {
  const window = new BrowserWindow({
    show: false,
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#f5f6f8',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/clerk.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      additionalArguments: [`--guichet-language=${language}`, ...(opensByItself ? ['--guichet-opens-by-itself'] : [])],
    },
  })
  const page = window.webContents
  let port: (() => MessagePortMain) | undefined
  const handPort = (): void => {
    if (port !== undefined && !page.isDestroyed()) page.postMessage('port', null, [port()])
  }

  page.setWindowOpenHandler(() => ({ action: 'deny' }))
  page.on('will-navigate', (event) => {
    if (!isOwnPage(event.url, devServer)) event.preventDefault()
  })
  page.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') page.reload()
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  const loaded = new Promise<void>((resolve) => {
    page.on('did-finish-load', () => {
      handPort()
      resolve()
    })
  })
  void page.loadURL(devServer ?? `${ownOrigin}/`)

  return {
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
    loaded,
  }
}
