import { join } from 'node:path'
import { BrowserWindow, nativeTheme, type MessagePortMain } from 'electron'
import { isOwnPage, ownOrigin } from './policy.ts'

export interface ClerkWindowOptions {
  language: string
  devServer: string | undefined
  /** A page was loaded, for the first time or again: the port it is given reaches the worker. */
  connect: () => MessagePortMain
}

export interface ClerkWindow {
  /** Gives the page a new port, after the worker was started again. Before its first load the page gets one anyway. */
  reconnect: () => void
  focus: () => void
  /** Resolves when the page was loaded and has its port. */
  readonly loaded: Promise<void>
}

/** The agent's window: sandboxed, isolated, on our own pages only. */
export function openClerkWindow({ language, devServer, connect }: ClerkWindowOptions): ClerkWindow {
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
      additionalArguments: [`--guichet-language=${language}`],
    },
  })
  const page = window.webContents
  let isLoaded = false
  const handPort = (): void => { page.postMessage('port', null, [connect()]) }

  page.setWindowOpenHandler(() => ({ action: 'deny' }))
  page.on('will-navigate', (event) => { if (!isOwnPage(event.url, devServer)) event.preventDefault() })
  page.on('will-attach-webview', (event) => { event.preventDefault() })
  page.on('render-process-gone', (_event, { reason }) => { if (reason !== 'clean-exit') page.reload() })
  window.once('ready-to-show', () => { window.show() })
  const loaded = new Promise<void>((resolve) => {
    page.on('did-finish-load', () => {
      isLoaded = true
      handPort()
      resolve()
    })
  })
  void page.loadURL(devServer ?? `${ownOrigin}/`)

  return {
    reconnect: () => { if (isLoaded && !page.isDestroyed()) handPort() },
    focus: () => {
      if (window.isDestroyed()) return
      if (window.isMinimized()) window.restore()
      window.focus()
    },
    loaded,
  }
}
